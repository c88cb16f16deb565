// What a source may drop in a day: files, bytes and rows. Beyond it a file is held, and can be approved.
import { FileHold } from '../../../../shared/core/errors';
import { approveRun } from '../../../../shared/pipeline/decide/decide-held';
import { askQuota } from '../../../../shared/pipeline/intake/ask-quota';
import { intake } from '../../../../shared/pipeline/intake/intake';
import { decisionOf } from '../../../../shared/pipeline/status/held-decision';
import type { Run } from '../../../../shared/run/run';
import { runIdOf } from '../../../../shared/run/run';
import { parseSourceSettings } from '../../../../shared/source/source-settings';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { csvOf, person, runOf, settingsOf, SOURCE } from '../contoso';

const MIDNIGHT = Date.UTC(2026, 10, 27);
const HOUR = 3_600_000;
const APPROVAL = { by: 'ops', why: 'a migration', at: 0, until: Infinity, limits: [] };

/** A run of a file that arrived so many hours after midnight. */
const arrived = (hours: number, more: Partial<Run> = {}): Run => {
  const arrivedAt = MIDNIGHT + hours * HOUR;
  const run = runIdOf(`${SOURCE}/a.csv`, String(hours), arrivedAt);
  return { ...runOf(run), ...{ arrivedAt, state: 'settled', bytes: 100, rows: 10 }, ...more };
};
const LAST_SECOND = 24 - 1 / 3_600;

interface Asked {
  readonly before: readonly Run[];
  readonly files?: number;
  readonly bytes?: number;
  readonly rows?: number;
  readonly run?: Run;
  /** Rows of the file itself. */
  readonly own?: number;
}
/** What holds the file of noon, with 100 bytes and 10 rows unless told otherwise; null if nothing does. */
async function asked({ before, files = 100, bytes = 10_000, rows = 1_000, run = arrived(12), own = 10 }: Asked) {
  const pipeline = await memoryPipeline();
  for (const one of [...before, run]) pipeline.ledger.runs.put(one);
  try {
    (await askQuota(pipeline, run, { filesPerDay: files, bytesPerDay: bytes, rowsPerDay: rows }))(own);
    return null;
  } catch (error) {
    if (!(error instanceof FileHold)) throw error;
    return [error.code, error.values];
  }
}
const heldFor = (what: string, most: number): unknown => ['quota-exceeded', { what, most, day: MIDNIGHT }];
const unread = (state: Run['state']): Run => arrived(1, { state, rows: 0, job: null });

test.each<[string, Asked, unknown]>([
  ['nothing before it', { before: [] }, null],
  ['one file fewer than allowed', { before: [arrived(1)], files: 2 }, null],
  ['as many files as allowed', { before: [arrived(1), arrived(2)], files: 2 }, heldFor('files', 2)],
  ['files of the evening before', { before: [arrived(-1), arrived(-1 / 3_600)], files: 1 }, null],
  ['a file of midnight', { before: [arrived(0)], files: 1 }, heldFor('files', 1)],
  ['files that came later', { before: [arrived(13), arrived(14)], files: 1 }, null],
  ['a file in the last second of the day before', { before: [arrived(1)], files: 1, run: arrived(24) }, null],
  ['all of the day', { before: [arrived(1)], files: 1, run: arrived(LAST_SECOND) }, heldFor('files', 1)],
  [
    'runs of records',
    { before: [arrived(1, { origin: 'missing' }), arrived(2, { origin: 'disable' })], files: 1 },
    null,
  ],
  ['a file of another source', { before: [arrived(1, { source: 'fabrikam-hr' })], files: 1 }, null],
  ['the last byte', { before: [arrived(1), arrived(2)], bytes: 300 }, null],
  ['a byte too many', { before: [arrived(1), arrived(2)], bytes: 299 }, heldFor('bytes', 299)],
  ['one byte fewer than allowed', { before: [arrived(1)], bytes: 201 }, null],
  ['the last row', { before: [arrived(1)], rows: 20 }, null],
  ['a row too many', { before: [arrived(1)], rows: 20, own: 11 }, heldFor('rows', 20)],
  [
    'a file that is being read',
    { before: [arrived(1, { state: 'checking', rows: 0 })], bytes: 199 },
    heldFor('bytes', 199),
  ],
  ['a file that was held unread', { before: [unread('held')], bytes: 100 }, null],
  ['one that was then refused', { before: [unread('refused')], bytes: 100 }, null],
  [
    'one that was held while it was read',
    { before: [{ ...unread('held'), rows: 5 }], bytes: 199 },
    heldFor('bytes', 199),
  ],
  ['one that was held unread is a file all the same', { before: [unread('held')], files: 1 }, heldFor('files', 1)],
  ['an approval', { before: [arrived(1)], files: 1, run: arrived(12, { approval: APPROVAL }) }, null],
  [
    'an approval that has ended',
    { before: [arrived(1)], files: 1, run: arrived(12, { approval: { ...APPROVAL, until: 1 } }) },
    heldFor('files', 1),
  ],
])('after %s', async (_, world, told) => {
  expect(await asked(world)).toEqual(told);
});

test('a flood of files is not read to its end, and costs one look', async () => {
  const pipeline = await memoryPipeline();
  for (let n = 0; n < 3_000; n++) pipeline.ledger.runs.put(arrived(n / 1_000));
  let looked = 0;
  const runs = new Proxy(pipeline.ledger.runs, {
    get: (target, name) =>
      name === 'ofSource'
        ? async (...of: Parameters<typeof target.ofSource>) => {
            const found = await target.ofSource(...of);
            looked += found.length;
            return found;
          }
        : (Reflect.get(target, name) as unknown),
  });
  const ports = { ...pipeline, ledger: { ...pipeline.ledger, runs } };
  const quota = { filesPerDay: 300, bytesPerDay: 10 ** 9, rowsPerDay: 10 ** 9 };
  await expect(askQuota(ports, arrived(12), quota)).rejects.toMatchObject({ code: 'quota-exceeded' });
  expect(looked).toBe(2_440);
});

/** A source that may drop so much a day, and files that arrive one after the other. */
async function dropping(quota: object) {
  const pipeline = await memoryPipeline({ isLoopback: true });
  pipeline.sources.put(SOURCE, settingsOf({}, { quota, guard: { firstRun: 'send' } }));
  const drop = async (name: string, ...lines: readonly string[]): Promise<() => Run> => {
    await pipeline.clock.advance(1_000);
    const version = pipeline.exports.drop(`${SOURCE}/${name}`, csvOf(...lines));
    await intake(pipeline, { version: 1, blob: version.name });
    const run = runIdOf(version.name, version.etag, version.lastModified);
    return () => pipeline.ledger.runs.peek({ source: SOURCE, run })!;
  };
  return { pipeline, drop };
}
const reasonOf = (run: Run): unknown => [run.state, run.reason?.code, run.rows];
const approve = (pipeline: MemoryPipeline, run: Run): Promise<unknown> =>
  approveRun(pipeline, run, { by: 'ops', why: 'a migration' });

test('a file too many is held before it is copied or read, and goes once it is approved; intake that begins again says the same', async () => {
  const { pipeline, drop } = await dropping({ filesPerDay: 1 });
  expect((await drop('a.csv', person('p1')))().state).toBe('sending');
  const run = await drop('b.csv', person('p2'));
  expect(reasonOf(run())).toEqual(['held', 'quota-exceeded', 0]);
  expect(pipeline.files.peek(run(), 'export')).toBeNull();
  expect(decisionOf(run())).toMatchObject({ hasPlan: false, plan: null });
  pipeline.ledger.runs.put({ ...run(), state: 'checking', reason: null });
  await intake(pipeline, { version: 1, blob: run().blobName, run: run().run });
  expect(reasonOf(run())).toEqual(['held', 'quota-exceeded', 0]);
  await pipeline.clock.advance(HOUR);
  expect(await approve(pipeline, run())).toMatchObject({ kind: 'decided' });
  await intake(pipeline, { version: 1, blob: run().blobName, run: run().run });
  expect([run().state, run().rows]).toEqual(['sending', 1]);
});
test('rows are counted while they are read: reading stops soon after the one too many, whatever the file says of its size', async () => {
  const { drop } = await dropping({ rowsPerDay: 3 });
  expect((await drop('a.csv', person('p1'), person('p2')))().state).toBe('sending');
  expect(reasonOf((await drop('b.csv', person('p3'), person('p4')))())).toEqual(['held', 'quota-exceeded', 2]);
});
test('a file that was approved is still asked by the guard', async () => {
  const { pipeline, drop } = await dropping({ filesPerDay: 1 });
  pipeline.sources.put(SOURCE, settingsOf({}, { quota: { filesPerDay: 1 }, guard: { firstRun: 'hold' } }));
  expect(reasonOf((await drop('a.csv', person('p1')))())).toEqual(['held', 'guard-tripped', 1]);
  const run = await drop('b.csv', person('p2'));
  expect(reasonOf(run())).toEqual(['held', 'quota-exceeded', 0]);
  await approve(pipeline, run());
  await intake(pipeline, { version: 1, blob: run().blobName, run: run().run });
  expect(reasonOf(run())).toEqual(['held', 'guard-tripped', 1]);
});
test('an approval is void once the hold list has changed since the file came', async () => {
  const { pipeline, drop } = await dropping({ filesPerDay: 1 });
  await drop('a.csv', person('p1'));
  const run = await drop('b.csv', person('p2'));
  pipeline.sources.putHoldList(SOURCE, 'id,until,why\np2,2026-12-31,w\n');
  expect(await approve(pipeline, run())).toEqual({ kind: 'void', changed: 'hold-list' });
});
test.each([
  ['filesPerDay', 1_440],
  ['bytesPerDay', 64 * 1_024 ** 3],
  ['rowsPerDay', 50_000_000],
])('%s has a default, and an end that the author of the settings cannot move', (name, most) => {
  const isAllowed = (value: number): boolean =>
    parseSourceSettings(JSON.stringify(settingsOf({}, { quota: { [name]: value } })), SOURCE).ok;
  expect([0, 1, most, most + 1].map(isAllowed)).toEqual([false, true, true, false]);
});
