// The bulk requests of a checked file: how many there are, and each of them by its number.
import { bulkRequestOf, countBatches } from '../../../../shared/pipeline/check/bulk-requests';
import { csvOf, person } from '../contoso';
import type { Checked } from './checked';
import { check } from './checked';

interface Operation {
  readonly method: string;
  readonly bulkId: string;
  readonly data: { readonly externalId: string; readonly active: boolean };
}
const requestOf = ({ checked, readUser }: Checked, number: number) => bulkRequestOf(checked, number, 'RUN', readUser);
const operationsOf = async (done: Checked, number: number): Promise<readonly Operation[]> =>
  (JSON.parse((await requestOf(done, number)) ?? 'null') as { readonly Operations: readonly Operation[] }).Operations;
const idsOf = async (done: Checked, number: number): Promise<readonly string[]> =>
  (await operationsOf(done, number)).map(({ data }) => data.externalId);

/** 52 people, of whom every tenth has left. */
const people = Array.from({ length: 52 }, (_, i) => person(`p${i + 1}`, i % 10 === 9 ? 'Left' : 'Active'));

test('leavers are in the first request, the others after them in file order, at most fifty in each', async () => {
  const more = Array.from({ length: 10 }, (_, i) => person(`q${i + 1}`));
  const done = await check(csvOf(...people, ...more));
  expect(countBatches(done.checked)).toBe(3);
  expect(await idsOf(done, 1)).toEqual(['p10', 'p20', 'p30', 'p40', 'p50']);
  const others = [...people.keys()].filter((i) => i % 10 !== 9).map((i) => `p${i + 1}`);
  const inOrder = [...others, ...more.map((_, i) => `q${i + 1}`)];
  expect(await idsOf(done, 2)).toEqual(inOrder.slice(0, 50));
  expect(await idsOf(done, 3)).toEqual(inOrder.slice(50));
});
test('each row has its own bulk id, and its user goes in byte for byte', async () => {
  const done = await check(csvOf(person('zoë', 'Active', 'zoe@contoso.example'), person('p2', 'Asleep'), person('p3')));
  expect((await operationsOf(done, 1)).map(({ method, bulkId }) => [method, bulkId])).toEqual([
    ['POST', 'RUN-1'],
    ['POST', 'RUN-3'],
  ]);
  const body = (await requestOf(done, 1)) ?? '';
  for await (const part of done.texts.users())
    for (const line of Buffer.from(part).toString('utf8').split('\n')) expect(body).toContain(line);
});
test('rows that were amended are in no request', async () => {
  const done = await check(csvOf(person('p1'), person('p1'), person('p2'), person('p2', 'Left'), person('p3')));
  expect(countBatches(done.checked)).toBe(1);
  expect(await idsOf(done, 1)).toEqual(['p1', 'p3']);
});
test.each([0, -1, 2, 1.5])('there is no request %d of a file that makes one', async (number) => {
  const done = await check(csvOf(person('p1')));
  expect(countBatches(done.checked)).toBe(1);
  expect(await requestOf(done, number)).toBeNull();
});
test('a file without users makes none', async () => {
  const done = await check(csvOf(person('p1', 'Asleep')));
  expect(done.checked.state).toBe('accepted');
  expect(countBatches(done.checked)).toBe(0);
  expect(await requestOf(done, 1)).toBeNull();
});
test('a held file makes none, although its users were read', async () => {
  const done = await check(csvOf(person('p1')), { manifest: { rows: 2 } });
  expect(done.checked).toMatchObject({ state: 'held', counts: { users: 1 } });
  expect(countBatches(done.checked)).toBe(0);
  expect(await requestOf(done, 1)).toBeNull();
});
