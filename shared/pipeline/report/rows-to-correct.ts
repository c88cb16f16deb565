// `<file>.to-correct.csv`: the rejected and failed rows, and those with a value that cannot be read, as HR wrote them, with our three columns. Corrected in Excel and dropped again,
// it is read by intake as `changes`. A JSON export gets `<file>.to-correct.json` with the same members added.
import { isIdTrouble } from '../../columns/id-trouble';
import { OUR_COLUMNS, ourColumnOf, withoutOurMembers } from '../../columns/our-columns';
import { rowMark } from '../../columns/row-mark';
import { openExport } from '../../export/open-export';
import type { ExportRecord, ExportShape, OpenExport } from '../../export/export-record';
import { BOM, csvText } from '../../report/csv-text';
import type { RowFate } from '../../report/row-fates';
import { codesOf } from '../../report/row-fates';
import { sentenceOfFate } from '../../report/sentences';
import { readKeptSettings } from '../../run/kept-settings';
import type { Run } from '../../run/run';
import { fileNameOf, isOfFile, reportNameOf } from '../../run/run';
import { exportExpectation } from '../../source/source-settings';
import type { Pipeline } from '../pipeline';

/** Rows of the file: more than anybody corrects by hand, and bounded in memory. Our choice, 2026-11. */
export const MAX_ROWS_TO_CORRECT = 100_000;
/** Characters of the file: what a spreadsheet still opens. The export itself has the rest. Our choice, 2026-11. */
const MAX_CHARS_TO_CORRECT = 64 * 1024 ** 2;

/** Writes the file if there is anything to correct: the first rows, up to its limits. Resolves to how many; null if there is no file. */
export async function writeRowsToCorrect(
  pipeline: Pick<Pipeline, 'files' | 'reports'>,
  run: Run,
  fates: ReadonlyMap<number, RowFate>,
  maxChars = MAX_CHARS_TO_CORRECT,
): Promise<number | null> {
  // In a run of records there is nothing that HR could correct.
  if (fates.size === 0 || !isOfFile(run)) return null;
  const settings = await readKeptSettings(pipeline.files, run);
  const bytes = await pipeline.files.read(run, 'export');
  if (settings === null || bytes === null) return null;
  const asRead = exportExpectation(settings, fileNameOf(run), run.bytes);
  // Ids were judged when the file was read; their form need not compile any more. Lines must be matched again, however long that takes.
  const lines = asRead.lines && { lines: { ...asRead.lines, budgetMs: Number.POSITIVE_INFINITY } };
  const expect = { ...asRead, idPattern: null, ...lines };
  const opened = await openExport(bytes, expect);
  const report = pipeline.reports.write(run, `${reportNameOf(run)}.to-correct.${opened.shape.format}`);
  await report.append(headOf(opened.shape));
  let written = 0;
  let chars = 0;
  for await (const record of oneByOne(opened.records)) {
    const fate = fates.get(record.row);
    if (fate === undefined || record.kind === 'unsent') continue;
    const text = textOf(opened.shape, record, ourCells(fate, expect.idColumn), written === 0);
    chars += text.length;
    if (chars > maxChars) break;
    await report.append(text);
    if (++written === fates.size) break;
  }
  if (opened.shape.format === 'json') await report.append('\n]\n');
  await report.commit();
  return written;
}

async function* oneByOne(chunks: OpenExport['records']): AsyncGenerator<ExportRecord> {
  for await (const records of chunks) yield* records;
}

/** `values` (the header, or the cells of a row) without our columns; a row that is too short is padded. */
const withoutOurCells = (header: readonly string[], values: readonly string[]): readonly string[] =>
  header.flatMap((name, at) => (ourColumnOf(name) === null ? [values[at] ?? ''] : []));

const headOf = (shape: ExportShape): string => {
  if (shape.format === 'json') return '[\n';
  const header = shape.header ?? [];
  return BOM + csvText([[...withoutOurCells(header, header), ...OUR_COLUMNS]], shape.delimiter ?? ',');
};

/** An id that is itself wrong gives no mark: it is the value to correct. */
const marked = (fate: RowFate, idColumn: string): string =>
  rowMark(fate.row, isIdTrouble(fate.code, fate.column, idColumn) ? null : fate.id);

/** The values of our columns, in order. */
const ourCells = (fate: RowFate, idColumn: string): readonly string[] => [
  marked(fate, idColumn),
  codesOf(fate)[0] ?? '',
  sentenceOfFate(fate),
];

function textOf(shape: ExportShape, record: ExportRecord, ours: readonly string[], isFirst: boolean): string {
  if (shape.format === 'json') {
    const value = record.kind === 'csv' ? {} : (record.value ?? {});
    const own = Object.fromEntries(OUR_COLUMNS.map((name, at) => [name, ours[at]]));
    const member = { ...withoutOurMembers(value), ...own };
    return `${isFirst ? '' : ',\n'}${JSON.stringify(member)}`;
  }
  const written = record.kind === 'json' ? [] : (record.cells ?? []);
  const cells = withoutOurCells(shape.header ?? [], written);
  return csvText([[...cells, ...ours]], shape.delimiter ?? ',');
}
