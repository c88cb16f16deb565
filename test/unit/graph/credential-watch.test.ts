// When the end of a credential is told: from 30 days before it on, once a day.
import { DAY_MS } from '../../../shared/core/clock';
import { CredentialWatch } from '../../../shared/graph/credential-watch';
import { HandClock } from '../memory/hand-clock';

const watching = (endsIn: () => number | null) => {
  const clock = new HandClock();
  let looks = 0;
  const watch = new CredentialWatch(clock, () => {
    looks++;
    const ms = endsIn();
    return Promise.resolve(ms === null ? null : clock.now() + ms);
  });
  return { clock, watch, looks: () => looks };
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
test('it is looked at once a day', async () => {
  const { clock, watch, looks } = watching(() => DAY_MS);
  expect(await watch.daysLeft()).toBe(1);
  clock.pass(DAY_MS - 1);
  expect(await watch.daysLeft()).toBeNull();
  expect(looks()).toBe(1);
  clock.pass(1);
  expect(await watch.daysLeft()).toBe(1);
});
test('what could not be looked at is looked at the next time', async () => {
  let isThere = false;
  const watch = new CredentialWatch(new HandClock(), () =>
    isThere ? Promise.resolve(0) : Promise.reject(new Error('no vault')),
  );
  await expect(watch.daysLeft()).rejects.toThrow('no vault');
  isThere = true;
  expect(await watch.daysLeft()).not.toBeNull();
});
