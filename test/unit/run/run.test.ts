// The id of a run, and the names of its file.
import { isRunId } from '../../../shared/core/names';
import {
  runIdAfter,
  runIdOf,
  fileNameOf,
  isLive,
  reportNameOf,
  RUN_STATES,
  wasNeverSent,
} from '../../../shared/run/run';

describe('the id of a run', () => {
  const at = Date.UTC(2026, 10, 21, 8, 5, 9);
  test('comes only from blob, ETag and time', () => {
    expect(runIdOf('contoso-hr/people.csv', '"0x1"', at)).toMatch(/^20261121T080509Z-[0-9a-f]{10}$/);
    expect(runIdOf('contoso-hr/people.csv', '"0x1"', at)).toBe(runIdOf('contoso-hr/people.csv', '"0x1"', at));
  });
  test('differs for another version and for another name, even if the joined texts are equal', () => {
    const ids = [runIdOf('a/b', 'c', at), runIdOf('a/', 'bc', at), runIdOf('a/b', 'd', at), runIdOf('a/c', 'c', at)];
    expect(new Set(ids).size).toBe(4);
  });
  test('sorts by arrival as text', () => {
    const ids = [at, at + 1_000, at + 3_600_000, at + 86_400_000 * 400].map((time) => runIdOf('a/b', 'c', time));
    expect([...ids].sort()).toEqual(ids);
  });
});

test.each([
  ['20261121T080509Z-0123456789', '20261121T080509Z-012345678a'],
  ['20261121T080509Z-00000000ff', '20261121T080509Z-0000000100'],
  ['20261121T235959Z-ffffffffff', '20261122T000000Z-0000000000'],
])('the id directly after %s is %s, and no id is between them', (run, next) => {
  expect(runIdAfter(run)).toBe(next);
  expect(isRunId(next)).toBe(true);
  expect(next > run).toBe(true);
});

test('HR knows a file by the last part of its name', () => {
  expect(fileNameOf({ blobName: 'contoso-hr/2026/people.csv' })).toBe('people.csv');
  expect(fileNameOf({ blobName: 'people.csv' })).toBe('people.csv');
});

describe('what a state says about the calls of a run', () => {
  const job = { servicePrincipalId: 'sp', jobId: 'job' };
  const statesWith = (has: typeof isLive, known: typeof job | null) =>
    RUN_STATES.filter((state) => has({ state, job: known }));
  test('it counts as the newest of its people from the commit on; if it was parked, only once it had a job', () => {
    expect(statesWith(isLive, job)).toEqual(['staged', 'sending', 'confirming', 'settled', 'parked']);
    expect(statesWith(isLive, null)).toEqual([]);
  });
  test('no call was made for it if it was held, refused, or parked before it was read', () => {
    expect(statesWith(wasNeverSent, job)).toEqual(['held', 'refused']);
    expect(statesWith(wasNeverSent, null)).toEqual(['held', 'refused', 'parked']);
  });
});

test.each([
  ['people.csv', 'people.csv'],
  ['Füße 😀#?.csv', 'Füße 😀#?.csv'],
  ['a\\b\u001b[31m\n.csv', 'a_b_[31m_.csv'],
  ['', ''],
  [`${'n'.repeat(1_000)}.csv`, 'n'.repeat(200)],
  [`x${'é'.repeat(500)}`, `x${'é'.repeat(99)}`],
  ['😀'.repeat(60), '😀'.repeat(50)],
])('reports of a file named %j fit on a disk and into a path', (file, name) => {
  expect(reportNameOf({ blobName: `contoso-hr/${file}` })).toBe(name);
});
