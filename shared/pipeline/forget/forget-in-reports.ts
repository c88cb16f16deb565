// Forgetting a person in the reports of a run. Of the lists of verdicts and of missing people, their lines go; any other report that names the id is
// deleted as a whole: the file to correct and the plan have done what they were for, and cannot be cut without making them wrong.
import { parse } from 'csv-parse/sync';
import { restoreFormulas } from '../../columns/formula-guard';
import { foldId } from '../../columns/id';
import type { RunKey } from '../../core/run-key';
import { BOM, csvText } from '../../report/csv-text';
import type { ReportStore } from '../../report/report-store';

/** Reports with one line per person, in which `id` is a column of ours. */
const LISTS = /\.(verdicts|missing)\.csv$/;

/** Changes or deletes what names the id. May be repeated. */
export async function forgetInReports(
  reports: Pick<ReportStore, 'list' | 'readText' | 'write' | 'delete'>,
  { source, run }: RunKey,
  id: string,
): Promise<void> {
  const key = { source, run };
  for (const name of await reports.list(key)) {
    const text = await reports.readText(key, name);
    if (text === null || !names(text, id)) continue;
    if (LISTS.test(name)) await writeWithout(reports, key, name, text, id);
    else if (name !== 'summary.json') await reports.delete(key, name);
    else await writeSummary(reports, key, text, id);
  }
}

const names = (text: string, id: string): boolean => foldId(text).includes(foldId(id));

async function writeWithout(
  reports: Pick<ReportStore, 'write'>,
  key: RunKey,
  name: string,
  text: string,
  id: string,
): Promise<void> {
  const records: readonly string[][] = parse(text, { bom: true, relax_column_count: true });
  const at = records[0]?.indexOf('id') ?? -1;
  const kept = records.filter((cells) => foldId(restoreFormulas(cells[at] ?? '')) !== foldId(id));
  if (kept.length === records.length) return;
  const report = reports.write(key, name);
  await report.append(
    BOM +
      csvText(
        kept.map((cells) => cells.map(restoreFormulas)),
        ',',
      ),
  );
  await report.commit();
}

async function writeSummary(reports: Pick<ReportStore, 'write'>, key: RunKey, text: string, id: string): Promise<void> {
  const summary = JSON.parse(text) as { readonly findings?: readonly { readonly id?: unknown }[] };
  const findings = summary.findings?.filter((one) => typeof one.id !== 'string' || foldId(one.id) !== foldId(id));
  if (findings === undefined || findings.length === summary.findings?.length) return;
  const report = reports.write(key, 'summary.json');
  await report.append(`${JSON.stringify({ ...summary, findings }, null, 2)}\n`);
  await report.commit();
}
