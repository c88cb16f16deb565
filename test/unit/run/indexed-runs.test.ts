// Several processes move one run at once, each call in any order, and any of them may die: a run that is in a list has its entry.
import * as fc from 'fast-check';
import { DAY_MS } from '../../../shared/core/clock';
import { insertIndexed, replaceIndexed } from '../../../shared/run/indexed-runs';
import type { RunEntities } from '../../../shared/run/indexed-runs';
import { mendRunIndex } from '../../../shared/run/mend-run-index';
import type { Run } from '../../../shared/run/run';
import type { NotedEntry, RunIndex } from '../../../shared/run/run-index';
import { entriesOf, entryOfKey, INDEX_LISTS, keyBefore, keyOfEntry, keyOfList } from '../../../shared/run/run-index';
import { receivedRun } from '../../../shared/run/run-moves';
import { rounds } from '../../rounds';
import { MemoryTable } from '../memory/memory-table';

const NOW = Date.UTC(2026, 10, 27, 17);
const RUN: Run = receivedRun({ source: 'a', name: 'a/people.csv', etag: '"1"', lastModified: NOW, bytes: 7 }, NOW);
const KEY = 'run';

/** Both tables, for calls that take effect in any order; a dead process makes no more calls. */
class Tables {
  readonly runs = new MemoryTable<Run>((run) => run);
  readonly entries = new MemoryTable<string>((key) => key);
  made: { firstAt: number; lastAt: number } | null = null;

  constructor(private readonly scheduler: fc.Scheduler) {}

  /** The ports of a process that dies before its call number `livesFor`. */
  process(livesFor: number): { readonly runs: RunEntities; readonly index: RunIndex } {
    let calls = 0;
    const call = async <T>(what: string, work: () => T): Promise<T> => {
      if (++calls > livesFor) return new Promise<never>(() => undefined);
      await this.scheduler.schedule(Promise.resolve(), what);
      return work();
    };
    const noted = (key: string): NotedEntry | null => {
      const found = this.entries.get(key);
      // Whoever wrote it may be at work still: only a clock says that it is not.
      return found && { entry: entryOfKey(key), etag: found.etag, notedAt: Infinity };
    };
    return {
      runs: {
        insert: (run) => call('insert', () => !this.runs.has(KEY) && this.runs.set(KEY, run) !== ''),
        read: () => call('read', () => this.runs.get(KEY)),
        replace: (read, next) =>
          call('replace', () => this.runs.isCurrent(KEY, read.etag) && this.runs.set(KEY, next) !== ''),
      },
      index: {
        note: async (entries) =>
          entries.length === 0
            ? []
            : call('note', () =>
                entries.map((entry) => ({ entry, etag: this.entries.set(keyOfEntry(entry), ''), notedAt: Infinity })),
              ),
        read: (entry) => call('read entry', () => noted(keyOfEntry(entry))),
        drop: ({ entry, etag }) =>
          call('drop', () => {
            if (this.entries.get(keyOfEntry(entry))?.etag === etag) this.entries.delete(keyOfEntry(entry));
          }),
        list: (list) =>
          call('list', () => ({
            isWhole: true,
            entries: this.entries
              .page('', Infinity, (_, key) => key > keyBefore(list) && key < keyOfList(list))
              .flatMap(([key]) => noted(key) ?? []),
          })),
        setWhole: () => call('set whole', () => undefined),
        forgetEnded: () => call('forget', () => undefined),
        made: () => call('made', () => this.made),
        setMade: (made) =>
          call('set made', () => {
            this.made = made;
          }),
      },
    };
  }

  /** Entries that the run should have and has not. */
  missing(): readonly string[] {
    const run = this.runs.get(KEY)?.value;
    return run === undefined
      ? []
      : entriesOf(run)
          .map(keyOfEntry)
          .filter((key) => !this.entries.has(key));
  }
}

const STATES: readonly Partial<Run>[] = [
  { state: 'staged' },
  { state: 'sending' },
  { state: 'confirming', onHold: { people: 1, leavers: 0, looksAt: 0, list: null } },
  { state: 'settled', settledAt: NOW, onHold: null },
];

/** What a process does: takes the run in, swaps it so often, or compares the index. */
type Deed = 'insert' | 'mend' | readonly number[];

async function perform(deed: Deed, { runs, index }: { runs: RunEntities; index: RunIndex }): Promise<void> {
  if (deed === 'insert') await insertIndexed(runs, index, RUN);
  else if (deed === 'mend') {
    const everyRun = async function* (): AsyncGenerator<readonly Run[]> {
      const read = await runs.read('a', KEY);
      yield read === null ? [] : [read.value];
    };
    await mendRunIndex(runs, index, everyRun, NOW + 2 * DAY_MS);
  } else
    for (const change of deed) {
      const read = await runs.read('a', KEY);
      if (read !== null) await replaceIndexed(runs, index, read, { ...read.value, ...STATES[change] });
    }
}

const deeds = fc.oneof(
  fc.constant<Deed>('insert'),
  fc.constant<Deed>('mend'),
  fc.array(fc.nat(STATES.length - 1), { minLength: 1, maxLength: 4 }),
);

test('whatever happens at once, and whoever dies, a run in a list has its entry', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.tuple(deeds, fc.oneof(fc.nat(12), fc.constant(Infinity))), { minLength: 1, maxLength: 4 }),
      async (scheduler, processes) => {
        const tables = new Tables(scheduler);
        const told: string[] = [];
        for (const [deed, livesFor] of processes) void perform(deed, tables.process(livesFor));
        while (scheduler.count() > 0) {
          await scheduler.waitNext(1);
          await new Promise((resolve) => setImmediate(resolve));
          told.push(...tables.missing());
          if (told.length > 0) break;
        }
        expect(told).toEqual([]);
      },
    ),
    { numRuns: rounds(300) },
  );
});

test('the lists do not overlap, and an entry is read as it was written', () => {
  for (const list of INDEX_LISTS) {
    const entry = { list, source: 'a-b.c_d', run: RUN.run, at: list === 'ended' ? NOW : 0 };
    const key = keyOfEntry(entry);
    expect(entryOfKey(key)).toEqual(entry);
    for (const other of INDEX_LISTS)
      expect([other, key > keyBefore(other) && key < keyOfList(other)]).toEqual([other, other === list]);
  }
  const ended = (at: number): string => keyOfEntry({ list: 'ended', source: 'z', run: RUN.run, at });
  expect(ended(NOW) < keyBefore('ended', NOW)).toBe(true);
  expect(ended(NOW + 1) > keyBefore('ended', NOW)).toBe(true);
});
