// What each column of a file seems to mean.
import { foldName } from '../../shared/columns/fold';
import { columnRoles, namesOfRoles, type ColumnRole } from './column-names';

/** A column and how sure its role is. */
export interface RecognisedColumn {
  readonly column: string;
  readonly isSure: boolean;
}

/** Roles with their columns, and the columns that were not recognised, or whose role was already taken. */
export interface RecognisedColumns {
  readonly roles: ReadonlyMap<ColumnRole, RecognisedColumn>;
  readonly private: readonly string[];
  readonly rest: readonly string[];
}

const plain = (name: string): string => foldName(name).replace(/['’.,:*()#/–—]/g, '');

const ranks = new Map<ColumnRole, ReadonlyMap<string, number>>(
  columnRoles.map((role) => {
    const { sure, perhaps } = namesOfRoles[role];
    return [role, new Map([...sure, ...perhaps].map((name, rank) => [plain(name), rank] as const).reverse())];
  }),
);

/** Members whose meaning comes from their parent: `department.name`. */
const genericMembers: ReadonlySet<string> = new Set(
  ['id', 'name', 'number', 'no', 'nr', 'code', 'value', 'type', 'state', 'title', 'active', 'start', 'end'].map(plain),
);

/** A JSON path is matched whole (`job.title`), otherwise by its last member, unless that means nothing alone. */
function readingsOf(column: string, isPath: boolean): readonly string[] {
  const last = plain(column.slice(column.lastIndexOf('.') + 1));
  return isPath && column.includes('.') && !genericMembers.has(last) ? [plain(column), last] : [plain(column)];
}

/** How many of these names are known; distinguishes the header from other lines. */
export const countKnown = (names: readonly string[]): number =>
  names.filter((name) => [...ranks.values()].some((known) => known.has(plain(name)))).length;

/** Gives each role at most one column, sure names first. */
export function recogniseColumns(columns: readonly string[], arePaths = false): RecognisedColumns {
  const roles = new Map<ColumnRole, RecognisedColumn>();
  const taken = new Set<string>();
  const privates = columns.filter((column) =>
    readingsOf(column, arePaths).some((name) => ranks.get('private')?.has(name) === true),
  );
  for (const column of privates) taken.add(column);
  for (const isSure of [true, false]) {
    for (const role of columnRoles) {
      if (role === 'private' || roles.has(role)) continue;
      const best = bestColumn(columns, role, isSure, taken, arePaths);
      if (best === null) continue;
      roles.set(role, { column: best, isSure });
      taken.add(best);
    }
  }
  return { roles, private: privates, rest: columns.filter((column) => !taken.has(column)) };
}

function bestColumn(
  columns: readonly string[],
  role: ColumnRole,
  isSure: boolean,
  taken: ReadonlySet<string>,
  arePaths: boolean,
): string | null {
  const sureNames = namesOfRoles[role].sure.length;
  let best: { readonly column: string; readonly rank: number } | null = null;
  for (const column of columns) {
    if (taken.has(column)) continue;
    for (const name of readingsOf(column, arePaths)) {
      const rank = ranks.get(role)?.get(name);
      if (rank === undefined || rank < sureNames !== isSure) continue;
      if (best === null || rank < best.rank) best = { column, rank };
    }
  }
  return best?.column ?? null;
}
