// The states of a run: what the header of run.ts draws.
import { INTAKE_STATES, LIVE_STATES, mayMove, OPEN_STATES, RUN_STATES } from '../../../shared/run/run';
import { runIdOf } from '../../../shared/run/run-id';
import { fileNameOf } from '../../../shared/run/run';

describe('moves', () => {
  test('a run that was held or refused is never sent without an approval', () => {
    for (const state of ['held', 'refused'] as const)
      for (const to of LIVE_STATES) if (to !== 'staged' || state === 'refused') expect(mayMove(state, to)).toBe(false);
  });
  test('no run is sent before it was staged (stagedFirst)', () => {
    expect(RUN_STATES.filter((state) => mayMove(state, 'sending'))).toEqual(['staged', 'confirming']);
    expect(RUN_STATES.filter((state) => mayMove(state, 'staged'))).toEqual(['checking']);
  });
  test('no state moves to itself: whoever comes second is told so', () => {
    for (const state of RUN_STATES) expect(mayMove(state, state)).toBe(false);
  });
  test('what counts as newest is staged or later, what is sent is a part of it, what intake works on is sent by nobody', () => {
    expect(LIVE_STATES).toEqual(expect.arrayContaining([...OPEN_STATES]));
    for (const state of INTAKE_STATES) expect(OPEN_STATES).not.toContain(state);
  });
});

describe('the id of a run', () => {
  const at = Date.UTC(2026, 10, 21, 8, 5, 9);
  test('comes from blob, ETag and time alone', () => {
    expect(runIdOf('contoso-hr/people.csv', '"0x1"', at)).toMatch(/^20261121T080509Z-[0-9a-f]{10}$/);
    expect(runIdOf('contoso-hr/people.csv', '"0x1"', at)).toBe(runIdOf('contoso-hr/people.csv', '"0x1"', at));
  });
  test('differs for another version and for another name, also where the joined texts are equal', () => {
    const ids = [runIdOf('a/b', 'c', at), runIdOf('a/', 'bc', at), runIdOf('a/b', 'd', at), runIdOf('a/c', 'c', at)];
    expect(new Set(ids).size).toBe(4);
  });
  test('sorts by arrival as text', () => {
    const ids = [at, at + 1_000, at + 3_600_000, at + 86_400_000 * 400].map((time) => runIdOf('a/b', 'c', time));
    expect([...ids].sort()).toEqual(ids);
  });
});

test('HR knows a file by the last part of its name', () => {
  expect(fileNameOf({ blobName: 'contoso-hr/2026/people.csv' })).toBe('people.csv');
  expect(fileNameOf({ blobName: 'people.csv' })).toBe('people.csv');
});
