// A JSON export: text → records, each checked, in chunks. An array, one object per line, or an array under a declared path.
import { peek } from '../bytes/peek';
import { createIdCheck } from '../check-id';
import { createTidiedText } from '../tidied-text';
import { createProgramWords } from '../program-words';
import type { ExportExpectation, ExportRecord, Finding } from '../export-record';
import { gatherRecords, readRawRecords } from '../gather-records';
import { holdFile } from '../hold-file';
import { dialectSampleChars } from '../export-limits';
import { createJsonLineSplitter } from './json-lines';
import { createJsonSplitter, type JsonSplitter } from './json-splitter';
import { measureValue } from './measure-value';
import { createRecordChecker } from './record-checker';

/** A JSON export; `records` may throw holds until its very end. */
export interface OpenJson {
  /** Complete when `records` has ended. */
  readonly findings: readonly Finding[];
  readonly records: AsyncIterable<readonly ExportRecord[]>;
}

const chooseSplitter = (sample: string, whole: boolean, recordsPath: string | null): JsonSplitter => {
  const begin = sample.search(/\S/);
  const isJson = begin === -1 || '[{'.includes(sample[begin] ?? '');
  if (!isJson) {
    throw holdFile(
      'file-in-other-format',
      { expected: 'json' },
      {
        line: 1,
      },
    );
  }
  if (recordsPath !== null || sample[begin] === '[') return createJsonSplitter(recordsPath, 1);
  const lineEnd = sample.indexOf('\n', begin);
  const line = (lineEnd === -1 ? sample.slice(begin) : sample.slice(begin, lineEnd)).trimEnd();
  const lineIsWhole = lineEnd !== -1 || whole;
  if (!lineIsWhole || measureValue(line, 0, true).behind === line.length) return createJsonLineSplitter(1);
  if (whole && measureValue(sample.trim(), 0, true).behind === -1) {
    throw holdFile('file-truncated', { within: 'document', line: null });
  }
  throw holdFile('json-records-missing', { found: 'object' }, { line: 1 });
};

/** Opens JSON text; throws holds for a file without content or of another shape. */
export const openJson = async (text: AsyncIterable<string>, expect: ExportExpectation): Promise<OpenJson> => {
  const start = await peek(text, dialectSampleChars);
  const sample = start.head.join('');
  if (sample.trim() === '' && start.complete) throw holdFile('file-empty', { content: 'blank' });
  const splitter = chooseSplitter(sample, start.complete, expect.recordsPath);
  const findings: Finding[] = [];
  const tidied = createTidiedText();
  const words = createProgramWords(expect);
  const ids = createIdCheck(expect.idColumn, expect.idPattern);
  const checker = createRecordChecker(expect, tidied, words, ids);

  async function* records(): AsyncGenerator<readonly ExportRecord[]> {
    const rows = yield* gatherRecords(readRawRecords(start.all, splitter), (raw, row, suspicious) =>
      checker.check(raw, row, suspicious),
    );
    if (rows === 0) throw holdFile('file-without-rows', { format: 'json' });
    findings.push(...checker.tellAbsent(), ...tidied.findings(), ...words.findings(), ...ids.findings());
  }
  return { findings, records: records() };
};
