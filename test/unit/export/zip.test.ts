// Zip archives: checksums of every form of entry, and the bounds of what an archive may hold.
import { readExport } from './read-export';
import { zipBytes, type ZipEntry } from './zip-bytes';

const content = 'EmployeeID,Email,Status\n1,a@contoso.example,Active\n';
const file = (more: Partial<ZipEntry> = {}): ZipEntry => ({ name: 'people.csv', content, ...more });
const forms = ['stored', 'deflated', 'streamed', 'streamed-unsigned', 'streamed-zip64'] as const;
const codeOf = async (bytes: Buffer, cuts: readonly number[] = []): Promise<string | null> =>
  (await readExport(bytes, {}, cuts)).hold?.code ?? null;
/** Every tenth byte is the end of a part. */
const tenths = (bytes: Buffer): readonly number[] =>
  Array.from({ length: Math.floor(bytes.length / 10) }, (_, i) => (i + 1) * 10);

describe('a zip archive', () => {
  test.each(forms)('is read when its file is %s, wherever its bytes are cut', async (form) => {
    const bytes = zipBytes([file({ form })]);
    for (const cuts of [[], tenths(bytes)]) {
      const { hold, records } = await readExport(bytes, {}, cuts);
      expect(hold).toBeNull();
      expect(records).toHaveLength(1);
    }
  });

  test.each(forms)('is held when the checksum of its %s file is wrong', async (form) => {
    expect(await codeOf(zipBytes([file({ form, crc: 0x12345678 })]))).toBe('archive-damaged');
  });

  test.each(forms)('is held when the checksum of something %s next to its file is wrong', async (form) => {
    const beside: ZipEntry = { name: '__MACOSX/._people.csv', content: 'x', form };
    expect(await codeOf(zipBytes([beside, file()]))).toBeNull();
    expect(await codeOf(zipBytes([{ ...beside, crc: 1 }, file()]))).toBe('archive-damaged');
  });

  test('may hold 100 entries with its file, and no more', async () => {
    const folders = (count: number): ZipEntry[] =>
      Array.from({ length: count }, (_, i) => ({ name: `folder-${i}/`, content: '', form: 'stored' }));
    expect(await codeOf(zipBytes([...folders(99), file()]))).toBeNull();
    expect(await codeOf(zipBytes([...folders(100), file()]))).toBe('archive-of-many-files');
  });

  test('may hold a megabyte besides its file, all entries together, and no byte more', async () => {
    const beside = (bytes: number): ZipEntry => ({
      name: `__MACOSX/._${bytes}`,
      content: Buffer.alloc(bytes, 'x'),
      form: 'stored',
    });
    const half = 524_288;
    expect(await codeOf(zipBytes([beside(half), file(), beside(half)]))).toBeNull();
    expect(await codeOf(zipBytes([beside(half), file(), beside(half + 1)]))).toBe('archive-of-many-files');
  });

  test('may have a directory of 262,144 bytes, and no byte more', async () => {
    const directoryBytes = 46 + 'people.csv'.length + 22;
    const fitting = 262_144 - directoryBytes;
    // A comment has at most 65,535 bytes, so five of them share the room.
    const beside = Array.from({ length: 4 }, (_, i) => ({
      name: `folder-${i}/`,
      content: '',
      form: 'stored' as const,
    }));
    const left = fitting - beside.length * (46 + 'folder-0/'.length);
    const each = Math.floor(left / 5);
    const rest = left - each * 5;
    expect(await codeOf(zipBytes([...beside, file()], 'c'.repeat(each), 'c'.repeat(rest)))).toBeNull();
    expect(await codeOf(zipBytes([...beside, file()], 'c'.repeat(each), 'c'.repeat(rest + 1)))).toBe(
      'archive-of-many-files',
    );
  });

  test.each([1, 21, 45, 60])('is held as truncated when %i bytes are missing at its end', async (missing) => {
    const bytes = zipBytes([file()]);
    expect(await codeOf(bytes.subarray(0, bytes.length - missing))).toBe('file-truncated');
  });

  test('is held as truncated within its own comment', async () => {
    const bytes = zipBytes([file()], '', 'made by the HR system');
    expect(await codeOf(bytes)).toBeNull();
    expect(await codeOf(bytes.subarray(0, -1))).toBe('file-truncated');
  });

  test('is held when the stored file is said to be longer than the archive, or ends before its data', async () => {
    expect(await codeOf(zipBytes([file({ form: 'stored', statedSize: 100_000 })]))).toBe('file-truncated');
    expect(await codeOf(zipBytes([file({ form: 'stored', statedSize: content.length - 1 })]))).not.toBeNull();
  });
});
