// The reports of a run for HR: a verdict for every row, the rows to correct, a summary. Written again when late evidence changes
// something; the run gets its last state only after they are written.
import { foldId } from '../../columns/id';
import type { ValuesOf } from '../../core/codes';
import type { Finding } from '../../export/export-record';
import { BOM, csvText } from '../../report/csv-text';
import type { RowFate } from '../../report/row-fates';
import { codesOf, rowFates } from '../../report/row-fates';
import { sentenceOfFate } from '../../report/sentences';
import { heldText, summaryText } from '../../report/summary';
import type { ReportWriter } from '../../report/report-store';
import { changeRun } from '../../run/ledger';
import type { Run } from '../../run/run';
import { isHeldByGuard, isOfFile, reportNameOf, wasNeverSent } from '../../run/run';
import type { runCodes } from '../../run/run-codes';
import { ofAttempt } from '../../run/run-files';
import { settle } from '../../run/run-moves';
import type { Verdict } from '../../verdict/verdict';
import { TURNED_ON_AGAIN } from '../../verdict/give-verdict';
import { noVerdicts } from '../../verdict/verdict';
import { readOutcome } from '../../verdict/outcome';
import type { Pipeline } from '../pipeline';
import type { PlanHeldPorts } from '../plan/plan-held-run';
import { planHeldRun } from '../plan/plan-held-run';
import { saidInactiveBefore } from './said-inactive';
import { heldTextName, tellDecision } from './tell-decision';
import { writeText } from './write-text';
import { reportMissing } from './report-missing';
import { writeRowsToCorrect } from './rows-to-correct';
import { RowsToCorrect } from './choose-rows';

export type ReportPorts = Pick<Pipeline, 'ledger' | 'files' | 'indexes' | 'evidence' | 'reports' | 'clock' | 'emit'>;

/** What a run needs that may be held by the guard: then it has a plan beside its reports. */
export type ReportHeldPorts = ReportPorts & PlanHeldPorts;

/** Rows collected before they are turned into text. */
const ROWS_AT_ONCE = 500;

/** Writes the reports of a run that intake has just ended; a plan first, if the guard holds it. */
export async function reportHeldRun(pipeline: ReportHeldPorts, run: Run): Promise<void> {
  // Whom a run of records disables is in the list of missing people, or in the order.
  if (isHeldByGuard(run) && isOfFile(run)) await planHeldRun(pipeline, run);
  await reportRun(pipeline, run);
}

/** Writes the reports and settles an open run; a held or refused run keeps its state. */
export async function reportRun(pipeline: ReportPorts, run: Run): Promise<void> {
  const { ledger, clock, emit } = pipeline;
  const { verdicts, rows, codes, toCorrect } = await writeVerdicts(pipeline, run);
  const written = await writeRowsToCorrect(pipeline, run, toCorrect.chosen());
  const settledAt = clock.now();
  const settled = settle(run, { rows, verdicts }, settledAt);
  if (settled === null) throw new TypeError(`a run that is ${run.state} has no reports`);
  const findings = JSON.parse(
    (await pipeline.files.readWhole(run, ofAttempt(run, 'findings.json')))?.toString('utf8') ?? '[]',
  ) as readonly Finding[];
  const missing = await reportMissing(pipeline, run);
  const leftOut = findingsOfLeftOut(written, toCorrect.total);
  await writeText(pipeline, run, 'summary.json', summaryText(settled, [...leftOut, ...findings], codes, missing));
  await tellDecision(pipeline, run);
  if (wasNeverSent(run)) await writeText(pipeline, run, heldTextName(run), BOM + heldText(run));
  const moved = await changeRun(ledger.runs, run, (now) =>
    now.state === run.state && now.approvals === run.approvals ? settle(now, { rows, verdicts }, settledAt) : null,
  );
  if (moved === null) return;
  const turnedOn = codes.get(TURNED_ON_AGAIN) ?? 0;
  if (turnedOn > 0) emit('rollcall.reconcile.turnedon', { source: run.source, run: run.run, rows: turnedOn });
  emit('rollcall.reconcile.settled', {
    source: run.source,
    run: run.run,
    state: moved.state,
    rows,
    isFirst: run.settledAt === 0,
    ...counts(verdicts),
  });
}

/** `written`: rows in the file of rows to correct; null if there is none. */
function findingsOfLeftOut(written: number | null, total: number): readonly Finding[] {
  if (written === null || written >= total) return [];
  const values: ValuesOf<typeof runCodes, 'rows-to-correct-left-out'> = { written, total };
  return [{ severity: 'warning', code: 'rows-to-correct-left-out', values, line: null, column: null, id: null }];
}

const counts = (verdicts: Readonly<Record<Verdict, number>>): Partial<Record<Verdict, number>> =>
  Object.fromEntries(Object.entries(verdicts).filter(([, count]) => count > 0));

interface Written {
  readonly rows: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Rows by the code beside their verdict. */
  readonly codes: ReadonlyMap<string, number>;
  readonly toCorrect: RowsToCorrect;
}

async function writeVerdicts(pipeline: ReportPorts, run: Run): Promise<Written> {
  const verdicts = noVerdicts();
  const codes = new Map<string, number>();
  const toCorrect = new RowsToCorrect();
  const report = pipeline.reports.write(run, `${reportNameOf(run)}.verdicts.csv`);
  await report.append(BOM + csvText([['line', 'id', 'verdict', 'code', 'sentence']], ','));
  let rows = 0;
  let waiting: RowFate[] = [];
  const { files, ledger } = pipeline;
  const words = await reasonsOf(pipeline, run);
  for await (const fate of rowFates(files, ledger.batches, run, words, saidInactiveBefore(pipeline, run))) {
    rows++;
    verdicts[fate.verdict]++;
    for (const code of codesOf(fate)) codes.set(code, (codes.get(code) ?? 0) + 1);
    toCorrect.add(fate);
    waiting.push(fate);
    if (waiting.length < ROWS_AT_ONCE) continue;
    await append(report, waiting);
    waiting = [];
  }
  await append(report, waiting);
  await report.commit();
  return { rows, verdicts, codes, toCorrect };
}

async function append(report: ReportWriter, fates: readonly RowFate[]): Promise<void> {
  if (fates.length > 0)
    await report.append(
      csvText(
        fates.map((fate) => [
          String(fate.line),
          fate.id ?? '',
          fate.verdict,
          codesOf(fate).join(' '),
          sentenceOfFate(fate),
        ]),
        ',',
      ),
    );
}

/** The service's own words about failed and refused rows, from the evidence. Read only if there are such rows. */
async function reasonsOf(
  pipeline: Pick<Pipeline, 'ledger' | 'evidence'>,
  run: Run,
): Promise<ReadonlyMap<number, string>> {
  const reasons = new Map<number, string>();
  const failed = new Map<string, number>();
  const refused = new Set<number>();
  for await (const page of pipeline.ledger.batches.all(run.run)) {
    for (const row of page.flatMap(({ value }) => value.rows)) {
      if (row.verdict === 'failed') failed.set(foldId(row.id), row.row);
      if (row.verdict === 'rejected') refused.add(row.row);
    }
  }
  if (refused.size > 0)
    for (const [row, message] of await pipeline.evidence.refusals(run)) if (refused.has(row)) reasons.set(row, message);
  if (failed.size === 0) return reasons;
  for await (const entry of pipeline.evidence.read(run)) {
    const outcome = readOutcome(entry);
    if (outcome?.effect !== 'failed' || !outcome.reason) continue;
    const row = failed.get(foldId(outcome.externalId));
    if (row !== undefined) reasons.set(row, outcome.reason);
  }
  return reasons;
}
