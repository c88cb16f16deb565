// Rosters on Azure Blob storage: `<source>/<number>-<attempt>.roster`, their dates in a `.dates` beside them, and `<source>/current.json`, which is replaced only under the ETag with
// which it was read. Two writers that begin with the same roster write two files; the pointer takes one of them.
import type { ContainerClient } from '@azure/storage-blob';
import { RollcallError } from '../core/errors';
import { AzureBlockWriter, blobCall } from '../storage/azure-block-writer';
import { blobAt } from '../storage/azure-path';
import type { Versioned } from '../storage/versioned';
import { randomLetters } from '../storage/random-letters';
import type { FilePin, RosterPin, RosterStore } from './roster-store';

const pointerOf = (source: string): string => `${source}/current.json`;
const keptRecordsOf = (source: string): string => `${source}/kept-records.jsonl`;
/** A replaced blob has a note, and there is nothing to say of these. */
const KEPT_RECORDS_NOTE = 'kept-records';
/** Digits of a file's number: enough for a roster a minute over 190 years. */
const NUMBER_DIGITS = 8;

const folderOf = (source: string): string => `${source}/`;

/** The number in the name of a file: each roster has a greater one than that which it replaces, and so have its dates. Null for another blob. */
function numberOf(name: string): number | null {
  const digits = /^\d+(?=-[^/]*\.(?:roster|dates)$)/.exec(name.slice(name.lastIndexOf('/') + 1))?.[0];
  return digits?.length === NUMBER_DIGITS ? Number(digits) : null;
}

const missing = (): RollcallError => new RollcallError('roster-missing', 'retry', 'the pinned roster no longer exists');

/** The adapter; `container` must exist. `random` gives 0..1. */
export function azureRosterStore(container: ContainerClient, random: () => number): RosterStore {
  const point = async (
    source: string,
    old: Versioned<RosterPin> | null,
    pin: RosterPin,
  ): Promise<Versioned<RosterPin> | null> => {
    const text = JSON.stringify(pin);
    const conditions = old === null ? { ifNoneMatch: '*' } : { ifMatch: old.etag };
    const answer = await blobCall(
      () => blobAt(container, pointerOf(source)).upload(text, Buffer.byteLength(text), { conditions }),
      [404, 409, 412],
      null,
    );
    return answer === null ? null : { value: pin, etag: answer.etag ?? '' };
  };
  const current = async (source: string): Promise<Versioned<RosterPin> | null> => {
    const answer = await blobCall(
      () => blobAt(container, pointerOf(source)).download(0, undefined, { maxRetryRequests: 5 }),
      [404],
      null,
    );
    if (answer === null) return null;
    const parts: Uint8Array[] = [];
    for await (const part of (answer.readableStreamBody ?? []) as AsyncIterable<Uint8Array>) parts.push(part);
    return { value: JSON.parse(Buffer.concat(parts).toString('utf8')) as RosterPin, etag: answer.etag ?? '' };
  };
  const remove = async (name: string): Promise<void> => {
    await blobCall(() => blobAt(container, name).deleteIfExists(), [], null);
  };
  /** Begins a file with the number after that of `old`. */
  const begin = (source: string, old: Versioned<RosterPin> | null, kind: 'roster' | 'dates') => {
    const number = String(old === null ? 1 : (numberOf(old.value.name) ?? 0) + 1).padStart(NUMBER_DIGITS, '0');
    const blob = blobAt(container, `${folderOf(source)}${number}-${randomLetters(random)}.${kind}`);
    const writer = new AzureBlockWriter(blob);
    return {
      append: (bytes: Uint8Array) => writer.append(bytes),
      commit: async (): Promise<FilePin> => {
        await writer.commit(false);
        const kept = await blobCall(() => blob.getProperties(), [], null);
        return { name: blob.name, etag: kept?.etag ?? '', bytes: kept?.contentLength ?? 0 };
      },
    };
  };
  return {
    current,
    nextDay: async (source) => (await current(source))?.value.dates?.next ?? null,
    async read(pin) {
      const answer = await blobCall(
        () =>
          blobAt(container, pin.name).download(0, undefined, {
            conditions: { ifMatch: pin.etag },
            maxRetryRequests: 5,
          }),
        [404, 412],
        null,
      );
      if (answer?.readableStreamBody === undefined) throw missing();
      return answer.readableStreamBody as AsyncIterable<Uint8Array>;
    },
    async writtenAt(pin) {
      const kept = await blobCall(
        () => blobAt(container, pin.name).getProperties({ conditions: { ifMatch: pin.etag } }),
        [404, 412],
        null,
      );
      if (kept?.lastModified === undefined) throw missing();
      return kept.lastModified.getTime();
    },
    replace(source, old) {
      const { append, commit } = begin(source, old, 'roster');
      return {
        append,
        async commit(dates = old?.value.dates ?? null) {
          const file = await commit();
          const pin = dates === null ? file : { ...file, dates };
          const written = await point(source, old, pin);
          if (written !== null) return written;
          // The client repeats a call whose answer was lost: then it is our own pointer that is in the way.
          const winner = await current(source);
          if (winner?.value.name === file.name) return winner;
          await remove(file.name);
          if (dates !== null && dates.name !== old?.value.dates?.name) await remove(dates.name);
          return null;
        },
      };
    },
    writeDates: (source, old) => begin(source, old, 'dates'),
    async keptRecords(source) {
      const answer = await blobCall(
        () => blobAt(container, keptRecordsOf(source)).download(0, undefined, { maxRetryRequests: 5 }),
        [404],
        null,
      );
      if (answer?.readableStreamBody === undefined) return null;
      return { value: answer.readableStreamBody as AsyncIterable<Uint8Array>, etag: answer.etag ?? '' };
    },
    keepRecords(source, old) {
      const writer = new AzureBlockWriter(blobAt(container, keptRecordsOf(source)), randomLetters(random));
      return {
        append: (text) => writer.append(text),
        commit: () => (old === null ? writer.commit(true) : writer.replace(old.etag, KEPT_RECORDS_NOTE)),
      };
    },
    async removeBefore(source, pin, { dates }) {
      const first = numberOf(pin.name);
      const items = container.listBlobsFlat({ prefix: folderOf(source) });
      const next = (): ReturnType<typeof items.next> => blobCall(() => items.next(), [], { done: true, value: null });
      for (let item = await next(); item.done !== true; item = await next()) {
        const { name } = item.value;
        const number = numberOf(name);
        // The pointer, or what somebody has put there, is no roster: it stays. Dates stay as long as rosters have them.
        if (first !== null && number !== null && number < first && name !== dates?.name) await remove(name);
      }
    },
  };
}
