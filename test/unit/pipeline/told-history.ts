// What a test has told a source, and what came of it, kept by the test alone: the files with their words about people, the hold lists, which
// files passed, and what the directory held when each was judged. Nothing in it is taken from the roster or from the guard's counts.
import { foldId } from '../../../shared/columns/id';
import type { Run } from '../../../shared/run/run';
import type { MemoryPipeline } from '../memory/memory-pipeline';
import { csvOf, person, SOURCE } from './contoso';
import type { Tenant } from './nights';

/** `well`: a row that can be sent. The others are rejected: an unknown status, no id, two rows of one person that contradict each other. */
export type RowKind = 'well' | 'asleep' | 'no-id' | 'twice';

export interface ToldRow {
  readonly id: string;
  readonly isActive: boolean;
  readonly email: string;
  readonly kind: RowKind;
}

/** The value of a person's record that tests compare. */
export interface Record_ {
  readonly active: boolean;
  readonly userName: string;
}

/** What was true when intake judged a file. */
export interface Judged {
  readonly at: number;
  /** The directory, by folded id. */
  readonly directory: ReadonlyMap<string, Record_>;
  /** People of whom something did not go well, or of whom something is under way: the roster may know them otherwise. */
  readonly doubtful: ReadonlySet<string>;
  /** Runs that passed and have not ended. */
  readonly open: number;
  readonly settledFull: readonly ToldFile[];
}

/** One file. `judged`: once for each time that intake read it to the end. */
export interface ToldFile {
  readonly key: Pick<Run, 'source' | 'run'>;
  readonly content: 'full' | 'changes';
  readonly rows: readonly ToldRow[];
  readonly isReadable: boolean;
  readonly droppedAt: number;
  readonly judged: Judged[];
}

export const emailOf = (row: Pick<ToldRow, 'id' | 'email'>): string => `${row.email}-${row.id}@contoso.example`;
export const recordOf = (row: ToldRow): Record_ => ({ active: row.isActive, userName: emailOf(row) });
export const isSame = (a: Record_ | undefined, b: Record_ | undefined): boolean =>
  a?.active === b?.active && a?.userName === b?.userName;

/** The text of the rows. A person who is there twice has a second row that says something else. */
export function textOf(rows: readonly ToldRow[], isReadable: boolean): string {
  const lines = rows.flatMap((row) => {
    const line = person(
      row.kind === 'no-id' ? '' : row.id,
      row.kind === 'asleep' ? 'Asleep' : row.isActive ? 'Active' : 'Left',
      emailOf(row),
    );
    return row.kind === 'twice' ? [line, person(row.id, 'Active', `other-${row.id}@contoso.example`)] : [line];
  });
  return isReadable ? csvOf(...lines) : csvOf(...lines).replace('Status', 'Statuses');
}

/** How many rows the file's text has. */
export const rowsIn = (file: Pick<ToldFile, 'rows'>): number =>
  file.rows.reduce((sum, { kind }) => sum + (kind === 'twice' ? 2 : 1), 0);

/** True if any row of the file names the person. */
export const names = (file: Pick<ToldFile, 'rows'>, id: string): boolean =>
  file.rows.some((row) => row.kind !== 'no-id' && row.id === id);

/** The person's row that can be sent. */
export const wordOf = (file: Pick<ToldFile, 'rows'>, id: string): ToldRow | undefined =>
  file.rows.find((row) => row.kind === 'well' && row.id === id);

/** All files in order of arrival, and the hold lists in order of time. */
export class ToldHistory {
  readonly files: ToldFile[] = [];
  private readonly lists: { readonly at: number; readonly untilOf: ReadonlyMap<string, number> }[] = [];

  constructor(
    private readonly pipeline: MemoryPipeline,
    private readonly tenant: Tenant,
  ) {
    pipeline.files.calls.before = ({ method, key }) => {
      const [, run, file] = key.split('/');
      if (method === 'commit' && /^rows\b/.test(file ?? '')) this.noteJudged(run ?? '');
    };
  }

  private noteJudged(run: string): void {
    const file = this.files.find(({ key }) => key.run === run);
    if (file === undefined) throw new Error('a file was judged that nobody dropped');
    const open = this.passed().filter((one) => this.run(one).state !== 'settled' && one !== file);
    // A row that the hold list keeps has passed and is on its way until the hold ends, also when its run has settled (ADR 0026).
    const keptBack = (id: string): boolean => this.wasEverOnHold(id);
    const under = [
      ...open.flatMap(({ rows }) => rows.map(({ id }) => id)),
      ...this.passed().flatMap((one) => (one === file ? [] : one.rows.map(({ id }) => id).filter(keptBack))),
    ];
    file.judged.push({
      at: this.pipeline.clock.now(),
      directory: new Map(
        [...this.tenant.directory].map(([id, text]) => {
          const { active, userName } = JSON.parse(text) as Record_;
          return [id, { active, userName }];
        }),
      ),
      doubtful: new Set([...this.tenant.harmed, ...under]),
      open: open.length,
      settledFull: this.passed().filter((one) => one.content === 'full' && this.run(one).state === 'settled'),
    });
  }

  run(file: Pick<ToldFile, 'key'>): Run {
    const found = this.pipeline.ledger.runs.peek(file.key);
    if (found === null) throw new Error('a dropped file has no run');
    return found;
  }

  /** The files that passed by now, in order of arrival. */
  passed(): readonly ToldFile[] {
    return this.files.filter((file) => {
      const run = this.pipeline.ledger.runs.peek(file.key);
      return run !== null && ['staged', 'sending', 'confirming', 'settled'].includes(run.state);
    });
  }

  /** HR's newest word about a person, in files that passed. */
  newestWord(id: string): { readonly file: ToldFile; readonly row: ToldRow } | null {
    for (const file of [...this.passed()].reverse()) {
      const row = wordOf(file, id);
      if (row !== undefined) return { file, row };
    }
    return null;
  }

  /** Writes the hold list: until which day, as `yyyy-MM-dd`, whom; null: there is none. */
  list(entries: ReadonlyMap<string, string> | null): void {
    // A file and a list of the same moment have no order.
    this.pipeline.clock.pass(1_000);
    const at = this.pipeline.clock.now();
    const text = [...(entries ?? [])].map(([id, until]) => `${id},${until},x\n`).join('');
    this.pipeline.sources.putHoldList(SOURCE, entries === null ? null : `id,until,why\n${text}`);
    const ends = [...(entries ?? [])].map(([id, until]) => [foldId(id), Date.parse(until) + 86_400_000] as const);
    this.lists.push({ at, untilOf: new Map(ends) });
  }

  /** True if any list had the person. */
  wasEverOnHold(id: string): boolean {
    return this.lists.some(({ untilOf }) => untilOf.has(id));
  }

  /** True if the person was on every list from `from` to now, and no entry ended between. */
  wasAlwaysOnHold(id: string, from: number): boolean {
    const now = this.pipeline.clock.now();
    const last = this.lists.findLastIndex(({ at }) => at <= from);
    if (last < 0) return false;
    const counted = this.lists.slice(last);
    return counted.every(({ untilOf }, i) => (untilOf.get(id) ?? 0) > (counted[i + 1]?.at ?? now));
  }
}
