// What each tick tells of the machine.
import { freshPace } from '../../../../shared/delivery/pace';
import { observeMachine } from '../../../../shared/pipeline/observe/observe-machine';
import { HandClock } from '../../memory/hand-clock';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { batchOf, HOUR, MINUTE, NOW, putRun, rowOf, runOf } from '../told-ledger';

const POINTER = { version: 1, run: '20261121T080000Z-0123456789', batch: '000001', delivery: 1 } as const;

test('an idle machine tells that it ticks', async () => {
  const pipeline = await memoryPipeline();
  await observeMachine(pipeline);
  expect(pipeline.events.map(({ name, fields }) => [name, fields])).toEqual([
    [
      'rollcall.machine.observed',
      {
        ...{ open: 0, held: 0, unconfirmedMs: null, callsUsed: null, callsPerDay: 2_000 },
        ...{ arrivals: 0, arrivalsMs: null, deliveries: 0, deliveriesMs: null },
      },
    ],
  ]);
});

test('a busy one tells how much is open and held, how old the oldest is, and how much of the day is used', async () => {
  const clock = new HandClock({ at: NOW });
  const pipeline = await memoryPipeline({ clock });
  putRun(
    pipeline,
    runOf('r1'),
    batchOf([rowOf(1, { work: 'open', deliveries: 1, sentAt: [NOW - 3 * MINUTE] })], { state: 'sent' }),
  );
  pipeline.ledger.runs.put(runOf('r2', { state: 'held' }));
  pipeline.ledger.runs.put(runOf('r3', { state: 'settled' }));
  pipeline.gateStore.putPace({ ...freshPace, usedPerHour: { [Math.floor(NOW / HOUR)]: 1_601 } });
  await pipeline.deliveries.put(POINTER, 0);
  await pipeline.deliveries.put(POINTER, 60_000);
  await pipeline.arrivals.put({ version: 1, blob: 'contoso-hr/a.csv' }, 60_000);
  await clock.sleep(5_000);
  await observeMachine(pipeline);
  expect(pipeline.events.at(-1)?.fields).toMatchObject({
    ...{
      open: 1,
      held: 1,
      unconfirmedMs: 3 * MINUTE + 5_000,
      callsUsed: 1_601,
      arrivals: 1,
      arrivalsMs: null,
      deliveries: 2,
      deliveriesMs: 5_000,
    },
  });
});
