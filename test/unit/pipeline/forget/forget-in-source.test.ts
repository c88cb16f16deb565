// Forgetting a person: nothing of them is left where it can be deleted, everything said of others is as it was, and what is left is told.
import { foldId } from '../../../../shared/columns/id';
import { DAY_MS } from '../../../../shared/core/clock';
import { findUnended, forgetInSource } from '../../../../shared/pipeline/forget/forget-in-source';
import { rebuildRoster } from '../../../../shared/pipeline/roster/rebuild-roster';
import { findInRosters } from '../../../../shared/pipeline/roster/find-in-roster';
import { deleteOldRuns } from '../../../../shared/pipeline/retention/retention';
import type { Run } from '../../../../shared/run/run';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import type { Call } from '../../memory/recorded-calls';
import { csvOf, person, SOURCE } from '../contoso';
import type { Nights } from '../nights';
import { nights } from '../nights';

const P1 = person('P1');
const GONE = person('GONE7');
const P3 = person('P3');

/** Two files with the person, between two others, and a third one without; the last ended long enough ago. */
async function threeFiles(): Promise<{ readonly world: Nights; readonly runs: readonly Run[] }> {
  const world = await nights({ content: 'full' });
  world.tenant.nextOperations = ['well', 'fails', 'well'];
  const runs: Run[] = [];
  for (const lines of [
    [P1, GONE, P3],
    [P1, GONE, person('P3', 'Active', 'new@contoso.example')],
    [P1, P3],
  ]) {
    runs.push(await world.drop(csvOf(...lines)));
    await world.rest();
    world.pass(DAY_MS);
  }
  world.pass(9 * DAY_MS);
  return { world, runs };
}

const forget = ({ pipeline }: Nights, isDry = false, id = ' gone7') =>
  forgetInSource(pipeline, SOURCE, id, { now: pipeline.clock.now(), isDry, progress: () => Promise.resolve() });

/** Everything that is stored, but for HR's folder, as text. */
function everything({ ledger, files, reports, evidence, rosters }: MemoryPipeline, runs: readonly Run[]): string {
  const texts = files.names().map((name) => {
    const [source = '', run = '', file = ''] = name.split('/');
    return `${name} ${files.peek({ source, run }, file as 'export') ?? ''}`;
  });
  const others = runs.map((run) => JSON.stringify([ledger.batches.peekAll(run.run), evidence.peek(run)]));
  const found = [...texts, ...others, JSON.stringify([...reports.reports]), rosters.peekKeptRecords(SOURCE) ?? ''];
  return found.join('\n').toLowerCase();
}

test('nothing of the person is left, and what is told of others is as it was', async () => {
  const { world, runs } = await threeFiles();
  const { pipeline } = world;
  const others = async () =>
    (await Promise.all(runs.map((run) => world.fates(run)))).map((fates) => fates.filter(({ id }) => id !== 'GONE7'));
  const before = await others();
  expect(everything(pipeline, runs)).toContain('gone7');
  const told = await forget(world);
  expect(told).toMatchObject({ inRoster: true, left: [], isOnHoldList: false });
  expect(told.runs.map(({ run }) => run)).toEqual(runs.map(({ run }) => run));
  expect(everything(pipeline, runs)).not.toContain('gone7');
  expect(await others()).toEqual(before);
  const verdicts = pipeline.reports.reports.get(`${SOURCE}/${runs[0]!.run}/people.csv.verdicts.csv`)!;
  expect(verdicts.split('\r\n').filter(Boolean)).toHaveLength(3);
  for (const id of ['P1', 'P3'])
    expect((await findInRosters({ ...pipeline, ...pipeline.ledger }, id, SOURCE))[0]?.person?.record.kind).toBe(
      'record',
    );
  expect(await forget(world)).toMatchObject({ inRoster: false, keptRecords: 0, runs: [], left: [] });
});

test('a dry look says the same and changes nothing', async () => {
  const { world, runs } = await threeFiles();
  const before = everything(world.pipeline, runs);
  const dry = await forget(world, true);
  expect(everything(world.pipeline, runs)).toBe(before);
  expect(await forget(world)).toEqual(dry);
});

test('the next file with the person sends them as new, and nobody else but whose refresh is due', async () => {
  const { world } = await threeFiles();
  await forget(world);
  const calls = world.tenant.taken.length;
  await world.drop(csvOf(P1, GONE, P3, person('P5')));
  await world.rest();
  expect(world.tenant.taken.slice(calls)).toEqual([['P1'], ['GONE7', 'P5']]);
});

test('a roster that is rebuilt has everybody but the person', async () => {
  const { world } = await threeFiles();
  const { pipeline } = world;
  await forget(world);
  pipeline.rosters.lose((await pipeline.rosters.current(SOURCE))!.value);
  const rebuilt = await rebuildRoster(pipeline, SOURCE, () => Promise.resolve());
  expect(rebuilt).toMatchObject({ people: 2, gone: [] });
});

test('a record that outlived its run goes, too', async () => {
  const { world, runs } = await threeFiles();
  const { pipeline } = world;
  world.pass(80 * DAY_MS);
  await world.drop(csvOf(person('P1', 'Active', 'x@contoso.example'), P3));
  await world.rest();
  world.pass(30 * DAY_MS);
  await deleteOldRuns(pipeline);
  expect(pipeline.rosters.peekKeptRecords(SOURCE)?.toLowerCase()).toContain('gone7');
  expect(await forget(world)).toMatchObject({ inRoster: true, keptRecords: 1 });
  expect(everything(pipeline, runs)).not.toContain('gone7');
});

test('a run that ended a short time ago is left, with the day; its files are as they were', async () => {
  const { world, runs } = await threeFiles();
  const { pipeline } = world;
  const young = await world.drop(csvOf(P1, GONE));
  await world.rest();
  const told = await forget(world);
  const from = world.run(young).settledAt + 8 * DAY_MS;
  expect(told.left).toEqual([expect.objectContaining({ run: young.run, from })]);
  expect(pipeline.files.peek(young, 'users.jsonl')).toContain('GONE7');
  world.pass(from - pipeline.clock.now());
  expect(await forget(world)).toMatchObject({ left: [] });
  expect(everything(pipeline, [...runs, young])).not.toContain('gone7');
});

test('a run that has not ended, or is held, is told; the hold list is told', async () => {
  const { world } = await threeFiles();
  expect(await findUnended(world.pipeline, SOURCE)).toBeNull();
  world.pipeline.sources.putHoldList(SOURCE, 'id,until,why\nGone7,2030-01-01,\n');
  expect(await forget(world, true)).toMatchObject({ isOnHoldList: true });
  const open = await world.drop(csvOf(P1, GONE));
  expect(await findUnended(world.pipeline, SOURCE)).toMatchObject({ run: open.run });
});

test('a process that dies at any call: the command given again leaves the same', async () => {
  class Death extends Error {}
  const play = async (nth: number | null) => {
    // A world is made for each call, so it is a small one.
    const world = await nights();
    world.tenant.nextOperations = ['well', 'fails', 'well'];
    const runs = [await world.drop(csvOf(P1, GONE, P3))];
    await world.rest();
    world.pass(9 * DAY_MS);
    const { pipeline } = world;
    let made = 0;
    const life = { isDead: false };
    for (const { calls } of [
      pipeline.ledger.runs,
      pipeline.ledger.batches,
      pipeline.files,
      pipeline.reports,
      pipeline.rosters,
      pipeline.evidence,
    ])
      calls.before = (call: Call) => {
        if (++made !== nth || life.isDead) return;
        life.isDead = true;
        throw new Death(call.method);
      };
    await forget(world).catch((error: unknown) => {
      if (!(error instanceof Death)) throw error;
    });
    const calls = made;
    if (life.isDead) await forget(world);
    return { calls, end: everything(pipeline, runs) };
  };
  const whole = await play(null);
  expect(whole.end).not.toContain(foldId('GONE7').toLowerCase());
  expect(whole.calls).toBeGreaterThan(30);
  const wrong: number[] = [];
  for (let nth = 1; nth <= whole.calls; nth++) if ((await play(nth)).end !== whole.end) wrong.push(nth);
  expect(wrong).toEqual([]);
}, 120_000);
