// Which row is sent in which batch. The packing depends on the file and the pinned roster alone (*fixedPacking*): leavers first, then everybody
// whose record is news, then those who are sent again although nothing changed; last the candidates: people whom the roster lets rest, in batches that
// are made only for those who must be sent all the same.
import { MAX_OPERATIONS_PER_REQUEST } from '../graph/limits';
import { ACTIVE, AGAIN, CANDIDATE, type RowTable } from './row-table';

/** Rows of one packed batch: [row, externalId, offset, bytes]. */
export interface PackedBatch {
  readonly batch: string;
  readonly leavers: boolean;
  /** All its people are candidates: a row is sent only if the run decided so (*decideOnce*). */
  readonly candidates: boolean;
  readonly rows: readonly (readonly [row: number, id: string, offset: number, bytes: number])[];
}

/** One entry of the people index: the person, the record, and the number of the packed batch. */
export interface IndexedPerson {
  readonly idHash: bigint;
  readonly recordHash: bigint;
  readonly batch: number;
}

/** Batch ids sort as text; six digits are enough for 50 million rows. */
export const batchIdOf = (number: number): string => String(number).padStart(6, '0');

/** The kinds of batches, in the order in which they are packed, by the kinds of their rows. */
const KINDS = [0, ACTIVE, AGAIN, AGAIN | ACTIVE, CANDIDATE, CANDIDATE | ACTIVE] as const;

/** The batches in order of their number, each kind in file order. */
export function* packedBatches(table: RowTable): Generator<PackedBatch> {
  let number = 0;
  for (const kind of KINDS) {
    // Leavers are served before everybody else of the tenant: whoever is disabled already can wait.
    const leavers = (kind & (ACTIVE | AGAIN)) === 0;
    const candidates = (kind & CANDIDATE) !== 0;
    let rows: PackedBatch['rows'][number][] = [];
    for (let at = 0; at < table.count; at++) {
      if (table.kinds.get(at) !== kind) continue;
      rows.push([table.rows.get(at), table.idAt(at), table.offsets.get(at), table.sizes.get(at)]);
      if (rows.length === MAX_OPERATIONS_PER_REQUEST) {
        yield { batch: batchIdOf(++number), leavers, candidates, rows };
        rows = [];
      }
    }
    if (rows.length > 0) yield { batch: batchIdOf(++number), leavers, candidates, rows };
  }
}

/** The entries of the people index, in file order. */
export function* indexedPeople(table: RowTable): Generator<IndexedPerson> {
  const people = KINDS.map(() => 0);
  for (let at = 0; at < table.count; at++) addTo(people, kindAt(table, at), 1);
  // The number of batches before those of each kind.
  const before = people.map((_, kind) =>
    people.slice(0, kind).reduce((sum, count) => sum + Math.ceil(count / MAX_OPERATIONS_PER_REQUEST), 0),
  );
  const next = KINDS.map(() => 0);
  for (let at = 0; at < table.count; at++) {
    const kind = kindAt(table, at);
    if (kind < 0) continue;
    const batch = (before[kind] ?? 0) + Math.floor((next[kind] ?? 0) / MAX_OPERATIONS_PER_REQUEST) + 1;
    addTo(next, kind, 1);
    yield { idHash: table.idHashes.get(at), recordHash: table.records.get(at), batch };
  }
}

/** The place in `KINDS`; -1 for a row that is not sent. */
const kindAt = (table: RowTable, at: number): number => KINDS.findIndex((kind) => kind === table.kinds.get(at));

function addTo(counts: number[], at: number, more: number): void {
  if (at >= 0) counts[at] = (counts[at] ?? 0) + more;
}
