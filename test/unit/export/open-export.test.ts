// What an open export guarantees besides its records: it closes its source, shows its proof, and undoes what our own reports did.
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { openExport } from '../../../shared/export/open-export';
import { BOM, csvText } from '../../../shared/report/csv-text';
import { plainExpectation, readExport } from './read-export';

const header = ['EmployeeID', 'Email', 'Status', 'Name'];
const csv = (rows: readonly string[]): string => [header.join(','), ...rows].map((line) => `${line}\n`).join('');

/** A source that records whether it was closed. */
const watched = (
  parts: readonly string[],
): { readonly bytes: AsyncIterable<Uint8Array>; readonly isClosed: () => boolean } => {
  let closed = false;
  // eslint-disable-next-line @typescript-eslint/require-await -- the bytes of a test are there at once
  async function* bytes(): AsyncGenerator<Uint8Array> {
    try {
      for (const part of parts) yield Buffer.from(part);
    } finally {
      closed = true;
    }
  }
  return { bytes: bytes(), isClosed: () => closed };
};
const many = Array.from({ length: 200 }, () => '1,a@contoso.example,Active,A\n'.repeat(1000));

describe('an open export', () => {
  test('closes the source when the file is held at once', async () => {
    const source = watched(['foo,bar\n', ...many]);
    await expect(openExport(source.bytes, plainExpectation)).rejects.toMatchObject({ code: 'column-missing' });
    expect(source.isClosed()).toBe(true);
  });

  test('closes the source when the reader stops in the middle', async () => {
    const source = watched([`${header.join(',')}\n`, ...many]);
    const opened = await openExport(source.bytes, plainExpectation);
    for await (const chunk of opened.records) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(source.isClosed()).toBe(true);
    expect(opened.sha256()).toBeNull();
  });

  test('yields chunks of a few dozen records', async () => {
    const opened = await openExport(watched([`${header.join(',')}\n`, ...many]).bytes, plainExpectation);
    const sizes: number[] = [];
    for await (const chunk of opened.records) sizes.push(chunk.length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(200_000);
    expect(Math.max(...sizes)).toBe(50);
  });

  test('passes on the error of a source unchanged', async () => {
    const lost = new Error('connection lost');
    // eslint-disable-next-line @typescript-eslint/require-await -- fails at once
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(csv(['1,a@contoso.example,Active,A']));
      throw lost;
    }
    await expect(openExport(failing(), plainExpectation)).rejects.toBe(lost);
  });

  test('shows how accented letters were read, at most three values', async () => {
    const names = ['José', 'Zoë', 'Jürgen', 'Åsa'].map((name, index) => `${index},p@contoso.example,Active,${name}`);
    const { findings } = await readExport(iconv.encode(csv(names), 'windows-1252'), { mappedColumns: header });
    expect(findings.map(({ code, values }) => ({ code, values }))).toEqual([
      {
        code: 'encoding-detected',
        values: { encoding: 'windows-1252', samples: [{ quote: 'José' }, { quote: 'Zoë' }, { quote: 'Jürgen' }] },
      },
    ]);
  });

  test('keeps what could be read of a rejected row, for the rows to correct', async () => {
    const { records } = await readExport(csv(['1,a@contoso.example', '2,b@contoso.example,Left,"B"x']));
    expect(records.map((record) => 'cells' in record && record.cells)).toEqual([
      ['1', 'a@contoso.example'],
      ['2', 'b@contoso.example', 'Left', 'B'],
    ]);
  });

  test('reads a report of rows to correct back as it was before its cells were neutralised', async () => {
    const text = fc
      .tuple(
        fc.constantFrom('', '=', '+', '-', '@', '\t', '＝', '＠', 'x', ' ', "'=", "''", 'x;=', 'x|"@'),
        fc.stringMatching(/^[ -~]{0,8}$/),
      )
      .map(([sign, rest]) => sign + rest);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(',', ';'),
        async (pairs, delimiter) => {
          const rows = pairs.map(([status, name], index) => [
            `${index}`,
            'p@contoso.example',
            status,
            name,
            `r${index}.new`,
            'row-ragged',
            '-',
          ]);
          const written =
            BOM + csvText([[...header, 'rollcall_row', 'rollcall_code', 'rollcall_reason'], ...rows], delimiter);
          const { records, shape } = await readExport(written, { delimiter });
          expect(records.map((record) => record.kind === 'csv' && record.cells)).toEqual(rows);
          expect(shape?.returned).toEqual({ row: 4, code: 5, reason: 6 });
        },
      ),
      { numRuns: 150 },
    );
  });
});
