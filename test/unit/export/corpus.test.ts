// The corpus: files as HR really exports them, one folder each in test/fixtures/export, made by test/fixtures/export/write-corpus.mjs.
// A folder with an expect.json is read; one with a source.json goes through the whole check.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportCodes } from '../../../shared/export/export-codes';
import { sentenceOf } from '../../../shared/messages/catalogue';
import { checkFolder } from './check-folder';
import { readExport, type ReadWhole } from './read-export';

const corpus = join(__dirname, '../../fixtures/export');
const readJson = (path: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;

/** The form of expected.json: a hold, or how the file was read, its records and its findings. */
const summarise = ({ hold, shape, records, findings }: ReadWhole): unknown =>
  hold !== null
    ? { hold: { code: hold.code, line: hold.at.line, column: hold.at.column } }
    : {
        readAs: {
          encoding: shape?.encoding,
          ...(shape?.delimiter == null ? {} : { delimiter: shape.delimiter }),
          ...(shape?.compression == null ? {} : { compression: shape.compression }),
        },
        records: records.map((record) => {
          switch (record.kind) {
            case 'csv':
              return { line: record.line, cells: record.cells };
            case 'json':
              return { line: record.line, value: record.value };
            case 'unreadable':
              return { line: record.line, rejected: record.rejection.code, id: record.id };
            case 'unsent':
              return { line: record.line, unsent: record.unsent.code, id: record.id };
          }
        }),
        findings: findings.map(
          ({ severity, code, column }) => `${severity} ${code}${column === null ? '' : ` ${column}`}`,
        ),
      };

const cases = readdirSync(corpus, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe('the corpus of exports', () => {
  test.each(cases)('%s is read as its author meant it, or held', async (name) => {
    const folder = join(corpus, name);
    const file = readdirSync(folder).find((entry) => entry.startsWith('export.')) ?? 'export.missing';
    const expected = readJson(join(folder, 'expected.json'));
    if (existsSync(join(folder, 'source.json'))) {
      expect(await checkFolder(folder, file)).toEqual(expected);
      return;
    }
    const result = await readExport(readFileSync(join(folder, file)), {
      fileName: file,
      ...readJson(join(folder, 'expect.json')),
    });
    expect(summarise(result)).toEqual(expected);
    expect(result.hold === null || sentenceOf(result.hold).length > 20).toBe(true);
  });

  test('its list of clauses names every folder, and no other', () => {
    const listed = [...readFileSync(join(corpus, 'README.md'), 'utf8').matchAll(/^\| [^|]+ \| ([^|]+) \|$/gm)].flatMap(
      ([, folders = '']) => [...folders.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    expect(listed.toSorted()).toEqual(cases.toSorted());
  });

  test('it has a file for every code that a file alone can raise', () => {
    const raised = new Set(
      cases
        .map((name) => readFileSync(join(corpus, name, 'expected.json'), 'utf8'))
        .join('\n')
        .match(/[a-z]+(?:-[a-z0-9]+)+/g),
    );
    // Only time raises them: test/unit/columns/id-form.test.ts and line-rules.test.ts, with clocks of their own.
    raised.add('id-pattern-slow');
    raised.add('line-pattern-slow');
    // Too large for a corpus: test/unit/export/checked-rows.test.ts and gather-records.test.ts.
    for (const code of ['row-too-wide', 'json-record-too-wide', 'file-of-too-many-rows']) raised.add(code);
    const missing = Object.keys(exportCodes).filter((code) => !raised.has(code));
    expect(missing).toEqual([]);
  });
});
