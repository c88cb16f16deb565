// The id of a run, and the names of its file.
import { runIdOf } from '../../../shared/run/run-id';
import { fileNameOf } from '../../../shared/run/run';

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
