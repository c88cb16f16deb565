// Lines of a CSV file that the settings say are not people (`file.ignore`, `file.trailer`), by the text of the line on which a record begins: inside a
// quoted cell no record begins. The header is never one of them, whatever it looks like.
import { compileLinearPattern, type LinearPattern } from '../../columns/linear-pattern';
import { quote } from '../../core/message';
import type { Finding, LineExpectation } from '../export-record';
import { findIn } from '../find-in-file';
import type { RawChunk } from '../gather-records';
import { holdFile } from '../hold-file';
import { isBlankRow, isDashedRow } from '../nobody';
import type { CsvRecord } from './record-reader';

/** The group of a trailer's pattern that says how many rows the file has. */
export const TRAILER_ROWS = 'rows';

/** Longest line that is compared with a pattern, UTF-16 code units; a longer one is a row. Our choice, 2026-11: closing lines have ten to a hundred. */
export const maxLineChars = 1_000;

/** The rules of one file. */
export interface LineRules {
  /** True of a line that is to be ignored. May throw the hold `line-pattern-slow`. */
  isIgnored(line: string): boolean;
  /**
   * The records without lines to ignore and without the trailer; the first one, which is the header, as it is. Throws the hold `trailer-missing` in
   * place of a last record that is none.
   */
  apply(chunks: AsyncIterable<RawChunk<CsvRecord>>): AsyncGenerator<RawChunk<CsvRecord>>;
  /** Compares the trailer with the rows that were read. Throws the hold `trailer-differs`. Only behind the last record. */
  checkTrailer(rows: number): void;
  /** What was ignored. Complete at the end of the file. */
  findings(): readonly Finding[];
}

type Compiled = Extract<LinearPattern, { ok: true }>['form'];

/** The settings' check refuses what does not compile; settings of an older version may have it: it matches nothing. */
const compiled = (pattern: string): readonly Compiled[] => {
  const result = compileLinearPattern(pattern);
  return result.ok ? [result.form] : [];
};

// 1,234 and 1.234, 1 234 and 1'234: a count as people write it.
const written = /^\d+$|^\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+$/;
const countIn = (text: string): number | null => (written.test(text) ? Number(text.replace(/\D/g, '')) : null);

const noBlankWords = (): boolean => false;

/** Makes the rules of one file; null if the settings have none. `now`: ms. */
export const createLineRules = (
  expect: LineExpectation | undefined,
  now: () => number = () => performance.now(),
): LineRules | null => {
  if (expect === undefined) return null;
  const { ignore, trailer, budgetMs } = expect;
  const trailerForm = trailer === null ? null : (compiled(trailer)[0] ?? null);
  const beginnings = ignore.filter((one) => typeof one === 'string');
  const patterns = ignore.flatMap((one) => (typeof one === 'string' ? [] : compiled(one.pattern)));
  const ignored = { lines: 0, first: 0 };
  let spentMs = 0;
  let matched = 0;
  let last: CsvRecord | null = null;
  /** By the trailer; null if the last line is none. */
  let announced: number | null = null;

  const isIgnored = (line: string): boolean => {
    if (beginnings.some((beginning) => line.startsWith(beginning))) return true;
    if (patterns.length === 0 || line.length > maxLineChars) return false;
    // Each match ends, but patterns near the limits take so long that a large file would never end.
    const startedAt = now();
    const found = patterns.some((form) => form.test(line));
    spentMs += now() - startedAt;
    matched++;
    if (spentMs >= budgetMs) throw holdFile('line-pattern-slow', { seconds: budgetMs / 1_000, lines: matched });
    return found;
  };

  const ignores = ({ text, line }: CsvRecord): boolean => {
    if (!isIgnored(text)) return false;
    if (ignored.lines++ === 0) ignored.first = line;
    return true;
  };

  const announcedIn = (text: string): number | null => {
    if (trailerForm === null || text.length > maxLineChars) return null;
    const match = trailerForm.matcher(text);
    return match.find() ? countIn(match.group(TRAILER_ROWS) ?? '') : null;
  };

  async function* apply(chunks: AsyncIterable<RawChunk<CsvRecord>>): AsyncGenerator<RawChunk<CsvRecord>> {
    let place = 0;
    let wasSuspicious = false;
    for await (const { records, chars, suspicious } of chunks) {
      const out: CsvRecord[] = [];
      for (const record of records) {
        const isHeader = place === 0;
        if (!isHeader && ignores(record)) continue;
        const isUnderHeader = place++ === 1;
        // What may be the trailer waits until something follows that is not blank.
        const passes = isHeader || trailerForm === null || holdsNobody(record, isUnderHeader);
        if (passes) out.push(record);
        else {
          if (last !== null) out.push(last);
          last = record;
        }
      }
      yield { records: out, chars, suspicious: suspicious || wasSuspicious };
      // The record that waits may be of any chunk before.
      wasSuspicious = trailerForm !== null && (wasSuspicious || suspicious);
    }
    if (last === null) return;
    announced = announcedIn(last.text);
    if (announced !== null) return;
    // Before it is read as a row that was cut.
    const { line, text } = last;
    throw holdFile('trailer-missing', { pattern: quote(trailer ?? ''), text: quote(text), line }, { line });
  }

  return {
    isIgnored,
    apply,
    checkTrailer(rows) {
      if (last === null || announced === null || announced === rows) return;
      const { line, text } = last;
      throw holdFile('trailer-differs', { announced, found: rows, text: quote(text), line }, { line });
    },
    findings: () =>
      ignored.lines === 0
        ? []
        : [findIn('note', 'lines-ignored', { lines: ignored.lines, line: ignored.first }, { line: ignored.first })],
  };
};

const holdsNobody = ({ cells }: CsvRecord, isUnderHeader: boolean): boolean =>
  isBlankRow(cells, noBlankWords) || (isUnderHeader && isDashedRow(cells));
