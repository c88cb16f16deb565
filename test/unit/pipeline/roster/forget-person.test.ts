// Forgetting a person: whoever is forgotten is new, and nobody is forgotten while a run would write the entry again.
import { forgetPerson } from '../../../../shared/pipeline/roster/forget-person';
import { csvOf, person, SOURCE } from '../contoso';
import type { Nights } from '../nights';
import { nights } from '../nights';

const forget = ({ pipeline }: Nights, id: string) => forgetPerson({ ...pipeline, ...pipeline.ledger }, SOURCE, id);

test('the next file sends the person, and everybody else is unchanged', async () => {
  const world = await nights();
  await world.drop(csvOf(person('P1'), person('P2')));
  await world.rest();
  expect(await forget(world, ' p2')).toEqual({ kind: 'forgotten' });
  expect(await forget(world, 'P2')).toEqual({ kind: 'unknown' });
  const calls = world.tenant.taken.length;
  const next = await world.drop(csvOf(person('P1'), person('P2'), person('P3')));
  await world.rest();
  expect(world.tenant.taken.slice(calls)).toEqual([['P2', 'P3']]);
  expect((await world.fates(next)).map(({ verdict }) => verdict)).toEqual(['unchanged', 'updated', 'created']);
});

test('without a roster nobody is known', async () => {
  expect(await forget(await nights(), 'P1')).toEqual({ kind: 'unknown' });
});

test('a file that is read or sent knows the person: then nothing is forgotten', async () => {
  const world = await nights();
  await world.drop(csvOf(person('P1')));
  await world.rest();
  const open = await world.drop(csvOf(person('P1'), person('P2')));
  const pin = await world.pipeline.rosters.current(SOURCE);
  expect(await forget(world, 'P1')).toEqual({ kind: 'busy', run: open.run });
  expect(await world.pipeline.rosters.current(SOURCE)).toEqual(pin);
});

test('a run that has pinned the roster before: the person is sent all the same', async () => {
  const world = await nights();
  await world.drop(csvOf(person('P1'), person('P2')));
  await world.rest();
  // Between the look at the runs and the swap, HR's next file is read.
  const { rosters, files } = world.pipeline;
  let isDone = false;
  files.calls.before = async ({ method, key }) => {
    if (isDone || method !== 'commit' || !key.endsWith('/users.jsonl')) return;
    isDone = true;
    const runs = { ofSource: () => Promise.resolve([]) };
    expect(await forgetPerson({ ...world.pipeline, runs, rosters }, SOURCE, 'P2')).toEqual({ kind: 'forgotten' });
  };
  const next = await world.drop(csvOf(person('P1'), person('P2'), person('P3')));
  await world.rest();
  expect((await world.fates(next)).map(({ verdict }) => verdict)).toEqual(['unchanged', 'updated', 'created']);
});
