// A JSON export: text → records, each checked, in chunks. An array, one object per line, or an array under a declared path.
import type { Rejection } from '../../core/rejection';
import { peek } from '../bytes/peek';
import { rejectRecord } from '../check-values';
import { createIdCheck } from '../check-id';
import type { ExportExpectation, ExportRecord, Finding, JsonObject, JsonValue } from '../export-record';
import { holdFile } from '../intake-hold';
import { dialectSampleChars, maxRecordChars, recordsPerChunk } from '../intake-limits';
import { looksSuspicious } from '../text/text-damage';
import { checkJsonText } from './check-json-text';
import { createJsonLineSplitter } from './json-lines';
import { readMember } from './json-member';
import { readJsonRecord } from './json-record';
import { createJsonSplitter, measureValue, type JsonSplitter, type RawJsonRecord } from './json-splitter';

/** A JSON export; `records` may throw holds to its very end. */
export interface OpenJson {
  readonly findings: readonly Finding[];
  readonly records: AsyncIterable<readonly ExportRecord[]>;
}

const chooseSplitter = (sample: string, whole: boolean, recordsPath: string | null): JsonSplitter => {
  const begin = sample.search(/\S/);
  if (recordsPath !== null) return createJsonSplitter(recordsPath.split('.'), 1);
  if (sample[begin] === '[') return createJsonSplitter([], 1);
  if (sample[begin] !== '{') {
    throw holdFile(
      'file-in-other-format',
      'The source expects JSON, but the file begins neither with "[" nor with "{".',
      { line: 1 },
    );
  }
  const lineEnd = sample.indexOf('\n', begin);
  const line = (lineEnd === -1 ? sample.slice(begin) : sample.slice(begin, lineEnd)).trimEnd();
  const lineIsWhole = lineEnd !== -1 || whole;
  if (!lineIsWhole || measureValue(line, 0, true).behind === line.length) return createJsonLineSplitter(1);
  if (whole && measureValue(sample.trim(), 0, true).behind === -1) {
    throw holdFile('file-truncated', 'The JSON document ends in the middle.');
  }
  throw holdFile(
    'json-records-missing',
    'The file is one JSON object over several lines. Set `file.records` of the source to the path of the array of people in it.',
    { line: 1 },
  );
};

const textOf = (value: JsonValue | undefined): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** Opens JSON text; throws holds for a file without content or of another shape. */
export const openJson = async (text: AsyncIterable<string>, expect: ExportExpectation): Promise<OpenJson> => {
  const start = await peek(text, dialectSampleChars);
  const sample = start.head.join('');
  if (sample.trim() === '' && start.complete) throw holdFile('file-empty', 'The file is empty.');
  const splitter = chooseSplitter(sample, start.complete, expect.recordsPath);
  const findings: Finding[] = [];
  return { findings, records: readRecords(start.all, splitter, expect, findings) };
};

async function* readRecords(
  text: AsyncIterable<string>,
  splitter: JsonSplitter,
  expect: ExportExpectation,
  findings: Finding[],
): AsyncGenerator<readonly ExportRecord[]> {
  const checkId = createIdCheck(expect.idColumn, expect.idPattern);
  const required = new Set([expect.idColumn, ...expect.requiredColumns]);
  const absent = new Set([...required, ...expect.mappedColumns]);
  const read = new Set([...absent].flatMap((name) => [name, name.split('.')[0] ?? name]));
  let row = 0;
  let suspicious = false;

  const noteMembers = (value: JsonObject): void => {
    for (const name of absent) if (readMember(value, name) !== undefined) absent.delete(name);
  };

  const toRecord = async (raw: RawJsonRecord): Promise<ExportRecord> => {
    const { line } = raw;
    row++;
    const unreadable = (id: string | null, rejection: Rejection): ExportRecord => ({
      kind: 'unreadable',
      row,
      line,
      id,
      rejection,
    });
    if (raw.raw.length > maxRecordChars)
      return unreadable(null, rejectRecord('cell-too-long', 'The record is too long.', line, null));
    const result = await readJsonRecord(raw);
    if ('rejection' in result) return unreadable(null, result.rejection);
    let { value } = result;
    const id = textOf(readMember(value, expect.idColumn)).trim();
    noteMembers(value);
    const checked = checkJsonText(value, line, read, suspicious || raw.raw.includes('\\u'), raw.raw.length);
    if (checked.rejection !== null) return unreadable(id === '' ? null : id, checked.rejection);
    value = checked.value;
    const rejection = checkId(id, line);
    return rejection === null ? { kind: 'json', row, line, value } : unreadable(id, rejection);
  };

  let out: ExportRecord[] = [];
  let before = false;
  for await (const part of text) {
    const here = looksSuspicious(part);
    suspicious = here || before;
    const raws: RawJsonRecord[] = [];
    splitter.push(part, raws);
    for (const raw of raws) {
      out.push(await toRecord(raw));
      if (out.length >= recordsPerChunk) {
        yield out;
        out = [];
      }
    }
    before = raws.length === 0 ? suspicious : here;
  }
  suspicious = before;
  const raws: RawJsonRecord[] = [];
  splitter.end(raws);
  for (const raw of raws) out.push(await toRecord(raw));
  if (out.length > 0) yield out;
  if (row === 0) throw holdFile('file-without-rows', 'The file holds an empty list: not one person.');
  reportAbsent(absent, required, findings);
}

/** What no record of the file has: a required member holds the file, a mapped one is told. */
const reportAbsent = (absent: ReadonlySet<string>, required: ReadonlySet<string>, findings: Finding[]): void => {
  for (const name of absent) {
    if (required.has(name)) {
      throw holdFile('column-missing', `Not one record of the file has the member "${name}".`, { column: name });
    }
    findings.push({
      severity: 'warning',
      code: 'column-absent',
      message: `No record of the file has the mapped member "${name}".`,
      line: null,
      column: name,
      id: null,
    });
  }
};
