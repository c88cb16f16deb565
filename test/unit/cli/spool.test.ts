import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withSpools } from '../../../cli/spool';

const textOf = async (parts: AsyncIterable<Uint8Array>): Promise<string> => {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all).toString('utf8');
};

const parent = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

test('returns what was appended, whole and by byte range, as often as wanted', async () => {
  await withSpools(['people'], async ({ people }) => {
    const long = 'ü'.repeat(2_000_000);
    await people.append('Groß\n');
    await people.append(long);
    expect(await people.readRange(0, 5)).toBe('Groß');
    await people.append('end');
    expect(await textOf(people.read())).toBe(`Groß\n${long}end`);
    expect(await textOf(people.read())).toBe(`Groß\n${long}end`);
  });
});

test('only the user may read the folder, and it is removed afterwards, even after a fault', async () => {
  const failing = withSpools(
    ['people'],
    async ({ people }) => {
      await people.append('somebody');
      const [folder] = readdirSync(parent);
      expect(statSync(join(parent, folder!)).mode & 0o077).toBe(0);
      throw new Error('a fault');
    },
    parent,
  );
  await expect(failing).rejects.toThrow('a fault');
  expect(readdirSync(parent)).toEqual([]);
});
