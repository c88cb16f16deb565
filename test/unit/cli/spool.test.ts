import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withPrivateFolder } from '../../../cli/private-folder';
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

test('there is nothing to leave behind: while the spools are in use, no name leads to them', async () => {
  const failing = withSpools(
    ['people'],
    async ({ people }) => {
      await people.append('somebody'.repeat(1_000_000));
      expect(readdirSync(parent)).toEqual([]);
      expect(await people.readRange(8, 8)).toBe('somebody');
      throw new Error('a fault');
    },
    parent,
  );
  await expect(failing).rejects.toThrow('a fault');
  expect(readdirSync(parent)).toEqual([]);
});

test('what is appended while somebody reads is at the end', async () => {
  await withSpools(['people'], async ({ people }) => {
    await people.append('a'.repeat(3_000_000));
    let read = 0;
    for await (const part of people.read()) {
      if (read === 0) await people.append('b'.repeat(2_000_000));
      read += part.length;
    }
    const text = await textOf(people.read());
    const isWhole = text === `${'a'.repeat(3_000_000)}${'b'.repeat(2_000_000)}`;
    expect([read >= 3_000_000, isWhole]).toEqual([true, true]);
  });
});

test('a private folder is for its owner alone, and one that a killed process left is removed a day later', async () => {
  const left = (name: string, hoursAgo: number, make: (path: string) => void = mkdirSync): void => {
    make(join(parent, name));
    const then = new Date(Date.now() - hoursAgo * 3_600_000);
    utimesSync(join(parent, name), then, then);
  };
  left('.rollcall-private-Old123', 25);
  left('.rollcall-private-New123', 23);
  const others = [
    'other',
    '.rollcall-data',
    '.rollcall-backup',
    '.rollcall-',
    '.rollcall-private-',
    '.rollcall-private-a_b-c1',
    '.rollcall-private-data',
    'x.rollcall-private-Old123',
  ];
  for (const name of others) left(name, 25);
  left('.rollcall-private-File12', 25, (path) => writeFileSync(path, ''));
  await withPrivateFolder(parent, (folder) => {
    expect(statSync(folder).mode & 0o077).toBe(0);
    return Promise.resolve();
  });
  expect(readdirSync(parent).sort()).toEqual(
    ['.rollcall-private-New123', '.rollcall-private-File12', ...others].sort(),
  );
});
