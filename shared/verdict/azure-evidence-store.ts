// Evidence on Azure Blob storage: one JSON-lines blob per page of new entries, named by their ids.
import type { ContainerClient } from '@azure/storage-blob';
import { RollcallError } from '../core/errors';
import { stableHash } from '../core/hash';
import type { ProvisioningEntry } from '../graph/provisioning-log';
import { blobAt } from '../storage/azure-path';
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
    async keptMessages() {
      const names: string[] = [];
      try {
        for await (const { name } of container.listBlobsFlat({ prefix: MESSAGES })) names.push(name);
      } catch (cause) {
        throw fault(cause);
      }
      return names;
    },
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
  };
}
