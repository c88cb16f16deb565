// Evidence on Azure Blob storage: one JSON-lines blob per page of new entries, named by their ids.
import type { ContainerClient } from '@azure/storage-blob';
import { RollcallError } from '../core/errors';
import { stableHash } from '../core/hash';
import type { ProvisioningEntry } from '../graph/provisioning-log';
import { blobAt } from '../storage/azure-path';
import { deleteBlob, deleteBlobs, namesIn } from '../storage/azure-delete-blobs';
import { blobCall } from '../storage/azure-block-writer';
import { readBlob } from '../storage/azure-read-blob';
import { readLines } from '../storage/read-lines';
import type { RunKey } from '../core/run-key';
import type { EvidenceStore } from './evidence-store';

interface Refusal {
  readonly row: number;
  readonly message: string;
}

/** No source can have this name. */
const MESSAGES = '_poison/';

// Outside the folder of the entries, because entries are listed by folder.
const refusalsOf = (run: RunKey): string => `${run.source}/${run.run}.refused/`;

/** The adapter; `container` must exist. */
export function azureEvidenceStore(container: ContainerClient): EvidenceStore {
  const fault = (cause: unknown): RollcallError =>
    new RollcallError('storage-blob', 'retry', 'blob storage did not take a call on evidence', { cause });
  return {
    async keep(run, entries) {
      const name = `${run.source}/${run.run}/${stableHash(entries.map((entry) => entry.id))}.jsonl`;
      const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
      try {
        await blobAt(container, name).upload(text, Buffer.byteLength(text));
      } catch (cause) {
        throw fault(cause);
      }
    },
    async keepRefusal(run, row, message) {
      const text = JSON.stringify({ row, message });
      try {
        await blobAt(container, `${refusalsOf(run)}${row}.json`).upload(text, Buffer.byteLength(text));
      } catch (cause) {
        throw fault(cause);
      }
    },
    async refusals(run) {
      const found = new Map<number, string>();
      try {
        for await (const item of container.listBlobsFlat({ prefix: refusalsOf(run) })) {
          const one = JSON.parse((await blobAt(container, item.name).downloadToBuffer()).toString('utf8')) as Refusal;
          found.set(one.row, one.message);
        }
      } catch (cause) {
        throw fault(cause);
      }
      return found;
    },
    async keepMessage(text) {
      const name = `${MESSAGES}${stableHash([text])}.txt`;
      try {
        await blobAt(container, name).upload(text, Buffer.byteLength(text));
      } catch (cause) {
        throw fault(cause);
      }
      return name;
    },
    keptMessages: async () => (await namesIn(container, MESSAGES)).map((name) => `${MESSAGES}${name}`),
    async *read(run) {
      try {
        for await (const item of container.listBlobsFlat({ prefix: `${run.source}/${run.run}/` })) {
          const answer = await blobAt(container, item.name).download();
          for await (const line of readLines((answer.readableStreamBody ?? []) as AsyncIterable<Uint8Array>))
            yield JSON.parse(line) as ProvisioningEntry;
        }
      } catch (cause) {
        throw fault(cause);
      }
    },
    async forget(run, isForgotten, isForgottenRow) {
      let count = 0;
      const folder = `${run.source}/${run.run}/`;
      for (const name of await namesIn(container, folder)) {
        const blob = blobAt(container, `${folder}${name}`);
        const lines = ((await readBlob(blob))?.toString('utf8') ?? '').split('\n').filter(Boolean);
        const kept = lines.filter((line) => !isForgotten(JSON.parse(line) as ProvisioningEntry));
        count += lines.length - kept.length;
        const text = kept.map((line) => `${line}\n`).join('');
        if (kept.length === 0) await deleteBlob(blob);
        else if (kept.length < lines.length)
          await blobCall(() => blob.upload(text, Buffer.byteLength(text)).then(() => undefined), [], undefined);
      }
      for (const name of await namesIn(container, refusalsOf(run))) {
        if (!isForgottenRow(parseInt(name, 10))) continue;
        await deleteBlob(blobAt(container, `${refusalsOf(run)}${name}`));
        count++;
      }
      return count;
    },
    async deleteAll(run) {
      await deleteBlobs(container, refusalsOf(run));
      await deleteBlobs(container, `${run.source}/${run.run}/`);
    },
  };
}
