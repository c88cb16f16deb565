// The raw text of a JSON record → a record of the export, or why it cannot be read; and which members no record had.
import { quote } from '../../core/message';
import { findIn } from '../find-in-file';
import { idTextOf } from '../../columns/id';
import { arePathsRelated, compileMemberPath, firstStepOf, textOf } from '../../columns/record-value';
import type { Rejection } from '../../core/rejection';
import type { IdCheck } from '../check-id';
import { maxDamagedValues, rejectRecord } from '../check-values';
import type { TidiedText } from '../tidied-text';
import type { ExportExpectation, ExportRecord, Finding, JsonObject } from '../export-record';
import { holdFile } from '../hold-file';
import type { LostLetters } from '../lost-letters';
import { isBlankValue, type NobodyRows } from '../nobody';
import { createNoIdTest, type ProgramWords } from '../program-words';
import { compileRowFilter, fateOfAside } from '../row-filter';
import { checkJsonText } from './check-json-text';
import { judgeWords } from './judge-words';
import { readJsonRecord } from './json-record';
import type { RawJsonRecord } from './walk-document';
import { createMemberRenamer } from './rename-members';

/** The checks of one file. */
export interface RecordChecker {
  /** Checks record number `row`, null if it holds nobody; `suspicious` means that its text needs a closer look. */
  check(raw: RawJsonRecord, row: number, suspicious: boolean): Promise<ExportRecord | null>;
  /** Reports members that no record had: throws the hold for a required one, returns findings for mapped ones. */
  tellAbsent(): readonly Finding[];
}

/** Makes the checks of one file. */
export const createRecordChecker = (
  expect: ExportExpectation,
  tidied: TidiedText,
  words: ProgramWords,
  ids: IdCheck,
  lost: LostLetters,
  nobody: NobodyRows,
): RecordChecker => {
  const isNoId = createNoIdTest(expect);
  const { certainColumns: certain } = expect;
  const leavesPersonCertain = ({ at: { column } }: Rejection): boolean =>
    column !== null && certain !== null && !certain.some((one) => arePathsRelated(one, column));
  const rename = createMemberRenamer(expect);
  const required = new Set([expect.idColumn, ...expect.requiredColumns]);
  const readId = compileMemberPath(expect.idColumn);
  const names = lost.columns.map((name) => ({ name, read: compileMemberPath(name) }));
  const absent = new Map([...required, ...expect.mappedColumns].map((name) => [name, compileMemberPath(name)]));
  const columns = new Set(absent.keys());
  const read = new Set([...columns].flatMap((name) => [name, firstStepOf(name)]));

  const filter = compileRowFilter(expect.rows, (column) => {
    const readMember = compileMemberPath(column);
    return (record: JsonObject) => {
      const text = textOf(readMember(record));
      if (text === null) return null;
      return words.isBlank(text) ? '' : text;
    };
  });

  const noteMembers = (record: JsonObject): void => {
    for (const [name, readMember] of absent) if (readMember(record) !== undefined) absent.delete(name);
  };

  const lookForLostLetters = (record: JsonObject, line: number): void => {
    if (!lost.isLooking()) return;
    for (const { name, read: readName } of names) {
      const value = readName(record);
      if (typeof value === 'string') lost.look(value, line, name);
    }
  };

  return {
    async check(raw, row, suspicious) {
      const { line } = raw;
      const unreadable = (id: string, rejection: Rejection, value?: JsonObject): ExportRecord => ({
        kind: 'unreadable',
        row,
        line,
        id: id === '' ? null : id,
        rejection,
        ...(value === undefined ? {} : { value }),
      });
      const result = await readJsonRecord(raw);
      if ('rejection' in result) return unreadable('', result.rejection);
      const renamed = rename(result.value);
      if ('doubled' in renamed) {
        const name = renamed.doubled;
        return unreadable('', rejectRecord('json-key-doubled', { column: quote(name) }, line, name), result.value);
      }
      noteMembers(renamed.record);
      const written = idTextOf(readId(renamed.record));
      if ((written === '' || words.isBlank(written)) && isBlankValue(renamed.record, words.isBlank)) {
        nobody.note(line);
        return null;
      }
      // An escape (\u0000, \b) is plain ASCII that hides a control character, or a letter above ASCII.
      const hasEscape = raw.raw.includes('\\');
      if (hasEscape) lost.lookAtEscapes(raw.raw);
      lookForLostLetters(renamed.record, line);
      const closer = suspicious || hasEscape;
      const aside = filter?.(renamed.record) ?? null;
      if (aside !== null) {
        // Damaged text holds the file wherever it is.
        checkJsonText(renamed.record, line, read, closer, raw.raw.length);
        const fate = fateOfAside(aside, line, closer, words);
        if ('at' in fate) return unreadable(isNoId(fate) ? '' : written, fate, renamed.record);
        return { kind: 'unsent', row, line, id: written === '' ? null : written, unsent: fate, value: renamed.record };
      }
      const { record, damage: ofWords } = judgeWords(renamed.record, line, columns, read, words);
      const id = idTextOf(readId(record));
      const checked = checkJsonText(record, line, read, closer, raw.raw.length);
      const damage = ofWords.length === 0 ? checked.damage : [...checked.damage, ...ofWords];
      const isPersonCertain = damage.length <= maxDamagedValues && damage.every(leavesPersonCertain);
      const ofId = isPersonCertain ? ids.check(id, line) : null;
      const rejection = isPersonCertain && ofId === null ? null : (damage[0] ?? ofId);
      if (rejection !== null) return unreadable(damage.some(isNoId) ? '' : id, rejection, record);
      for (const tidying of checked.tidied) tidied.note(tidying, line, null);
      return damage.length === 0
        ? { kind: 'json', row, line, value: checked.value }
        : { kind: 'json', row, line, value: checked.value, damage };
    },
    tellAbsent() {
      return [...absent.keys()].map((name) => {
        if (required.has(name)) {
          throw holdFile('column-missing', { format: 'json', member: quote(name) }, { column: name });
        }
        return findIn('warning', 'column-absent', { format: 'json', column: quote(name) }, { column: name });
      });
    },
  };
};
