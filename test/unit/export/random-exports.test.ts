// For all people, dialects and encodings: what was written is what is read, or the file is held. Where the bytes are cut changes nothing.
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { gzipSync } from 'node:zlib';
import type { FileHold } from '../../../shared/core/errors';
import type { ExportRecord } from '../../../shared/export/export-record';
import { readExport } from './read-export';
import { rounds } from '../../rounds';

const told = (hold: FileHold | null) => hold && { code: hold.code, values: hold.values, at: hold.at };

// Real names, so that encodings that are recognised by words are recognised; and texts that are hard for dialects.
const westernNames = [
  'José Núñez',
  'Jürgen Groß',
  'François',
  'Hélène',
  'Søren',
  'Åsa',
  'João',
  'Zoë',
  'Þór',
  'Anna',
  'Nicolò',
  'Peña',
];
const centralNames = [
  'Łukasz',
  'Wałęsa',
  'Dvořák',
  'Růžena',
  'Beneš',
  'Őry',
  'Šťastný',
  'Ćwikła',
  'Müller',
  'Anna',
  'Jiří',
  'Gdańsk',
];
const anyNames = [...westernNames, ...centralNames, '李小龍', 'Ольга', 'علي', '😀'];
const hardTexts = [
  '',
  ' ',
  'a,b',
  'a;b',
  '"',
  '""',
  'he said "hi"',
  'two\nlines',
  'two\r\nlines',
  '\r',
  'tab\there',
  'pipe|x',
  "o'hara",
  '=1+1',
  '#x',
  '\\',
  'C:\\"x',
  'sep=;',
  '5" pipe',
  ',',
];

const namesOf: Readonly<Record<string, readonly string[]>> = {
  'windows-1252': westernNames,
  'iso-8859-15': westernNames,
  'windows-1250': centralNames,
  'iso-8859-2': centralNames,
};

interface Written {
  readonly rows: readonly (readonly string[])[];
  readonly encoding: string;
  readonly declared: boolean;
  readonly mark: boolean;
  readonly delimiter: string;
  readonly lineEnd: string;
  readonly quoteAll: boolean;
  readonly packed: boolean;
}

const written: fc.Arbitrary<Written> = fc
  .constantFrom('utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-15', 'windows-1250', 'iso-8859-2')
  .chain((encoding) => {
    const name = fc.constantFrom(...(namesOf[encoding] ?? anyNames));
    const text = fc.oneof(name, name, fc.constantFrom(...hardTexts));
    return fc.record({
      rows: fc.array(fc.tuple(text, text, name), { minLength: 1, maxLength: 12 }),
      encoding: fc.constant(encoding),
      declared: fc.boolean(),
      mark: fc.boolean(),
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
      quoteAll: fc.boolean(),
      packed: fc.boolean(),
    });
  });

const cellsOf = ({ rows }: Written): string[][] =>
  rows.map(([first, second, third], index) => [
    `${index + 1}`,
    `p${index}@contoso.example`,
    'Active',
    first ?? '',
    second ?? '',
    third ?? '',
  ]);

/** RFC 4180, written a second time, as simply as possible. */
const toCsv = (file: Written): string => {
  const cell = (value: string): string =>
    file.quoteAll || /[",;|\t\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  const header = ['EmployeeID', 'Email', 'Status', 'A', 'B', 'C'];
  return [header, ...cellsOf(file)].map((row) => row.map(cell).join(file.delimiter) + file.lineEnd).join('');
};

const toBytes = (file: Written): Buffer => {
  const unicode = file.encoding.startsWith('utf');
  const text = (file.mark && unicode ? '\ufeff' : '') + toCsv(file);
  const bytes = iconv.encode(text, file.encoding, { addBOM: false });
  return file.packed ? gzipSync(bytes) : bytes;
};

const cellsRead = (records: readonly ExportRecord[]): unknown[] =>
  records.map((record) => (record.kind === 'csv' ? record.cells : record.kind));

/** Physical lines by a count of line ends, not by the reader. */
const linesOf = (file: Written): number[] => {
  const lines: number[] = [];
  let line = 2;
  for (const cells of cellsOf(file)) {
    lines.push(line);
    line += 1 + (cells.join('').match(/\r\n|\r|\n/g)?.length ?? 0);
  }
  return lines;
};

const expectationOf = (file: Written): { encoding: string | null } => ({
  encoding: file.declared ? file.encoding : null,
});

describe('any people in any dialect and encoding', () => {
  test('are read back exactly, each on its line, or the file is held', async () => {
    let readExactly = 0;
    let held = 0;
    await fc.assert(
      fc.asyncProperty(written, async (file) => {
        const result = await readExport(toBytes(file), expectationOf(file));
        if (result.hold !== null) {
          held++;
          // Only an uncertain encoding is a reason to hold a sound file, and only if it is not declared.
          expect({ code: result.hold.code, declared: file.declared }).toEqual({
            code: 'encoding-doubtful',
            declared: false,
          });
          return;
        }
        readExactly++;
        expect(cellsRead(result.records)).toEqual(
          cellsOf(file).map((row) => row.map((value) => value.normalize('NFC'))),
        );
        expect(result.records.map(({ line }) => line)).toEqual(linesOf(file));
      }),
      { numRuns: rounds(120) },
    );
    expect(readExactly).toBeGreaterThan(4 * held);
  });

  test('are read the same wherever the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        written,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }),
        async (file, at) => {
          const bytes = toBytes(file);
          const whole = await readExport(bytes, expectationOf(file));
          const inParts = await readExport(
            bytes,
            expectationOf(file),
            at.map((share) => Math.floor(share * bytes.length)),
          );
          expect({ ...inParts, shape: { ...inParts.shape }, hold: told(inParts.hold) }).toEqual({
            ...whole,
            shape: { ...whole.shape },
            hold: told(whole.hold),
          });
        },
      ),
      { numRuns: rounds(60) },
    );
  });
});

describe('any people in JSON', () => {
  const anyText = fc.oneof(fc.constantFrom(...anyNames, ...hardTexts), fc.stringMatching(/^[ -~]{0,12}$/));
  const member = fc.oneof(
    anyText,
    fc.boolean(),
    fc.constant(null),
    fc.integer(),
    fc.array(fc.record({ type: anyText, value: anyText }), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'constructor', 'x y'), anyText, { noNullPrototype: true }),
  );
  const people = fc.array(fc.record({ Status: anyText, A: member, B: member }), { minLength: 1, maxLength: 10 });

  test.each(['array', 'indented array', 'lines', 'under a path'])('are read back exactly from an %s', async (form) => {
    await fc.assert(
      fc.asyncProperty(people, fc.array(fc.nat(3000), { maxLength: 5 }), async (given, cuts) => {
        const records = given.map((person, index) => ({
          EmployeeID: `${index}`,
          Email: 'p@contoso.example',
          ...person,
        }));
        const text =
          form === 'lines'
            ? records.map((record) => `${JSON.stringify(record)}\n`).join('')
            : form === 'under a path'
              ? JSON.stringify({ meta: { n: [1, '}'] }, export: { rows: records }, end: null })
              : JSON.stringify(records, null, form === 'array' ? 0 : 2);
        const bytes = Buffer.from(text);
        const result = await readExport(
          bytes,
          { format: 'json', recordsPath: form === 'under a path' ? 'export.rows' : null },
          cuts.filter((cut) => cut < bytes.length),
        );
        expect(result.hold).toBeNull();
        const values = result.records.map((record) => (record.kind === 'json' ? record.value : record));
        expect(JSON.stringify(values)).toBe(JSON.stringify(records));
      }),
      { numRuns: rounds(20) },
    );
  });
});
