// Blob trigger: a reference to the export → intake. No bytes come along: intake streams them, pinned to their ETag.
import { intake } from '../shared/pipeline/intake/intake';
import type { ExportReference } from './azure-blob-reference';
import type { Story } from './with-pipeline';

/** `input` is the blob client from azure-blob-reference.ts. */
export const onExport: Story = (pipeline, input) =>
  intake(pipeline, { version: 1, blob: (input as ExportReference).name });
