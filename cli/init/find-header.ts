// The header of a file that has no settings yet: among the first records, in every delimiter, the one with the most known column names. A
// record that looks like a person is none.
import { DELIMITERS } from '../../shared/columns/delimiters';
import { peek } from '../../shared/export/bytes/peek';
import { unpack } from '../../shared/export/bytes/unpack';
import { firstRecord, tellEscape } from '../../shared/export/csv/dialect';
import type { CsvDialect } from '../../shared/export/csv/parser-options';
import { dialectSampleChars } from '../../shared/export/export-limits';
import { decodeExport } from '../../shared/export/text/decode-export';
import { defaultMaxInflatedBytes } from '../../shared/source/settings-schema';
import { asBuffers, type LocalFile } from '../local-file';
import { countKnown } from './recognise-columns';

/** A table with a header. `skipLines` as in the settings. */
export interface TableHeader {
  readonly format: 'csv';
  readonly delimiter: string;
  readonly skipLines: number;
  readonly columns: readonly string[];
}

/** What is found at the beginning of a file. `none`: of a table, the first record that might have been the header, and is a person. */
export type FoundHeader =
  | TableHeader
  | { readonly format: 'json' }
  | { readonly format: 'none'; readonly line: number; readonly cells: readonly string[] };

/** How the file is written, as far as the caller knows; null: detected. */
export interface Declared {
  readonly encoding: string | null;
  readonly delimiter: string | null;
}

/** Lines among which the header is looked for. */
const LINES_LOOKED_AT = 15;

/** Rows below a header that are compared with it. */
const ROWS_COMPARED = 20;

/** Reads the beginning. Throws `FileHold` for files that are not a table of people. */
export async function findHeader(file: LocalFile, declared: Declared): Promise<FoundHeader> {
  const content = await unpack(asBuffers(file.read()), defaultMaxInflatedBytes);
  const text = await peek(decodeExport(content.bytes, declared.encoding).text, dialectSampleChars);
  // The rest of the file is not needed.
  await text.all[Symbol.asyncIterator]().return?.();
  const sample = text.head.join('');
  return /^\s*[[{]/.test(sample) ? { format: 'json' } : bestHeader(`${sample}\n`, declared.delimiter);
}

/** A record of the sample; `line` is that on which it begins, from 1. */
interface Candidate {
  readonly dialect: CsvDialect;
  readonly line: number;
  readonly cells: readonly string[];
  /** The cells that are not blank. */
  readonly names: readonly string[];
  readonly known: number;
}

function bestHeader(sample: string, delimiter: string | null): FoundHeader {
  const lines = new SampleLines(sample);
  // `sep=;` is understood by the reader; it is not a preamble.
  const named = /^"?sep=(.)/i.exec(sample)?.[1] ?? null;
  const first = named === null ? 1 : 2;
  const declared = delimiter ?? named;
  let best: Candidate | null = null;
  const people: Candidate[] = [];
  for (const tried of declared === null ? DELIMITERS : [declared]) {
    let isBelowPerson = false;
    for (const candidate of lines.candidates({ delimiter: tried, escape: tellEscape(sample), comment: null }, first)) {
      if (candidate.line > LINES_LOOKED_AT) break;
      if (isPerson(candidate)) {
        isBelowPerson = true;
        people.push(candidate);
      } else if ((candidate.known > 0 || !isBelowPerson) && (best === null || isBetter(candidate, best))) {
        best = candidate;
      }
    }
  }
  const person = best === null ? widestOf(people) : isRepeatedBelow(best, lines) ? best : widerAbove(people, best);
  if (best === null || person !== null)
    return { format: 'none', line: person?.line ?? first, cells: person?.names ?? [] };
  const { line, names, dialect } = best;
  return { format: 'csv', delimiter: dialect.delimiter, skipLines: line === first ? 0 : line - 1, columns: names };
}

const widestOf = (candidates: readonly Candidate[]): Candidate | null =>
  candidates.reduce<Candidate | null>(
    (widest, one) => (widest === null || one.names.length > widest.names.length ? one : widest),
    null,
  );

/** A person who is there already, read in a delimiter that gives more cells: without a known name, such a candidate is in a wrong delimiter. */
const widerAbove = (people: readonly Candidate[], { known, line, names }: Candidate): Candidate | null =>
  known > 0 ? null : widestOf(people.filter((one) => one.line <= line && one.names.length > names.length));

/** The lines of a sample, read as records from any of them on. */
class SampleLines {
  private readonly starts: readonly number[];

  constructor(private readonly sample: string) {
    this.starts = [0, ...Array.from(sample.matchAll(LINE_END), (end) => end.index + end[0].length)];
  }

  /** The records that begin on the line or below; a line that begins none, because its quotes are misplaced, is passed over. */
  *candidates(dialect: CsvDialect, from: number): Generator<Candidate> {
    for (let line = from; line <= this.starts.length;) {
      const record = firstRecord(this.sample.slice(this.starts[line - 1]), dialect, line);
      line = record === null ? line + 1 : record.line + linesOf(record.cells);
      if (record === null) continue;
      const cells = record.cells.map((cell) => cell.normalize('NFC').trim());
      const names = cells.filter((cell) => cell !== '');
      if (names.length > 0) yield { dialect, line: record.line, cells, names, known: countKnown(names) };
    }
  }
}

const LINE_END = /\r\n|\n|\r/g;

const linesOf = (cells: readonly string[]): number => 1 + (cells.join(' ').match(LINE_END)?.length ?? 0);

/** Known names first; a title has fewer cells than a header, and rows come below it. */
function isBetter(one: Candidate, other: Candidate): boolean {
  if (one.known !== other.known) return one.known > other.known;
  if (one.names.length !== other.names.length) return one.names.length > other.names.length;
  return one.line < other.line;
}

const MAIL = /\S@\S+\.\S/;
const NUMBER_OR_DATE = /^[\d.,:/ -]*\d[\d.,:/ -]*$/;

/** Fewer known names beside numbers are words of a row, such as a status. */
const LEAST_NAMES = 3;

/** No column is named like an e-mail address; one may be named by a number, such as a year, if most others have known names. */
function isPerson({ names, known }: Candidate): boolean {
  if (names.some((name) => MAIL.test(name))) return true;
  const numbers = names.filter((name) => NUMBER_OR_DATE.test(name)).length;
  return numbers > 0 && (known < LEAST_NAMES || known <= numbers);
}

/** True if a row below repeats a heading in its own column, as a table without a header repeats `Active`. Many known names leave no doubt. */
function isRepeatedBelow({ dialect, line, cells, known }: Candidate, lines: SampleLines): boolean {
  if (known > 1) return false;
  let compared = 0;
  for (const below of lines.candidates(dialect, line)) {
    if (below.line === line) continue;
    if (below.cells.some((cell, at) => cell !== '' && cell === cells[at])) return true;
    if (++compared === ROWS_COMPARED) break;
  }
  return false;
}
