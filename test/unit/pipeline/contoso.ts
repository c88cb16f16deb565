// A source, its files and its runs as the tests of the stories describe them.
import { foldId } from '../../../shared/columns/id';
import { batchIdOf } from '../../../shared/people/packing';
import { encodePeopleIndex } from '../../../shared/people/people-index';
import type { Batch } from '../../../shared/run/batch';
import type { Run } from '../../../shared/run/run';
import { receivedRun } from '../../../shared/run/run-moves';
import type { MemoryPipeline } from '../memory/memory-pipeline';
import { batchOf, rowOf } from '../run/made-batch';

export const SOURCE = 'contoso-hr';
export const JOB = { servicePrincipalId: 'sp', jobId: 'API2AAD.contoso' };
/** Midnight of the day of the tests; the hand clock begins at 8 o'clock. */
export const DAY = Date.UTC(2026, 10, 21);

/** A source.json; `file` and everything else as the test wants it. */
export const settingsOf = (file: object = {}, more: object = {}): object => ({
  name: SOURCE,
  file: { format: 'csv', ...file },
  job: JOB,
  id: 'Id',
  active: { column: 'Status', active: ['Active'], inactive: ['Left'] },
  mapping: { userName: 'Email' },
  ...more,
});

/** A line of a file: id and status, with a user name made of the id unless one is given. */
export const person = (id: string, status = 'Active', email = `${id.toLowerCase()}@contoso.example`): string =>
  `${id},${status},${email}`;

/** A file with these lines. */
export const csvOf = (...lines: readonly string[]): string => `${['Id,Status,Email', ...lines].join('\n')}\n`;

/** A run of the source; `run` is `r1`, `r2` … in the order of arrival. */
export const runOf = (run: string, more: Partial<Run> = {}): Run => ({
  ...receivedRun(
    { source: SOURCE, name: `${SOURCE}/people-${run}.csv`, etag: `"${run}"`, lastModified: DAY, bytes: 100 },
    DAY,
  ),
  run,
  state: 'sending',
  job: JOB,
  ...more,
});

/** What a test says about a run that is already in the ledger. */
export interface ToldRun extends Partial<Run> {
  /** Its people, each with the hash of the record; a list: all have the hash 0. Those of batch 000001. */
  readonly people?: readonly string[] | Readonly<Record<string, bigint>>;
  readonly made?: readonly Batch[];
}

/** Puts a run with its people and batches, without the pipeline; not a call. */
export function putRun(pipeline: MemoryPipeline, run: string, told: ToldRun = {}): Run {
  const { people = [], made = [], ...more } = told;
  const value = runOf(run, more);
  const records = Array.isArray(people) ? people.map((id: string) => [id, 0n] as const) : Object.entries(people);
  pipeline.ledger.runs.put(value);
  pipeline.files.put(
    value,
    'people.idx',
    encodePeopleIndex(records.map(([id, recordHash]) => ({ idHash: pipeline.hash(foldId(id)), recordHash, batch: 1 }))),
  );
  pipeline.ledger.batches.put(...made.map((batch) => ({ ...batch, source: value.source, run })));
  return value;
}

/** The staged batch of this number with one row, person `p<number>`, with nothing sent. */
export const staged = (number: number, more: Partial<Batch> = {}): Batch =>
  batchOf([rowOf(number)], { batch: batchIdOf(number), ...more });

/** This many of them. */
export const manyStaged = (count: number, more: Partial<Batch> = {}): readonly Batch[] =>
  Array.from({ length: count }, (_, i) => staged(i + 1, more));

/** Events of a name, without the time. */
export const eventsOf = (pipeline: MemoryPipeline, name: string): readonly object[] =>
  pipeline.events.filter((event) => event.name === name).map(({ fields }) => fields);

/** The calls to tables, files and queues from now on, in order: `<port>.<method> <key>`, or what `tell` makes of them. */
export function journalOf(
  pipeline: MemoryPipeline,
  tell: (call: string) => string | null = (call) => call,
): readonly string[] {
  const journal: string[] = [];
  const { ledger, files, deliveries, reports } = pipeline;
  const ports = { runs: ledger.runs, batches: ledger.batches, files, deliveries, reports };
  for (const [name, { calls }] of Object.entries(ports))
    calls.before = ({ method, key }) => {
      const told = tell(`${name}.${method} ${key}`);
      if (told !== null) journal.push(told);
    };
  return journal;
}
