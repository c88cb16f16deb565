// Sources of which no file came: told at each tick until one comes.
import { HOUR_MS } from '../../../../shared/core/clock';
import { tellOverdue } from '../../../../shared/pipeline/observe/observe-machine';
import { runStampOf } from '../../../../shared/run/run';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { eventsOf, settingsOf, SOURCE } from '../contoso';
import { NOW, runOf } from '../told-ledger';

/** The tests' clock begins at 8 o'clock. */
const DUE = NOW - 2 * HOUR_MS;
const arrived = (at: number, more: object = {}) => runOf(`${runStampOf(at)}-0123456789`, { state: 'settled', ...more });

async function overdue(runs: readonly ReturnType<typeof arrived>[], more: object = { expectBy: { time: '06:00' } }) {
  const pipeline = await memoryPipeline();
  pipeline.sources.put(SOURCE, settingsOf({}, more));
  for (const run of runs) pipeline.ledger.runs.put(run);
  await tellOverdue(pipeline, await pipeline.ledger.runs.sources());
  return eventsOf(pipeline, 'rollcall.source.overdue');
}

test.each([
  ['none came since the day before', [arrived(DUE - 23 * HOUR_MS)], [{ source: SOURCE, since: DUE }]],
  ['one came in the night', [arrived(DUE - 3 * HOUR_MS)], []],
  ['one came late', [arrived(DUE + HOUR_MS)], []],
  ['one came and is held', [arrived(DUE - HOUR_MS, { state: 'held' })], []],
  [
    'only a run of ours was made',
    [arrived(DUE - 30 * HOUR_MS), arrived(DUE - HOUR_MS, { origin: 'dates' })],
    [{ source: SOURCE, since: DUE }],
  ],
  ['the source never had a file', [], []],
] as const)('%s', async (_name, runs, expected) => {
  expect(await overdue(runs)).toEqual(expected);
});

test('settings without the member, or that cannot be used, expect nothing', async () => {
  const old = [arrived(DUE - 90 * HOUR_MS)];
  expect(await overdue(old, {})).toEqual([]);
  expect(await overdue(old, { expectBy: { time: 'noon' } })).toEqual([]);
});
