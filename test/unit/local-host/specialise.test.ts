// A worker that becomes that of an app: it has the app's environment and no other.
import { tmpdir } from 'node:os';
import { realpathSync } from 'node:fs';
import { specialise } from '../../../local/host/specialise';

const before = { environment: { ...process.env }, folder: process.cwd() };
afterEach(() => specialise(before.folder, before.environment));

test("what the placeholder had is gone, settings without a value are not there, and the folder is the app's", () => {
  process.env.OF_THE_PLACEHOLDER = 'x';
  specialise(tmpdir(), { GIVEN: 'to the app', EMPTY: '', MISSING: undefined });
  expect({ ...process.env }).toEqual({ GIVEN: 'to the app' });
  expect(process.cwd()).toBe(realpathSync(tmpdir()));
});

test('the settings may be the environment itself', () => {
  process.env.GIVEN = 'to the app';
  specialise(before.folder, process.env);
  expect(process.env.GIVEN).toBe('to the app');
});
