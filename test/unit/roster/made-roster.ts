// Rosters for tests: runs of contoso-hr, a minute apart, and the people of each; merged as files are, through streams in small chunks.
import * as fc from 'fast-check';
import { mergeRoster } from '../../../shared/roster/merge-roster';
import { loadRoster, openRoster } from '../../../shared/roster/read-roster';
import type { RosterEntry, UnconfirmedReason } from '../../../shared/roster/roster-entry';
import { UNCONFIRMED_REASONS } from '../../../shared/roster/roster-entry';
import type { Epoch, RosterHeader } from '../../../shared/roster/roster-file';
import type { RosterTable } from '../../../shared/roster/roster-table';
import type { FullFile } from '../../../shared/roster/run-part';
import { RunPart, SeenIds } from '../../../shared/roster/run-part';
import { runIdOf } from '../../../shared/run/run';

export const SOURCE = 'contoso-hr';
export const epochOf = (mapping: string): Epoch => ({ mapping, schema: '1', job: 'job' });

/** 2026-11-02, 08:00 UTC: the arrival of run 1 is a day later. */
const BEGIN_MS = Date.UTC(2026, 10, 2, 8);
const DAY_MS = 86_400_000;
export const arrivalMs = (n: number): number => BEGIN_MS + n * DAY_MS;
/** The id of the nth run, one a day. */
export const runId = (n: number): string => runIdOf(`${SOURCE}/people.csv`, `"${n}"`, arrivalMs(n));
export const arrivalDay = (n: number): number => Math.floor(arrivalMs(n) / DAY_MS);

/** A person of a run; `value` decides the record. */
export interface Fact {
  readonly id: bigint;
  readonly value: number;
  readonly why: UnconfirmedReason | null;
}

/** A run: what became of the records that it sent, and who else had a row. */
export interface MadeRun {
  readonly n: number;
  readonly facts: readonly Fact[];
  readonly alsoSeen?: readonly bigint[];
  readonly full?: FullFile | null;
  readonly mapping?: string;
  readonly day?: number;
}

export function partOf({ n, facts, full = null, mapping = '1', day = arrivalDay(n) }: MadeRun): RosterTable {
  const part = new RunPart({ source: SOURCE, run: runId(n), epoch: epochOf(mapping), isOfFile: true });
  for (const { id, value, why } of facts)
    part.add(
      {
        idHash: id,
        offset: value * 100,
        bytes: value + 1,
        recordHash: BigInt(value),
        active: value % 3 !== 0,
        attributes: new Map([
          ['title', value + 1],
          // Some records lack an attribute that others have.
          ...(value % 2 === 0 ? [] : ([['name.givenName', value + 2]] as const)),
        ]),
      },
      { day, why },
    );
  return part.table(full);
}

export function seenOf({ n, facts, alsoSeen = [] }: MadeRun): SeenIds {
  const seen = new SeenIds(runId(n));
  for (const id of [...facts.map((fact) => fact.id), ...alsoSeen]) seen.add(id);
  return seen;
}

/** Bytes as a stream: at most a thousand chunks, none of a size that fits entries. */
export async function* chunked(
  bytes: Buffer,
  size = Math.max(37, Math.ceil(bytes.length / 1_000)),
): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The file after a merge. */
export async function merged(old: Buffer | null, part: RosterTable, seen: SeenIds | null = null): Promise<Buffer> {
  const opened = old === null ? null : await openRoster(chunked(old), SOURCE);
  const parts: Buffer[] = [];
  for await (const chunk of mergeRoster(opened, part, seen)) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts);
}

/** The file after runs have settled in this order. */
export async function settled(runs: readonly MadeRun[]): Promise<Buffer> {
  let file: Buffer | null = null;
  for (const run of runs) file = await merged(file, partOf(run), seenOf(run));
  if (file === null) throw new Error('no run, no roster');
  return file;
}

export const loaded = (file: Buffer): Promise<RosterTable> => loadRoster(chunked(file), SOURCE, file.length);

/** An entry without what depends on the header: epoch and attributes by name. */
export function plainEntry(entry: RosterEntry, header: RosterHeader) {
  const { idHash, run, offset, bytes, recordHash, active, confirmedOn, unconfirmed, seenAt } = entry;
  const attributes = Object.fromEntries(
    header.attributes.map((name, at) => [name, entry.attributes[at]] as const).filter(([, short]) => short !== 0),
  );
  const epochAt = (place: number) => header.epochs[place - 1]?.mapping ?? null;
  return {
    ...{ idHash, run, offset, bytes, recordHash, active, confirmedOn, seenAt, attributes },
    epoch: epochAt(entry.epoch),
    unconfirmed: unconfirmed === null ? null : { ...unconfirmed, epoch: epochAt(unconfirmed.epoch) },
  };
}

/** All entries of a file, readable. */
export async function entriesIn(file: Buffer) {
  const table = await loaded(file);
  return [...table].map((entry) => plainEntry(entry, table.header));
}

const anyWhy = fc.option(fc.constantFrom(...UNCONFIRMED_REASONS));

/** Few people, few values: so that runs meet. */
export const anyFacts = fc.uniqueArray(
  fc.record({
    id: fc.oneof(fc.bigInt({ min: 0n, max: 5n }), fc.constant(2n ** 64n - 1n)),
    value: fc.nat({ max: 4 }),
    why: anyWhy,
  }),
  { maxLength: 5, selector: (fact) => fact.id },
);

/** A run with this number. */
export const anyRun = (n: number): fc.Arbitrary<MadeRun> =>
  fc.record({
    n: fc.constant(n),
    facts: anyFacts,
    alsoSeen: fc.array(fc.bigInt({ min: 0n, max: 6n }), { maxLength: 4 }),
    full: fc.constantFrom(null, 'complete' as const, 'doubtful' as const),
    mapping: fc.constantFrom('1', '2'),
  });
