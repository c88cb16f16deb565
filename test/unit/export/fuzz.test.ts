// Random and mutated bytes: never a crash, never a hang, always a verdict; and memory that does not grow with the file.
import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { ExportExpectation } from '../../../shared/export/export-record';
import { exportCodes } from '../../../shared/export/export-codes';
import { openExport } from '../../../shared/export/open-export';
import { plainExpectation, readExport, type ReadWhole } from './read-export';
import { rounds } from '../../rounds';

const corpus = join(__dirname, '../../fixtures/export');

/** Largest unpacked size of a seed, bytes: mutated a hundred times, larger ones would take minutes. */
const maxPackedBytes = 100_000;

const isSmall = (bytes: Buffer): boolean => {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxPackedBytes }).length > 0;
  } catch (cause) {
    // What is not packed, or damaged, is read no further than its length.
    return (cause as { code?: string }).code !== 'ERR_BUFFER_TOO_LARGE';
  }
};

const seeds = readdirSync(corpus, { withFileTypes: true })
  .map(({ name }) => join(corpus, name))
  .filter((folder) => existsSync(join(folder, 'expect.json')))
  .map((folder) => {
    const file = readdirSync(folder).find((entry) => entry.startsWith('export.')) ?? '';
    const expect = JSON.parse(readFileSync(join(folder, 'expect.json'), 'utf8')) as Partial<ExportExpectation>;
    return { bytes: readFileSync(join(folder, file)).subarray(0, 20_000), expect };
  })
  .filter(({ bytes }) => isSmall(bytes));

/** A verdict: held with a code of the table, or every record in order, each read or rejected with a code of the table. */
const expectVerdict = ({ hold, records }: ReadWhole): void => {
  if (hold !== null) expect(Object.keys(exportCodes)).toContain(hold.code);
  expect(records.every(({ row }, index) => row === index + 1)).toBe(true);
  expect(records.every(({ line }, index) => line >= (records[index - 1]?.line ?? 1))).toBe(true);
  const rejections = new Set(records.map((record) => (record.kind === 'unreadable' ? record.rejection.code : null)));
  for (const code of rejections) expect([null, ...Object.keys(exportCodes)]).toContain(code);
  if (hold === null) expect(records.length).toBeGreaterThan(0);
};

const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom('set', 'insert', 'remove', 'repeat', 'cut'),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 6 }),
    fc
      .constantFrom('"', ',', '\n', '\r', '{', '}', '[', ']', '\\', '\0', ':')
      .map((sign): Uint8Array => Buffer.from(sign)),
  ),
});

const mutate = (bytes: Buffer, at: number, kind: string, piece: Uint8Array): Buffer => {
  const from = Math.floor(at * bytes.length);
  switch (kind) {
    case 'insert':
      return Buffer.concat([bytes.subarray(0, from), piece, bytes.subarray(from)]);
    case 'remove':
      return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + piece.length)]);
    case 'repeat':
      return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from, from + 500), bytes.subarray(from)]);
    case 'cut':
      return bytes.subarray(0, from);
    default:
      return Buffer.concat([bytes.subarray(0, from), piece, bytes.subarray(from + piece.length)]);
  }
};

describe('the file doctor', () => {
  test('gives a verdict on random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 2000 }),
        fc.constantFrom('csv' as const, 'json' as const),
        async (bytes, format) => expectVerdict(await readExport(bytes, { format })),
      ),
      { numRuns: rounds(60) },
    );
  });

  test('gives a verdict on mutated exports', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...seeds),
        fc.array(mutation, { minLength: 1, maxLength: 5 }),
        async (seed, mutations) => {
          const bytes = mutations.reduce<Buffer>(
            (before, { at, kind, bytes: piece }) => mutate(before, at, kind, piece),
            seed.bytes,
          );
          expectVerdict(await readExport(bytes, { ...seed.expect, byteLength: null }));
        },
      ),
      { numRuns: rounds(150) },
    );
  });

  test('gives a verdict on texts made of the characters that matter', async () => {
    const sign = fc.constantFrom('"', ',', ';', '\n', '\r', '\t', '\\', 'a', '1', ' ', 'é', '{', '}', '[', ']', ':');
    await fc.assert(
      fc.asyncProperty(
        fc.array(sign, { maxLength: 60 }),
        fc.constantFrom('csv' as const, 'json' as const),
        async (signs, format) => {
          const head = format === 'csv' ? 'EmployeeID,Email,Status\n' : '[{"EmployeeID":1,"Email":2,"Status":3},';
          expectVerdict(await readExport(head + signs.join(''), { format }));
        },
      ),
      { numRuns: rounds(180) },
    );
  });

  // Each of these made a regular expression or a second pass quadratic in the length; then this would run for hours.
  test.each([
    ['one long word', `é${'x'.repeat(700_000)}`],
    ['long runs of symbols', `é${'\xb0'.repeat(300_000)}x`],
    ['a quote and nothing but line ends', `"${'\n'.repeat(300_000)}`],
    ['lines of open quotes', 'a"\n'.repeat(200_000)],
    ['nothing but quotes', '"'.repeat(500_000)],
    ['nothing but backslashes', `"${'\\\\'.repeat(300_000)}`],
    ['nothing but delimiters', ','.repeat(900_000)],
    ['nothing but brackets', '['.repeat(500_000)],
    ['nothing but blanks', ' '.repeat(900_000)],
    ['colons and blanks', `:${' '.repeat(500_000)}`],
  ])('reads %s in the time of its length', async (_name, hard) => {
    const header = 'EmployeeID,Email,Status\n';
    for (const text of [
      hard,
      header + hard,
      `[{"EmployeeID":"${hard}`,
      `[{"EmployeeID":1,"Email":2,"Status":3},${hard}`,
    ]) {
      for (const format of ['csv', 'json'] as const) {
        for (const encoding of ['utf8', 'latin1'] as const)
          expectVerdict(await readExport(Buffer.from(text, encoding), { format }));
      }
    }
  });

  test('holds a bomb: much more inside than the archive or the source allows', async () => {
    const bomb = gzipSync(
      Buffer.concat([Buffer.from('EmployeeID,Email,Status\n'), Buffer.alloc(20_000_000, `1,${'a'.repeat(1_000)},b\n`)]),
    );
    expect((await readExport(bomb)).hold?.code).toBe('inflated-too-large');
    expect((await readExport(gzipSync('EmployeeID,Email,Status\n1,2,3\n'), { maxInflatedBytes: 10 })).hold?.code).toBe(
      'inflated-too-large',
    );
  });

  test.each([
    ['a line that never ends', 'csv', 'EmployeeID,Email,Status\n1,', 'x'],
    ['a quote that never ends', 'csv', 'EmployeeID,Email,Status\n1,"', 'x\n'],
    ['a JSON text that never ends', 'json', '[{"EmployeeID":"', 'x'],
    ['endlessly nested JSON', 'json', '[', '[{"a":'],
    ['a JSON line that never ends', 'json', '{"EmployeeID":1}\n{"a":', '[1,'],
  ] as const)('holds %s before it fills the memory', async (_name, format, head, more) => {
    let given = 0;
    // eslint-disable-next-line @typescript-eslint/require-await -- the bytes of a test are there at once
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(head);
      for (const piece = Buffer.from(more.repeat(10_000)); ; given += piece.length) yield piece;
    }
    const read = async (): Promise<void> => {
      const opened = await openExport(endless(), { ...plainExpectation, format, maxBytes: Number.MAX_SAFE_INTEGER });
      for await (const chunk of opened.records) expect(chunk).toBeDefined();
    };
    await expect(read()).rejects.toMatchObject({
      name: 'FileHold',
      code: expect.stringMatching(/^(record-too-large|file-empty|json-broken)$/),
    });
    expect(given).toBeLessThan(4_000_000);
  });
});
