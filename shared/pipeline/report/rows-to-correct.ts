// `<file>.to-correct.csv`: the rejected and failed rows as HR wrote them, with our three columns. Corrected in Excel and dropped back in,
// intake reads it as `changes`. A JSON export gets `<file>.to-correct.json`, the same members added.
import { openExport } from '../../export/open-export';
import type { ExportRecord, ExportShape } from '../../export/export-record';
import { BOM, csvText } from '../../report/csv-text';
import type { ReportWriter } from '../../report/report-store';
import type { RowFate } from '../../report/row-fates';
import { rowMark } from '../../report/row-mark';
import { sentenceOf } from '../../report/sentences';
import type { Run } from '../../run/run';
import { fileNameOf } from '../../run/run';
import { exportExpectation, parseSourceSettings } from '../../source/source-settings';
import type { Pipeline } from '../pipeline';

const OUR_COLUMNS = ['rollcall_row', 'rollcall_code', 'rollcall_reason'] as const;

/** Writes the file if there is anything to correct. */
export async function writeRowsToCorrect(
  pipeline: Pick<Pipeline, 'files' | 'reports'>,
  run: Run,
  fates: ReadonlyMap<number, RowFate>,
): Promise<void> {
  if (fates.size === 0) return;
  const text = (await pipeline.files.readWhole(run, 'source.json'))?.toString('utf8');
  const parsed = parseSourceSettings(text ?? '', run.source);
  const bytes = await pipeline.files.read(run, 'export');
  if (!parsed.ok || bytes === null) return;
  const opened = await openExport(bytes, exportExpectation(parsed.settings, fileNameOf(run), run.bytes));
  const report = pipeline.reports.write(run, `${fileNameOf(run)}.to-correct.${opened.shape.format}`);
  await report.append(headOf(opened.shape));
  let written = 0;
  for await (const records of opened.records) {
    for (const record of records) {
      const fate = fates.get(record.row);
      if (fate !== undefined) await writeOne(report, opened.shape, record, fate, written++ === 0);
    }
  }
  if (opened.shape.format === 'json') await report.append('\n]\n');
  await report.commit();
}

const ownCells = (shape: ExportShape): ReadonlySet<number> =>
  new Set(
    [shape.returned?.row, shape.returned?.code, shape.returned?.reason].filter(
      (at): at is number => typeof at === 'number',
    ),
  );

const headOf = (shape: ExportShape): string => {
  if (shape.format === 'json') return '[\n';
  const own = ownCells(shape);
  return (
    BOM + csvText([[...(shape.header ?? []).filter((_, at) => !own.has(at)), ...OUR_COLUMNS]], shape.delimiter ?? ',')
  );
};

/** An id that is itself the trouble gives no mark: it is what is to be corrected. */
const marked = (fate: RowFate): string => rowMark(fate.row, fate.code?.includes('id') === true ? null : fate.id);

async function writeOne(
  report: ReportWriter,
  shape: ExportShape,
  record: ExportRecord,
  fate: RowFate,
  isFirst: boolean,
): Promise<void> {
  const ours = [marked(fate), fate.code ?? '', sentenceOf(fate)];
  if (shape.format === 'json') {
    const value = record.kind === 'csv' ? {} : (record.value ?? {});
    const member = { ...value, rollcall_row: ours[0], rollcall_code: ours[1], rollcall_reason: ours[2] };
    return report.append(`${isFirst ? '' : ',\n'}${JSON.stringify(member)}`);
  }
  const own = ownCells(shape);
  const written = record.kind === 'json' ? [] : (record.cells ?? []);
  const cells = (shape.header ?? []).map((_, at) => written[at] ?? '').filter((_, at) => !own.has(at));
  return report.append(csvText([[...cells, ...ours]], shape.delimiter ?? ','));
}
