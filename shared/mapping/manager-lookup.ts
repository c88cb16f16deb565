// The manager who is named by something else than an id: the id of the person who has that value in the column `lookup`. Whoever is not found, or is
// not one person for certain, is left out, and the file's findings show the value.
import { foldLookupValue } from '../columns/fold';
import type { ValuesOf } from '../core/codes';
import { quote } from '../core/message';
import type { Finding } from '../export/export-record';
import type { PersonOfValue } from '../people/people-by-value';
import type { mappingCodes } from './mapping-codes';

/** Finds who has a value in the file. */
export type FindPerson = (value: string) => PersonOfValue;

/** Values that are told one by one; of the others only the number of rows. Our choice, 2026-11. */
export const MAX_MANAGERS_TOLD = 100;

type NotFound = ValuesOf<typeof mappingCodes, 'manager-not-found'>;

interface Naming {
  readonly value: string;
  readonly column: string | null;
  readonly line: number;
  readonly person: Exclude<PersonOfValue, { kind: 'one' }> | null;
  rows: number;
  /** The row that was counted last: one that is mapped again counts once. */
  last: object;
}

/** A row that names a manager. */
interface NamingRow {
  readonly line: number;
}

/** Looks up the managers of one file. */
export class ManagerLookup {
  /** By the folded value. */
  private readonly named = new Map<string, Naming>();
  private others: Naming | null = null;

  /** `find` is null for a file that does not have everybody. */
  constructor(private readonly find: FindPerson | null) {}

  /** The id of the manager; undefined if it is left out. `row` is the row in hand, the same object each time it is mapped. */
  idOf(value: string, row: NamingRow, column: string | null): string | undefined {
    const person = this.find?.(value) ?? null;
    if (person?.kind === 'one') return person.id;
    this.note(value, row, column, person);
    return undefined;
  }

  /** The managers who were left out; complete after the last row. */
  findings(): readonly Finding[] {
    const all = this.others === null ? [...this.named.values()] : [...this.named.values(), this.others];
    return all.map((naming) => ({
      severity: 'warning',
      code: 'manager-not-found',
      values: valuesOf(naming, naming === this.others),
      line: naming.line,
      column: naming.column,
      id: null,
    }));
  }

  private note(value: string, row: NamingRow, column: string | null, person: Naming['person']): void {
    const key = person === null ? '' : foldLookupValue(value);
    const before = this.named.get(key) ?? (this.named.size < MAX_MANAGERS_TOLD ? null : this.others);
    if (before === null) {
      const naming = { value, column, line: row.line, person, rows: 1, last: row };
      if (this.named.size < MAX_MANAGERS_TOLD) this.named.set(key, naming);
      else this.others = naming;
    } else if (before.last !== row) {
      before.rows++;
      before.last = row;
    }
  }
}

function valuesOf({ value, line, person, rows }: Naming, isOfOthers: boolean): NotFound {
  if (isOfOthers) return { why: 'others', rows, line };
  if (person === null) return { why: 'not-whole', rows, line };
  const named = { value: quote(value), rows, line };
  return person.kind === 'nobody'
    ? { why: person.kind, ...named }
    : { why: person.kind, ...named, lines: person.lines };
}
