// A run that fails at every tick is parked with its reason, and nothing else is: not by an outage, not by a bad night, not by the fault of another.
import { RollcallError } from '../../../../shared/core/errors';
import { isOutage, PARK_AFTER_MS, PARK_AFTER_TICKS } from '../../../../shared/pipeline/park/park-failing';
import { reconcile } from '../../../../shared/pipeline/reconcile/reconcile';
import type { Run } from '../../../../shared/run/run';
import type { MemoryPipeline, MemoryPipelineOptions } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { batchOf, eventsOf, HOUR, MINUTE, OTHER_JOB, putRun, R1, R2, rowOf, runOf } from '../told-ledger';

const TICK = 5 * MINUTE;
const FAULT = new RollcallError('entity-too-large', 'reject', 'too large');
const withCause = (code: string, cause?: object): RollcallError =>
  new RollcallError(code, 'retry', 'told', cause === undefined ? {} : { cause });

interface Told {
  readonly pipeline: MemoryPipeline;
  readonly bad: Run;
  readonly good: Run;
  readonly read: (run: Run) => Run;
}

/** Two runs to be released. What is asked for the first fails as `fault.now` says. */
async function world(fault: { now: unknown }, more: MemoryPipelineOptions = {}): Promise<Told> {
  const pipeline = await memoryPipeline({ ...more, delays: { confirmWithinMs: 48 * HOUR } });
  const bad = putRun(pipeline, runOf(R1, { source: 'acme-hr', job: OTHER_JOB, state: 'sending' }), batchOf([rowOf(1)]));
  const good = putRun(pipeline, runOf(R2, { state: 'sending' }), batchOf([rowOf(2)]));
  pipeline.ledger.batches.calls.before = ({ method, key }) => {
    if (fault.now !== null && key.includes(R1) && method === 'releasable') throw fault.now as Error;
  };
  return { pipeline, bad, good, read: (run) => pipeline.ledger.runs.peek(run)! };
}

async function tick({ pipeline }: Told): Promise<unknown> {
  pipeline.clock.pass(TICK);
  return reconcile(pipeline).then(
    () => null,
    (error: unknown) => error,
  );
}

test('after an hour of ticks that all failed it is parked, and says what failed, how often and how long', async () => {
  const told = await world({ now: FAULT });
  for (let n = 1; n <= PARK_AFTER_TICKS; n++) expect(await tick(told)).toBe(FAULT);
  const { bad, good, pipeline, read } = told;
  expect(read(bad)).toMatchObject({ stop: null, trouble: { step: 'release', ticks: PARK_AFTER_TICKS } });
  // The first was five minutes before the second: the twelfth comes after 55.
  expect(await tick(told)).toBeNull();
  const values = { step: 'release', fault: 'entity-too-large', ticks: 13, minutes: 60 };
  expect(read(bad)).toMatchObject({
    state: 'sending',
    stop: { kind: 'parked', at: pipeline.clock.now(), reason: { code: 'run-not-served', values } },
  });
  const event = { source: 'acme-hr', run: R1, step: 'release', code: 'entity-too-large', ticks: 13 };
  expect(eventsOf(pipeline, 'rollcall.run.parked')).toEqual([event]);
  expect(read(good)).toMatchObject({ stop: null, trouble: null });
  // Nothing is asked for it any more.
  const asked = pipeline.ledger.batches.calls.count('releasable', R1);
  expect(await tick(told)).toBeNull();
  expect(pipeline.ledger.batches.calls.count('releasable', R1)).toBe(asked);
  expect(eventsOf(pipeline, 'rollcall.run.parked')).toHaveLength(1);
});

test('ticks in quick succession are not enough: it takes an hour, too', async () => {
  const told = await world({ now: FAULT });
  for (let n = 1; n <= 2 * PARK_AFTER_TICKS; n++) {
    told.pipeline.clock.pass(1_000 - TICK);
    await tick(told);
  }
  expect(told.read(told.bad).stop).toBeNull();
  told.pipeline.clock.pass(PARK_AFTER_MS);
  await tick(told);
  expect(told.read(told.bad).stop?.kind).toBe('parked');
});

test('one tick in which nothing failed, and the count begins again', async () => {
  const fault: { now: unknown } = { now: FAULT };
  const told = await world(fault);
  for (let n = 1; n < PARK_AFTER_TICKS; n++) await tick(told);
  fault.now = null;
  expect(await tick(told)).toBeNull();
  expect(told.read(told.bad).trouble).toBeNull();
  fault.now = FAULT;
  for (let n = 1; n <= PARK_AFTER_TICKS; n++) await tick(told);
  expect(told.read(told.bad)).toMatchObject({ stop: null, trouble: { ticks: PARK_AFTER_TICKS } });
});

test('an outage parks nothing however long it lasts, and neither counts nor ends the count', async () => {
  const outage = withCause('storage-table', { statusCode: 503 });
  const fault: { now: unknown } = { now: outage };
  const told = await world(fault);
  for (let n = 1; n <= 3 * PARK_AFTER_TICKS; n++) expect(await tick(told)).toBe(outage);
  expect(told.read(told.bad)).toMatchObject({ stop: null, trouble: null });
  fault.now = FAULT;
  await tick(told);
  fault.now = outage;
  await tick(told);
  expect(told.read(told.bad)).toMatchObject({ trouble: { ticks: 1 } });
});

test('a fault that names another run counts for that one', async () => {
  const told = await world({ now: null });
  const { pipeline, good } = told;
  const open = runOf('20261121T070009Z-0000000009', { source: good.source, state: 'sending' });
  const newer = putRun(pipeline, open, batchOf([rowOf(9)]));
  pipeline.files.remove(newer, 'people.idx');
  for (let n = 1; n <= PARK_AFTER_TICKS + 1; n++) await tick(told);
  expect(told.read(newer).stop?.reason).toMatchObject({
    code: 'run-not-served',
    values: { fault: 'run-file-missing' },
  });
  expect(told.read(good)).toMatchObject({ stop: null, trouble: null });
});

test('a run that a person has parked meanwhile keeps that reason', async () => {
  const told = await world({ now: FAULT });
  const { pipeline, bad } = told;
  for (let n = 1; n <= PARK_AFTER_TICKS; n++) await tick(told);
  const reason = { code: 'run-parked', values: {}, line: null, column: null };
  pipeline.ledger.runs.calls.before = ({ method, key }) => {
    if (method !== 'replace' || key !== R1) return;
    pipeline.ledger.runs.calls.before = () => undefined;
    pipeline.ledger.runs.put({ ...told.read(bad), stop: { kind: 'parked', reason, at: 1 } });
  };
  await tick(told);
  expect(told.read(bad).stop).toEqual({ kind: 'parked', reason, at: 1 });
  expect(eventsOf(pipeline, 'rollcall.run.parked')).toEqual([]);
});

test.each([
  ['no answer of a table', withCause('storage-table', {}), true],
  ['a table that denies access', withCause('storage-table', { statusCode: 403 }), true],
  ['a table without a sign-in', withCause('storage-table', { statusCode: 401 }), true],
  ['a blob that takes too long', withCause('storage-blob', { statusCode: 408 }), true],
  ['a blob under load', withCause('storage-blob', { statusCode: 429 }), true],
  ['a table in trouble', withCause('storage-table', { statusCode: 500 }), true],
  ['a table that refuses what it is given', withCause('storage-table', { statusCode: 400 }), false],
  ['Graph', withCause('graph-unreachable'), true],
  ['an entity that others keep changing', withCause('ledger-contended'), true],
  ['a client without an answer', Object.assign(new Error('x'), { code: 'REQUEST_SEND_ERROR' }), true],
  ['the system', Object.assign(new Error('x'), { code: 'ECONNRESET' }), true],
  ['a client that is refused', Object.assign(new Error('x'), { code: 'InvalidInput', statusCode: 400 }), false],
  ['a file of the run', withCause('run-file-missing'), false],
  ['the size of a batch', FAULT, false],
  ['a mistake of ours', new TypeError('x'), false],
  ['what is no error', 'x', false],
])('%s: an outage or not', (_, error, outage) => {
  expect(isOutage(error)).toBe(outage);
});
