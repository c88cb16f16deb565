// Source settings and hold lists on Azure Blob storage, cached by ETag: an unchanged blob is not downloaded twice.
import type { ContainerClient } from '@azure/storage-blob';
import { RollcallError } from '../core/errors';
import { MAX_HOLD_LIST_BYTES } from '../holdlist/hold-list';
import { blobAt } from '../storage/azure-path';
import { statusOf } from '../storage/status-of';
import { readSettingsText } from './json-text';
import { MAX_SETTINGS_BYTES_READ } from './settings-limits';
import type { HoldListFile, SourceStore } from './source-store';

/** The adapter; `container` must exist. */
export function azureSourceStore(container: ContainerClient): SourceStore {
  const settings = new Map<string, { readonly etag: string; readonly text: string }>();
  const lists = new Map<string, HoldListFile>();

  /** The blob now, or the cached value if it has that version; null if there is none. `count`: bytes at most. */
  async function readCached<T extends { readonly etag: string }>(
    cache: Map<string, T>,
    name: string,
    count: number,
    make: (content: Buffer, etag: string) => T,
  ): Promise<T | null> {
    const cached = cache.get(name);
    const blob = blobAt(container, name);
    try {
      const answer = await blob.download(0, count, cached ? { conditions: { ifNoneMatch: cached.etag } } : {});
      const parts: Uint8Array[] = [];
      for await (const part of (answer.readableStreamBody ?? []) as AsyncIterable<Uint8Array>) parts.push(part);
      const value = make(Buffer.concat(parts), answer.etag ?? '');
      if (answer.etag !== undefined) cache.set(name, value);
      return value;
    } catch (error) {
      const status = statusOf(error);
      if (status === 304 && cached) return cached;
      if (status === 404) return null;
      // An empty blob has no range at all (Blob service, Get Blob: 416 InvalidRange).
      if (status === 416) return make(Buffer.alloc(0), 'empty');
      throw new RollcallError('storage-blob', 'retry', `blob storage answered ${String(status)} about a source`, {
        cause: error,
      });
    }
  }

  return {
    read: async (source) =>
      (
        await readCached(settings, `${source}/source.json`, MAX_SETTINGS_BYTES_READ, (content, etag) => ({
          etag,
          text: readSettingsText(content),
        }))
      )?.text ?? null,
    readHoldList: (source) =>
      readCached(lists, `${source}/hold.csv`, MAX_HOLD_LIST_BYTES + 1, (content, etag) => ({ content, etag })),
  };
}
