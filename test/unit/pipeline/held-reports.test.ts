// A held run is reported whatever happens to the process that held it, and the guard is not misled by records that were sent in vain.
import { DAY_MS } from '../../../shared/core/clock';
import { refuseRun } from '../../../shared/pipeline/decide/decide-held';
import { reconcile } from '../../../shared/pipeline/reconcile/reconcile';
import type { Run } from '../../../shared/run/run';
import { csvOf, person, SOURCE } from './contoso';
import type { Nights } from './nights';
import { nights, settledNights } from './nights';

const OPS = { by: 'ops', why: 'why' };
const left = (id: string): string => person(id, 'Left');

const many = (count: number, line: (i: number) => string = (i) => person(`p${i}`)): string =>
  csvOf(...Array.from({ length: count }, (_, i) => line(i)));

const whyHeld = (all: Nights, run: Run): string =>
  all.pipeline.reports.reports.get(`${run.source}/${run.run}/people.csv.why-held.txt`) ?? '';
const dying = async (all: Nights, work: () => Promise<unknown>): Promise<void> => {
  const { reports } = all.pipeline;
  const write = reports.write.bind(reports);
  reports.write = () => {
    throw new Error('the process died');
  };
  await work().catch(() => undefined);
  reports.write = write;
};
const heldOne = async (): Promise<[Nights, Run]> => {
  const all: Nights = await nights({ content: 'full' });
  await all.drop(csvOf(...Array.from({ length: 40 }, (_, i) => person(`p${i}`))));
  await all.rest();
  all.pass(DAY_MS);
  return [
    all,
    await all.drop(csvOf(...Array.from({ length: 40 }, (_, i) => person(`p${i}`, i < 10 ? 'Left' : 'Active')))),
  ];
};
test('a held run that was not reported is reported, also when newer files have settled since', async () => {
  const all = await settledNights('changes', many(10), { guard: { disabled: { hold: { count: 2 } } } });
  await dying(all, () => all.drop(csvOf(left('p0'), left('p1'), left('p2'))));
  const [held] = (await all.pipeline.ledger.runs.ofSource(SOURCE, ['held'])).map(({ value }) => value);
  expect(held).toMatchObject({ state: 'held', settledAt: 0 });
  // Newer files settle before the sweep's silence is over.
  await all.drop(csvOf(person('p5', 'Active', 'x@contoso.example')));
  let failed: unknown = null;
  for (let i = 0; i < 30; i++) await all.tick().catch((error: unknown) => (failed = error));
  expect(failed).toBeNull();
  expect(all.run(held as Run).settledAt).toBeGreaterThan(0);
});

test('a process that dies before it reports a refusal: the sweep does', async () => {
  const [all, run] = await heldOne();
  const before = whyHeld(all, run);
  await dying(all, () => refuseRun(all.pipeline, all.run(run), OPS));
  expect(all.run(run).state).toBe('refused');
  for (let i = 0; i < 6; i++) await all.tick();
  expect(whyHeld(all, run)).not.toBe(before);
});

test('a process that dies before it reports that a run was given up: the sweep does', async () => {
  const [all, run] = await heldOne();
  const before = whyHeld(all, run);
  all.pass(31 * DAY_MS);
  await dying(all, () => reconcile(all.pipeline));
  expect(all.run(run).state).toBe('parked');
  for (let i = 0; i < 6; i++) await all.tick();
  expect(whyHeld(all, run)).not.toBe(before);
});

test('a column that became empty is noticed although one person was sent in vain before', async () => {
  const mapping = { userName: 'Email', title: 'Title' };
  const file = (title: (i: number) => string): string =>
    `Id,Status,Email,Title\n${Array.from({ length: 40 }, (_, i) => `p${i},Active,p${i}@contoso.example,${title(i)}\n`).join('')}`;
  const all = await nights({ content: 'full' }, { mapping, guard: { changed: false } });
  const title = (i: number): string => (i < 12 ? `Nurse ${i}` : '');
  await all.drop(file(title));
  await all.rest();
  all.pass(DAY_MS);
  // The title of one person goes; Entra refuses the record.
  all.tenant.nextOperations = ['fails'];
  await all.drop(file((i) => (i === 0 ? '' : title(i))));
  await all.rest();
  const run = await all.drop(file(() => ''));
  expect(all.run(run).state).toBe('held');
});
