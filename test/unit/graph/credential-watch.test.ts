// When the end of a credential is told: from 30 days before it on, once a day; and what is noted of it.
import { DAY_MS } from '../../../shared/core/clock';
import { CredentialWatch } from '../../../shared/graph/credential-watch';
import { HandClock } from '../memory/hand-clock';

const watching = (endsIn: () => number | null) => {
  const clock = new HandClock();
  let looks = 0;
  const notes: (number | null)[] = [];
  const endsAt = (): Promise<number | null> => {
    looks++;
    const ms = endsIn();
    return Promise.resolve(ms === null ? null : clock.now() + ms);
  };
  const write = (at: number | null): Promise<void> => Promise.resolve(void notes.push(at));
  return { clock, watch: new CredentialWatch(clock, endsAt, { write }), looks: () => looks, notes };
};

test.each([
  [31 * DAY_MS, null],
  [31 * DAY_MS - 1, 30],
  [DAY_MS, 1],
  [DAY_MS - 1, 0],
  [0, 0],
  [-1, -1],
  [-DAY_MS - 1, -2],
  [null, null],
])('an end in %p ms: %p', async (endsIn, days) => {
  expect(await watching(() => endsIn).watch.daysLeft()).toBe(days);
});
test('it is told once a day', async () => {
  const { clock, watch } = watching(() => DAY_MS);
  expect(await watch.daysLeft()).toBe(1);
  clock.pass(DAY_MS - 1);
  expect(await watch.daysLeft()).toBeNull();
  clock.pass(1);
  expect(await watch.daysLeft()).toBe(1);
});
test.each([null, 40 * DAY_MS])('an end in %p ms is looked at once a day', async (endsIn) => {
  const { clock, watch, looks } = watching(() => endsIn);
  await watch.daysLeft();
  clock.pass(DAY_MS - 1);
  await watch.daysLeft();
  expect(looks()).toBe(1);
  clock.pass(1);
  await watch.daysLeft();
  expect(looks()).toBe(2);
});
test('what was seen is noted once; once the end is near, a renewal is seen and noted at the next look', async () => {
  const first = 1_000 * DAY_MS;
  let end: number | null = first;
  const clock = new HandClock({ at: first - 10 * DAY_MS });
  const notes: (number | null)[] = [];
  const watch = new CredentialWatch(clock, () => Promise.resolve(end), {
    write: (at) => Promise.resolve(void notes.push(at)),
  });
  await watch.daysLeft();
  clock.pass(1);
  await watch.daysLeft();
  expect(notes).toEqual([first]);
  end = first + 300 * DAY_MS;
  expect(await watch.daysLeft()).toBeNull();
  expect(notes).toEqual([first, end]);
});
test('a note that is not taken is written at the next look, and only then is the end told', async () => {
  let isThere = false;
  const clock = new HandClock();
  const watch = new CredentialWatch(clock, () => Promise.resolve(clock.now()), {
    write: () => (isThere ? Promise.resolve() : Promise.reject(new Error('no table'))),
  });
  await expect(watch.daysLeft()).rejects.toThrow('no table');
  isThere = true;
  expect(await watch.daysLeft()).toBe(0);
});
test('what could not be looked at is looked at the next time', async () => {
  let isThere = false;
  const watch = new CredentialWatch(
    new HandClock(),
    () => (isThere ? Promise.resolve(0) : Promise.reject(new Error('no vault'))),
    { write: () => Promise.resolve() },
  );
  await expect(watch.daysLeft()).rejects.toThrow('no vault');
  isThere = true;
  expect(await watch.daysLeft()).not.toBeNull();
});
