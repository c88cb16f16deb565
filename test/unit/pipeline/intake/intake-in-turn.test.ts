// Intake in turn: a few at once, and whoever waits too long gives the message back with a sign of life of its run.
import { INTAKES_AT_ONCE, intakeInTurn } from '../../../../shared/pipeline/intake/intake-in-turn';
import type { LeavePlace } from '../../../../shared/core/places';
import { receivedRun } from '../../../../shared/run/run-moves';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { csvOf, person, settingsOf, SOURCE } from '../contoso';

const BLOB = `${SOURCE}/people.csv`;

/** A pipeline with a file, in which all places but `free` are taken. */
async function crowded(free: number) {
  const pipeline = await memoryPipeline();
  pipeline.sources.put(SOURCE, settingsOf());
  const version = pipeline.exports.drop(BLOB, csvOf(person('p1')));
  const leave: LeavePlace[] = [];
  while (leave.length < INTAKES_AT_ONCE - free) leave.push((await pipeline.intakePlaces.take(0))!);
  const run = receivedRun({ ...version, source: SOURCE }, pipeline.clock.now());
  return { pipeline, run, leave, read: () => pipeline.ledger.runs.peek(run) };
}

test('with a place the file is taken in, and the place is free again', async () => {
  const { pipeline, read } = await crowded(1);
  await intakeInTurn(pipeline, { version: 1, blob: BLOB });
  expect(read()?.state).toBe('sending');
  expect(await pipeline.intakePlaces.take(0)).not.toBeNull();
});

test('a place is free again also after an intake that failed', async () => {
  const { pipeline } = await crowded(1);
  pipeline.exports.calls.before = () => {
    throw new Error('storage is away');
  };
  await expect(intakeInTurn(pipeline, { version: 1, blob: BLOB })).rejects.toThrow('storage is away');
  expect(await pipeline.intakePlaces.take(0)).not.toBeNull();
});

test('without one, the message comes again half a minute after a minute of waiting, and nothing was read', async () => {
  const { pipeline, run, read } = await crowded(0);
  await intakeInTurn(pipeline, { version: 1, blob: BLOB });
  expect(pipeline.clock.sleeps).toEqual([60_000]);
  expect(pipeline.arrivals.history).toMatchObject([
    { message: { version: 1, blob: BLOB, run: run.run }, delayMs: 30_000 },
  ]);
  expect(read()).toMatchObject({ state: 'received', attempts: 0 });
  expect(pipeline.files.calls.made).toEqual([]);
  expect(pipeline.events.at(-1)).toMatchObject({
    name: 'rollcall.intake.postponed',
    fields: { source: SOURCE, run: run.run },
  });
});

test('whoever waits for hours gives a sign of life each time, so that the sweep starts no second message', async () => {
  const { pipeline, run, read } = await crowded(0);
  pipeline.ledger.runs.put({ ...run, heartbeatAt: 0 });
  await intakeInTurn(pipeline, { version: 1, blob: BLOB, run: run.run });
  expect(read()?.heartbeatAt).toBe(pipeline.clock.now());
});

test('a message of a run that is past intake is not given back', async () => {
  const { pipeline, run } = await crowded(0);
  pipeline.ledger.runs.put({ ...run, state: 'held' });
  await intakeInTurn(pipeline, { version: 1, blob: BLOB, run: run.run });
  expect(pipeline.arrivals.history).toEqual([]);
});
