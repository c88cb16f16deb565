// Which column of a file is which column of the settings: by its folded name, or by an alias. One rule for the header of a table, for the
// members of a JSON record, and for the check of the settings, which refuses ambiguous aliases.
import { foldName } from './fold';
import { firstStepOf } from './record-value';

/** What the settings of a source say about names. In JSON a name with a dot is a path. */
export interface ColumnContract {
  readonly format: 'csv' | 'json';
  readonly idColumn: string;
  readonly requiredColumns: readonly string[];
  readonly mappedColumns: readonly string[];
  /** Column → other names under which files carry it. */
  readonly aliases: Readonly<Record<string, readonly string[]>>;
}

/** An ambiguous alias: number `index` of `column` already means `owner`. */
export interface AliasClash {
  readonly column: string;
  readonly index: number;
  readonly alias: string;
  readonly owner: string;
}

/** The names of one source. */
export interface ColumnNames {
  /** All columns of the settings. */
  readonly names: ReadonlySet<string>;
  /** The settings' name for each name of a file, or the name itself. An exact name wins over a folded one, a name over an alias. */
  readonly nameAll: (written: readonly string[]) => readonly string[];
  readonly clashes: readonly AliasClash[];
}

/** Distinct names of a file that are remembered; a JSON file may have new ones in every record. Our choice, 2026-11. */
const maxKnownNames = 10_000;

/** Compiles the names of a contract. */
export function compileColumnNames(contract: ColumnContract): ColumnNames {
  const { aliases, format } = contract;
  const names = new Set([
    contract.idColumn,
    ...contract.requiredColumns,
    ...contract.mappedColumns,
    ...Object.keys(aliases),
  ]);
  const isPath = (name: string): boolean => format === 'json' && name.includes('.');
  // The first member of a path keeps its own name: no other member is read as it, and it is read as no other.
  const firstMembers = new Map([...names].filter(isPath).map((path) => [foldName(firstStepOf(path)), path]));
  const byFolded = new Map<string, string>();
  for (const name of names) {
    const key = foldName(name);
    if (key !== '' && !isPath(name) && !firstMembers.has(key) && !byFolded.has(key)) byFolded.set(key, name);
  }
  const clashes: AliasClash[] = [];
  for (const [column, others] of Object.entries(aliases)) {
    for (const [index, alias] of others.entries()) {
      const key = foldName(alias);
      if (key === '' || alias === column) continue;
      const named = names.has(alias) ? alias : undefined;
      const owner = firstMembers.get(key) ?? named ?? byFolded.get(key);
      if (owner === undefined) byFolded.set(key, column);
      else if (owner !== column || firstMembers.has(key)) clashes.push({ column, index, alias, owner });
    }
  }

  const known = new Map<string, string>();
  const nameOf = (written: string): string => {
    const before = known.get(written);
    if (before !== undefined) return before;
    const name = names.has(written) ? written : (byFolded.get(foldName(written)) ?? written);
    if (known.size < maxKnownNames) known.set(written, name);
    return name;
  };

  return {
    names,
    clashes,
    nameAll: (written) => {
      if (written.every((name) => nameOf(name) === name)) return written;
      const there = new Set(written);
      // If "email" and "Email" are both there, only the exact one is the contract's.
      return written.map((name) => {
        const found = nameOf(name);
        return there.has(found) ? name : found;
      });
    },
  };
}
