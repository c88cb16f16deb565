// The kept records are replaced again and again while other processes are faster, but not for ever.
import { untilReplaced } from '../../../shared/roster/replace-kept-records';
import { MAX_ROSTER_ATTEMPTS } from '../../../shared/roster/update-roster';

/** Refused so many times, then taken. */
async function refused(times: number): Promise<readonly [answer: unknown, attempts: number]> {
  let attempts = 0;
  const answer = await untilReplaced(() => Promise.resolve(attempts++ < times ? null : 0)).catch(
    (error: unknown) => error,
  );
  return [answer, attempts];
}

test('what the first attempt gives is taken, also if it is nothing', async () => {
  expect(await refused(0)).toEqual([0, 1]);
});
test('a refused commit is tried again', async () => {
  expect(await refused(MAX_ROSTER_ATTEMPTS - 1)).toEqual([0, MAX_ROSTER_ATTEMPTS]);
});
test('after five it is a fault, to be tried again later', async () => {
  const [fault, attempts] = await refused(99);
  expect(fault).toMatchObject({ code: 'roster-contended', disposition: 'retry' });
  expect(attempts).toBe(MAX_ROSTER_ATTEMPTS);
});
