// Blob trigger: a reference to the export → a pointer on `arrivals`. No bytes come along: intake streams them, pinned to their ETag.
import { announceExport } from '../shared/pipeline/intake/announce-export';
import type { ExportReference } from './azure-blob-reference';
import type { Story } from './with-pipeline';

/** `input` is the reference from azure-blob-reference.ts. */
export const onExport: Story = (pipeline, input) =>
  announceExport(pipeline, (input as ExportReference).name, pipeline.trace.current());
