// What each column of a file seems to mean: by its name, and by what its values look like.
import { columnRoles, namesOfRoles, type ColumnRole } from './column-names';
import { plainName, readingsOf } from './column-readings';
import type { ColumnProfile } from './profile-columns';

/** A column and how sure its role is. */
export interface RecognisedColumn {
  readonly column: string;
  readonly isSure: boolean;
}

/** Roles with their columns, and the columns that were not recognised, or whose role was already taken. */
export interface RecognisedColumns {
  readonly roles: ReadonlyMap<ColumnRole, RecognisedColumn>;
  readonly private: readonly string[];
  /** Columns that have no value in any row, and no role. */
  readonly blank: readonly string[];
  readonly rest: readonly string[];
}

const ranks = new Map<ColumnRole, ReadonlyMap<string, number>>(
  columnRoles.map((role) => {
    const { sure, perhaps } = namesOfRoles[role];
    return [role, new Map([...sure, ...perhaps].map((name, rank) => [plainName(name), rank] as const).reverse())];
  }),
);

/** How many of these names are known; distinguishes the header from other lines. */
export const countKnown = (names: readonly string[]): number =>
  names.filter((name) => readingsOf(name, false).some((read) => [...ranks.values()].some((known) => known.has(read))))
    .length;

/** A column without any value says nothing about these, whatever its name. */
const NEEDS_VALUES: ReadonlySet<ColumnRole> = new Set(['id', 'status', 'userName', 'action']);

/** Values of these are words: of two columns, the one with numbers has keys of another table. */
const OF_WORDS: ReadonlySet<ColumnRole> = new Set([
  'givenName',
  'familyName',
  'displayName',
  'title',
  'userType',
  'organization',
  'division',
  'department',
  'city',
]);

/** The columns to choose from. `profiles`: what is known of their values; a column that is not in it is judged by its name alone. */
interface Choice {
  readonly columns: readonly string[];
  readonly arePaths: boolean;
  readonly profiles: ReadonlyMap<string, ColumnProfile>;
}

/** Gives each role at most one column, sure names first. */
export function recogniseColumns(
  columns: readonly string[],
  arePaths = false,
  profiles: ReadonlyMap<string, ColumnProfile> = new Map(),
): RecognisedColumns {
  const choice = { columns, arePaths, profiles };
  const roles = new Map<ColumnRole, RecognisedColumn>();
  const taken = new Set<string>();
  const privates = columns.filter((column) =>
    readingsOf(column, arePaths).some((name) => ranks.get('private')?.has(name) === true),
  );
  for (const column of privates) taken.add(column);
  for (const isSure of [true, false]) {
    for (const role of columnRoles) {
      if (role === 'private' || roles.has(role)) continue;
      const best = bestColumn(choice, role, isSure, taken);
      if (best === null) continue;
      roles.set(role, { column: best, isSure });
      taken.add(best);
    }
  }
  const others = columns.filter((column) => !taken.has(column));
  const isBlank = (column: string): boolean => profiles.get(column)?.filled === 0;
  return {
    roles,
    private: privates,
    blank: others.filter(isBlank),
    rest: others.filter((column) => !isBlank(column)),
  };
}

/** What decides between two columns, in this order; the smaller is better. */
type Merit = readonly [rank: number, hasNumbers: number, unfilled: number, depth: number];

const isBetter = (one: Merit, other: Merit): boolean => {
  const at = one.findIndex((value, place) => value !== other[place]);
  return at !== -1 && (one[at] ?? 0) < (other[at] ?? 0);
};

function bestColumn(
  { columns, arePaths, profiles }: Choice,
  role: ColumnRole,
  isSure: boolean,
  taken: ReadonlySet<string>,
): string | null {
  const sureNames = namesOfRoles[role].sure.length;
  let best: { readonly column: string; readonly merit: Merit } | null = null;
  for (const column of columns) {
    if (taken.has(column)) continue;
    const { filled, numbers } = profiles.get(column) ?? UNKNOWN;
    if (filled === 0 && NEEDS_VALUES.has(role)) continue;
    for (const name of readingsOf(column, arePaths)) {
      const rank = ranks.get(role)?.get(name);
      if (rank === undefined || rank < sureNames !== isSure) continue;
      const depth = arePaths ? column.split('.').length : 1;
      const merit: Merit = [rank, OF_WORDS.has(role) && numbers > 0 ? 1 : 0, -filled, depth];
      if (best === null || isBetter(merit, best.merit)) best = { column, merit };
    }
  }
  return best?.column ?? null;
}

const UNKNOWN: ColumnProfile = { filled: 1, numbers: 0 };
