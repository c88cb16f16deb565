// A JSON export: text → records, each checked, in chunks. An array, objects one after the other, or an array somewhere in an object.
import { quote } from '../../core/message';
import { findIn } from '../find-in-file';
import { peek } from '../bytes/peek';
import { createIdCheck } from '../check-id';
import { createTidiedText } from '../tidied-text';
import type { LostLetters } from '../lost-letters';
import { createProgramWords } from '../program-words';
import type { ExportExpectation, ExportRecord, Finding } from '../export-record';
import { gatherRecords, readRawRecords } from '../gather-records';
import { holdFile } from '../hold-file';
import { createNobodyRows } from '../nobody';
import { dialectSampleChars } from '../export-limits';
import { chooseSplitter } from './choose-splitter';
import { createRecordChecker } from './record-checker';

/** A JSON export; `records` may throw holds until its very end. */
export interface OpenJson {
  /** Where the list of people was found in the document; null if the settings say it, or if it is no part of an object. */
  readonly foundAt: string | null;
  /** Complete when `records` has ended. */
  readonly findings: readonly Finding[];
  readonly records: AsyncIterable<readonly ExportRecord[]>;
}

/** Opens JSON text; throws holds for a file without content or of another shape. */
export const openJson = async (
  text: AsyncIterable<string>,
  expect: ExportExpectation,
  lost: LostLetters,
): Promise<OpenJson> => {
  const start = await peek(text, dialectSampleChars);
  const sample = start.head.join('');
  if (sample.trim() === '' && start.complete) throw holdFile('file-empty', { content: 'blank' });
  const { splitter, foundAt } = chooseSplitter(sample, start.complete, expect);
  const findings: Finding[] = foundAt === null ? [] : [findIn('note', 'json-list-found', { path: quote(foundAt) })];
  const tidied = createTidiedText();
  const words = createProgramWords(expect);
  const ids = createIdCheck(expect.idColumn, expect.idPattern);
  const nobody = createNobodyRows();
  const checker = createRecordChecker(expect, tidied, words, ids, lost, nobody);

  async function* records(): AsyncGenerator<readonly ExportRecord[]> {
    const rows = yield* gatherRecords(readRawRecords(start.all, splitter), (raw, row, suspicious) =>
      checker.check(raw, row, suspicious),
    );
    if (rows === 0) throw holdFile('file-without-rows', { format: 'json' });
    findings.push(...checker.tellAbsent(), ...nobody.findings());
    findings.push(...tidied.findings(), ...words.findings(), ...ids.findings());
  }
  return { foundAt, findings, records: records() };
};
