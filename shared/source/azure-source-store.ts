// Source settings on Azure Blob storage, cached by ETag: an unchanged blob is not downloaded twice.
import type { ContainerClient } from '@azure/storage-blob';
import { RollcallError } from '../core/errors';
import { statusOf } from '../storage/status-of';
import { readSettingsText } from './json-text';
import type { SourceStore } from './source-store';

/** The adapter; `container` must exist. */
export function azureSourceStore(container: ContainerClient): SourceStore {
  const cache = new Map<string, { readonly etag: string; readonly text: string }>();
  return {
    async read(source) {
      const cached = cache.get(source);
      try {
        const answer = await container
          .getBlobClient(`${source}/source.json`)
          .download(0, undefined, cached ? { conditions: { ifNoneMatch: cached.etag } } : {});
        const parts: Uint8Array[] = [];
        for await (const part of (answer.readableStreamBody ?? []) as AsyncIterable<Uint8Array>) parts.push(part);
        const text = readSettingsText(Buffer.concat(parts));
        if (answer.etag !== undefined) cache.set(source, { etag: answer.etag, text });
        return text;
      } catch (error) {
        const status = statusOf(error);
        if (status === 304 && cached) return cached.text;
        if (status === 404) return null;
        throw new RollcallError(
          'storage-blob',
          'retry',
          `blob storage answered ${String(status)} about source settings`,
          { cause: error },
        );
      }
    },
  };
}
