// One person: every run that carries them, with the verdict; nobody else, and no claim about what is not known.
import { lookForPerson } from '../../../../shared/pipeline/status/person-status';
import { foldId } from '../../../../shared/columns/id';
import { encodePeopleIndex } from '../../../../shared/people/people-index';
import type { AmendmentLine, Candidate, RowLine } from '../../../../shared/run/run-files';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { dated, datedFile, datedNights, toDay } from '../dated';
import { batchOf, doneRow, HOUR, NOW, putRun, rowOf, runOf, sentRow, SOURCE } from '../told-ledger';

const look = (pipeline: MemoryPipeline, id: string, source: string | null = null, most = 10) =>
  lookForPerson({ ...pipeline, ...pipeline.ledger }, id, source, most, NOW);
const user = (row: number, id = `p${row}`): RowLine => ({ row, line: row + 1, id, user: [0, 1] });
type UserLine = Extract<RowLine, { user: unknown }>;
const rejected = (row: number, id: string | null = `p${row}`, code = 'status-unknown'): RowLine => ({
  row,
  line: row + 1,
  id,
  rejected: { code, values: {}, column: null },
});
const putRows = (pipeline: MemoryPipeline, run: string, ...lines: readonly AmendmentLine[]): void =>
  pipeline.files.put({ source: SOURCE, run }, 'rows.jsonl', lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
const NO_DAYS = { days: null, trouble: null };
const recordsOf = async (pipeline: MemoryPipeline, id: string) =>
  (await look(pipeline, id)).flatMap(({ runs }) => runs.flatMap(({ run, records }) => [[run.run, ...records]]));

test('rows of all kinds: decided, sent, to be sent, moved to another batch', async () => {
  const pipeline = await memoryPipeline();
  const rows = [doneRow(1, { verdict: 'failed', code: 'Oops' }), sentRow(2, NOW - HOUR), rowOf(3)];
  putRun(pipeline, runOf('r1'), batchOf(rows), batchOf([doneRow(4)], { batch: '000001.1' }));
  putRows(pipeline, 'r1', user(1), user(2), user(3), user(4));
  const common = { code: null, batch: '000001', beside: [] };
  expect(await recordsOf(pipeline, 'P1')).toEqual([
    ['r1', { ...common, row: 1, line: 2, verdict: 'failed', code: 'Oops', work: 'done', sentAt: [NOW - HOUR] }],
  ]);
  expect(await recordsOf(pipeline, 'p2')).toEqual([
    ['r1', { ...common, row: 2, line: 3, verdict: null, work: 'open', sentAt: [NOW - HOUR] }],
  ]);
  expect(await recordsOf(pipeline, 'p3')).toMatchObject([['r1', { verdict: null, work: 'todo', sentAt: [] }]]);
  expect(await recordsOf(pipeline, 'p4')).toMatchObject([['r1', { verdict: 'created', batch: '000001.1' }]]);
  expect(await recordsOf(pipeline, 'p5')).toEqual([]);
});

test('a record that the run decided not to send says why; one that it sent all the same has the verdict of its batch', async () => {
  const pipeline = await memoryPipeline();
  const run = runOf('r1', { state: 'settled' });
  putRun(pipeline, run, batchOf([doneRow(3), doneRow(4)]));
  pipeline.files.put(
    run,
    'people.idx',
    encodePeopleIndex(
      ['p1', 'p2', 'p3'].map((id) => ({ idHash: pipeline.hash(foldId(id)), recordHash: 0n, batch: 1 })),
    ),
  );
  const candidate = (row: number, why: Candidate): RowLine => ({ ...(user(row) as UserLine), candidate: why });
  putRows(pipeline, 'r1', candidate(1, 'confirmed'), candidate(2, 'unknown-inactive'), candidate(3, 'confirmed'));
  const common = { work: 'done', batch: null, sentAt: [], beside: [] };
  // Nothing is said before the decision.
  expect(await recordsOf(pipeline, 'p2')).toMatchObject([['r1', { verdict: null, work: 'todo' }]]);
  pipeline.files.put(run, 'decision.json', JSON.stringify({ sent: [3] }));
  expect(await recordsOf(pipeline, 'p1')).toEqual([
    ['r1', { ...common, row: 1, line: 2, verdict: 'unchanged', code: null }],
  ]);
  expect(await recordsOf(pipeline, 'p2')).toEqual([
    ['r1', { ...common, row: 2, line: 3, verdict: 'skipped', code: 'inactive-and-unknown' }],
  ]);
  expect(await recordsOf(pipeline, 'p3')).toMatchObject([['r1', { verdict: 'created', batch: '000001' }]]);
});

test('a repeated row shares the verdict of the first', async () => {
  const pipeline = await memoryPipeline();
  putRun(pipeline, runOf('r1', { state: 'settled' }), batchOf([doneRow(1)]));
  putRows(pipeline, 'r1', user(1), { row: 2, line: 3, id: 'p1', into: 1 });
  expect(await recordsOf(pipeline, 'p1')).toMatchObject([
    ['r1', { row: 1, verdict: 'created' }, { row: 2, line: 3, verdict: 'created', batch: '000001' }],
  ]);
});

test('a repeated row is rejected with the first', async () => {
  const pipeline = await memoryPipeline();
  putRun(pipeline, runOf('r1', { state: 'settled', rejected: 2 }), batchOf([doneRow(9)]));
  const again: RowLine = { row: 2, line: 3, id: 'p1', into: 1 };
  putRows(pipeline, 'r1', user(1), again, rejected(3, 'p1', 'duplicate-id'), rejected(1, 'p1', 'duplicate-id'));
  expect(await recordsOf(pipeline, 'p1')).toMatchObject([
    ['r1', { row: 1, verdict: 'rejected' }, { row: 2, verdict: 'rejected' }, { row: 3, verdict: 'rejected' }],
  ]);
});

test('rejected rows are found by their id, also those that only the whole file showed', async () => {
  const pipeline = await memoryPipeline();
  putRun(pipeline, runOf('r1', { state: 'settled', rejected: 3 }), batchOf([doneRow(9)]));
  putRows(pipeline, 'r1', rejected(1), user(2), rejected(3, null), rejected(2, 'p2', 'duplicate-id'));
  expect(await recordsOf(pipeline, 'p1')).toEqual([
    [
      'r1',
      {
        row: 1,
        line: 2,
        verdict: 'rejected',
        code: 'status-unknown',
        beside: [],
        work: 'done',
        batch: null,
        sentAt: [],
      },
    ],
  ]);
  expect(await recordsOf(pipeline, 'p2')).toMatchObject([['r1', { verdict: 'rejected', code: 'duplicate-id' }]]);
});

test('rows of a run that was never sent are held, with the reason of the run', async () => {
  const pipeline = await memoryPipeline();
  const reason = { code: 'file-truncated', values: {}, line: null, column: null };
  pipeline.ledger.runs.put(runOf('r1', { state: 'held', job: null, reason }));
  pipeline.ledger.runs.put(runOf('r2', { state: 'held', job: null, reason }));
  putRows(pipeline, 'r1', user(1), user(2));
  expect(await recordsOf(pipeline, 'p1')).toEqual([
    [
      'r1',
      { row: 1, line: 2, verdict: 'held', code: 'file-truncated', beside: [], work: 'done', batch: null, sentAt: [] },
    ],
  ]);
});

test('a run that is still being read carries nobody, and its files are not touched', async () => {
  const pipeline = await memoryPipeline();
  pipeline.ledger.runs.put(runOf('r1', { state: 'checking', job: null }));
  expect(await look(pipeline, 'p1')).toEqual([{ source: SOURCE, looked: 1, deleted: [], runs: [], ...NO_DAYS }]);
  expect(pipeline.files.calls.made).toEqual([]);
});

test('a run whose files were deleted is named, not counted as without the person', async () => {
  const pipeline = await memoryPipeline();
  pipeline.ledger.runs.put(runOf('r1', { state: 'settled' }));
  putRun(pipeline, runOf('r2', { state: 'settled' }), batchOf([doneRow(1)]));
  expect(await look(pipeline, 'p1')).toEqual([
    { source: SOURCE, looked: 2, deleted: ['r2', 'r1'], runs: [], ...NO_DAYS },
  ]);
});

test('the newest runs of the source that was named, or of each; rows are read only where the person may be', async () => {
  const pipeline = await memoryPipeline();
  for (const source of [SOURCE, 'fabrikam-hr'])
    for (const run of ['r1', 'r2', 'r3'])
      putRun(pipeline, runOf(run, { source, state: 'settled' }), batchOf([doneRow(1)]));
  expect(await look(pipeline, 'p2', null, 2)).toEqual(
    [SOURCE, 'fabrikam-hr'].map((source) => ({ source, looked: 2, deleted: [], runs: [], ...NO_DAYS })),
  );
  expect(pipeline.files.calls.count('read')).toBe(0);
  expect((await look(pipeline, 'p2', 'fabrikam-hr')).map(({ source, looked }) => [source, looked])).toEqual([
    ['fabrikam-hr', 3],
  ]);
  expect(await look(pipeline, 'p2', 'nobody')).toEqual([
    { source: 'nobody', looked: 0, deleted: [], runs: [], ...NO_DAYS },
  ]);
});

test('a row that was set aside, or in whose place another one counts, has its verdict, also where nothing else was wrong', async () => {
  const pipeline = await memoryPipeline();
  const unsent = (row: number, verdict: 'skipped' | 'superseded'): RowLine => ({
    ...{ row, line: row + 1, id: `p${row}` },
    unsent: { verdict, code: 'some-code', values: {}, column: null },
  });
  putRun(pipeline, runOf('r1', { state: 'settled', skipped: 1 }), batchOf([doneRow(9)]));
  putRows(pipeline, 'r1', unsent(1, 'skipped'));
  putRun(pipeline, runOf('r2', { state: 'settled', superseded: 1 }), batchOf([doneRow(9)]));
  putRows(pipeline, 'r2', unsent(2, 'superseded'));
  const common = { code: 'some-code', work: 'done', batch: null, sentAt: [], beside: [] };
  expect(await recordsOf(pipeline, 'p1')).toEqual([['r1', { ...common, row: 1, line: 2, verdict: 'skipped' }]]);
  expect(await recordsOf(pipeline, 'p2')).toEqual([['r2', { ...common, row: 2, line: 3, verdict: 'superseded' }]]);
});

test('values that a row goes without, and who may hold its sign-in name, are told beside the verdict', async () => {
  const pipeline = await memoryPipeline();
  const unread = { code: 'phone-unreadable', values: {}, column: 'Phone', inPlace: 'nothing' } as const;
  putRun(pipeline, runOf('r1', { state: 'settled' }), batchOf([doneRow(1)]));
  putRows(
    ...([pipeline, 'r1', { ...(user(1) as UserLine), leftOut: [unread] }] as const),
    { row: 2, line: 3, id: 'p1', into: 1 },
    { row: 1, line: 2, id: 'p1', nameHeldBy: { line: 9, id: 'p9' } },
  );
  const held = { code: 'user-name-held', values: { line: 9, id: { quote: 'p9' } } };
  expect(await recordsOf(pipeline, 'p1')).toMatchObject([
    ['r1', { row: 1, beside: [{ code: 'value-left-out' }, held] }, { row: 2, beside: [held] }],
  ]);
});

test('of a record that is not sent only what was sent before may meet another name', async () => {
  const pipeline = await memoryPipeline();
  const run = runOf('r1', { state: 'settled' });
  putRun(pipeline, run, batchOf([doneRow(9)]));
  const ids = ['p1', 'p2', 'p3'];
  pipeline.files.put(
    run,
    'people.idx',
    encodePeopleIndex(ids.map((id) => ({ idHash: pipeline.hash(foldId(id)), recordHash: 0n, batch: 1 }))),
  );
  const unread = { code: 'phone-unreadable', values: {}, column: 'Phone', inPlace: 'nothing' } as const;
  const candidate = (row: number, why: Candidate): RowLine => ({
    ...(user(row) as UserLine),
    candidate: why,
    leftOut: [unread],
  });
  const held = (row: number): AmendmentLine => ({
    ...{ row, line: row + 1, id: `p${row}` },
    nameHeldBy: { line: 9, id: 'p9' },
  });
  putRows(
    ...([pipeline, 'r1', candidate(1, 'confirmed'), candidate(2, 'unknown-inactive')] as const),
    candidate(3, { why: 'failed', nextTry: 20_000 }),
    ...[1, 2, 3].map(held),
  );
  pipeline.files.put(run, 'decision.json', JSON.stringify({ sent: [] }));
  const besideOf = async (id: string) =>
    (await look(pipeline, id)).flatMap(({ runs }) => runs[0]?.records[0]?.beside.map(({ code }) => code));
  expect(await besideOf('p1')).toEqual(['value-left-out']);
  expect(await besideOf('p2')).toEqual([]);
  expect(await besideOf('p3')).toEqual(['value-left-out', 'user-name-held']);
});

test('days to come are told with the run whose row says so; when they are done there are none', async () => {
  const world = await datedNights();
  const run = await world.drop(datedFile(dated('P0'), dated('P1', { first: 2, last: 4 })));
  await world.rest();
  const daysOf = async (id: string) =>
    (await lookForPerson({ ...world.pipeline, ...world.pipeline.ledger }, id, SOURCE, 10, NOW)).map(
      ({ days, trouble }) => [trouble, days?.run ?? null, days?.switches.map(({ active }) => active) ?? []],
    );
  expect(await daysOf('p1')).toEqual([[null, run.run, [true, false]]]);
  expect(await daysOf('P0')).toEqual([[null, null, []]]);
  await toDay(world, 3);
  expect(await daysOf('P1')).toEqual([[null, run.run, [false]]]);
  await toDay(world, 5);
  expect(await daysOf('P1')).toEqual([[null, null, []]]);
});

test('dates that cannot be read are told, and hide no run', async () => {
  const world = await datedNights();
  await world.drop(datedFile(dated('P0'), dated('P1', { last: 4 })));
  await world.rest();
  const pin = (await world.pipeline.rosters.current(SOURCE))?.value.dates;
  if (pin !== undefined) world.pipeline.rosters.lose(pin);
  const found = await lookForPerson({ ...world.pipeline, ...world.pipeline.ledger }, 'P1', SOURCE, 10, NOW);
  expect(found).toMatchObject([{ trouble: 'roster-missing', days: null, runs: [{ records: [{ line: 3 }] }] }]);
});
