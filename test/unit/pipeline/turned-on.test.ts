// Accounts that somebody disabled by hand and a file enables again: told, with an event, unless HR's word has changed.
import { deliver } from '../../../shared/pipeline/deliver/deliver';
import { intake } from '../../../shared/pipeline/intake/intake';
import { codesOf } from '../../../shared/report/row-fates';
import type { Run } from '../../../shared/run/run';
import { csvOf, eventsOf, person, SOURCE } from './contoso';
import type { Nights } from './nights';
import { nights } from './nights';

const DAY_MS = 86_400_000;
const codes = async (all: Nights, run: Run): Promise<readonly string[]> =>
  (await all.fates(run)).map((fate) => [fate.id, fate.verdict, ...codesOf(fate)].join(' '));
const events = (all: Nights): readonly object[] => eventsOf(all.pipeline, 'rollcall.reconcile.turnedon');
const reportOf = (all: Nights, run: Run, name: string): string =>
  all.pipeline.reports.reports.get(`${SOURCE}/${run.run}/${name}`) ?? '';
/** The person with another sign-in name: HR changed something, and not the status. */
const moved = (id: string, status = 'Active'): string => person(id, status, `new-${id}@contoso.example`);
async function deliverAll({ pipeline }: Nights): Promise<void> {
  for (let next = pipeline.deliveries.take(); next !== null; next = pipeline.deliveries.take())
    await deliver(pipeline, next);
}
/** Everybody is confirmed as active. */
async function known(...ids: readonly string[]): Promise<Nights> {
  const all = await nights();
  await all.drop(csvOf(...ids.map((id) => person(id))));
  await all.rest();
  return all;
}

test('a changed row of an active person enables the account again: code, sentence, number and event', async () => {
  const all = await known('p1', 'p2', 'p3');
  all.tenant.disableByHand('p1');
  const run = await all.drop(csvOf(moved('p1'), moved('p2'), person('p3'), person('p4')));
  await all.rest();
  expect(await codes(all, run)).toEqual(['p1 updated turned-on-again', 'p2 updated', 'p3 unchanged', 'p4 created']);
  expect(events(all)).toEqual([{ source: SOURCE, run: run.run, rows: 1 }]);
  expect(JSON.parse(reportOf(all, run, 'summary.json'))).toMatchObject({ codes: { 'turned-on-again': 1 } });
  const line = reportOf(all, run, 'people.csv.verdicts.csv').split('\r\n')[1];
  expect(line).toMatch(/^2,p1,updated,turned-on-again,"?The account was updated\. Somebody had disabled this account/);
});
test('so does a refresh of somebody who has not changed at all', async () => {
  const all = await known('p1');
  all.tenant.disableByHand('p1');
  all.pass(31 * DAY_MS);
  const run = await all.drop(csvOf(person('p1'), person('p2')));
  await all.rest();
  expect(await codes(all, run)).toEqual(['p1 updated turned-on-again', 'p2 created']);
});
test('whom HR had called inactive, and calls active now, is enabled without a word', async () => {
  const all = await known('p1');
  await all.drop(csvOf(person('p1', 'Left')));
  await all.rest();
  all.pass(DAY_MS);
  const run = await all.drop(csvOf(moved('p1')));
  await all.rest();
  expect(await codes(all, run)).toEqual(['p1 updated']);
  expect(events(all)).toEqual([]);
});
test('so is whom an older file disabled that the roster of the run did not have yet', async () => {
  const all = await known('p1');
  await all.drop(csvOf(person('p1', 'Left')));
  await deliverAll(all);
  const run = await all.drop(csvOf(moved('p1')));
  await all.rest();
  expect(await codes(all, run)).toEqual(['p1 updated']);
  expect(events(all)).toEqual([]);
});
test('and whose record as inactive was sent before and never answered', async () => {
  const all = await known('p1');
  all.tenant.nextOperations = ['entry-lost', 'entry-lost'];
  await all.drop(csvOf(person('p1', 'Left')));
  await all.rest();
  all.pass(DAY_MS);
  const run = await all.drop(csvOf(moved('p1')));
  await all.rest();
  expect((await codes(all, run)).join()).not.toContain('turned-on-again');
});
test('a new person is not told about, nor one whose account was disabled before the first file', async () => {
  const all = await nights();
  all.tenant.directory.set('p1', JSON.stringify({ externalId: 'p1', active: false }));
  const run = await all.drop(csvOf(person('p1')));
  await all.rest();
  expect(await codes(all, run)).toEqual(['p1 updated']);
});
test('a row that failed enabled nobody', async () => {
  const all = await known('p1');
  all.tenant.disableByHand('p1');
  all.tenant.nextOperations = ['fails'];
  const run = await all.drop(csvOf(moved('p1')));
  await all.rest();
  expect(await codes(all, run)).toEqual(['p1 failed InvalidPropertyValue']);
});
test('what was told once is not told again by the entries that are read once more', async () => {
  const all = await known('p1');
  all.tenant.disableByHand('p1');
  const run = await all.drop(csvOf(moved('p1')));
  await all.rest();
  const [batch] = all.pipeline.ledger.batches.peekAll(run.run);
  expect(batch?.rows).toMatchObject([{ turnedOn: true, verdict: 'updated' }]);
  // The same file again: nobody is sent, and nothing is told twice.
  await intake(all.pipeline, { version: 1, blob: `${SOURCE}/people.csv` });
  await all.rest();
  expect(events(all)).toHaveLength(1);
});
