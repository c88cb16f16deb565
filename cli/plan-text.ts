// `rollcall plan` as text for people: what the file would do, what would hold it, the numbers, and where the plan is.
import { counted, grouped } from '../shared/core/english';
import type { Tripped } from '../shared/guard/tripped';
import { planWords, sentenceOfLimit } from '../shared/messages/catalogue';
import { PLAN_KINDS } from '../shared/plan/plan';
import { cliCodes } from './cli-codes';
import { findingsOfPlan, type PlanReport, type PlannedReport } from './plan-report';
import { sentenceOf } from './sentences';

/** The answer. */
export function* planText(report: PlanReport): Generator<string> {
  if (report.kind === 'planned') yield* plannedText(report);
  else {
    const { path, reason } = report;
    const line = reason.line === null ? '' : `line ${reason.line}: `;
    const column = reason.column === null ? '' : `column ${JSON.stringify(reason.column)}: `;
    // What is wrong with the question says nothing about the file.
    yield report.inputs === null || reason.code in cliCodes
      ? `${path}: there is no plan.`
      : `${path}: HELD, nothing of it would be sent. There is no plan.`;
    yield `  ${line}${column}${sentenceOf(reason)} [${reason.code}]`;
  }
}

function* plannedText(report: PlannedReport): Generator<string> {
  const { file, inputs, plan, paths } = report;
  const { planned, summary } = plan;
  const { hold, warn } = planned.decision;
  const { counts, known, rows } = planned;
  const outlook = { counts, known, rows, isHeld: hold.length > 0, isRun: false };
  yield `${file.path} (${counted(file.bytes, 'byte')}), source ${inputs.settings.name}`;
  yield '';
  yield planWords.headline(outlook);
  yield planWords.verdict(outlook);
  yield* limitLines(hold, true);
  if (warn.length > 0) {
    yield planWords.warnings(warn.length);
    yield* limitLines(warn, false);
  }
  yield '';
  yield* numberLines(report);
  yield* findingLines(report);
  yield '';
  yield 'Person by person (personal data: only you can read these files):';
  yield `  ${paths.page}`;
  yield `  ${paths.csv}`;
  yield '';
  yield nextStep(report);
  if (summary.counts.rejected > 0)
    yield `Rejected rows are not sent with the rest, and these people keep what they have: \`rollcall check\` lists every row with its mistake.`;
}

function* limitLines(tripped: readonly Tripped[], isHold: boolean): Generator<string> {
  for (const one of tripped) yield `  ${sentenceOfLimit(one, isHold)} [${one.limit}]`;
}

const WIDTH = 30;
const line = (name: string, value: string): string => `  ${name.padEnd(WIDTH)}${value}`;

function* numberLines({ inputs, plan }: PlannedReport): Generator<string> {
  const { counts, known, rows, collapsed, superseded, calls, content } = plan.planned;
  const { dailyCalls, doneAt } = plan.summary;
  yield line(planWords.rows, `${grouped(rows)}. ${planWords.contentOf[content]}`);
  yield line(planWords.known, `${grouped(known)}, ${KNOWN_BY[inputs.comparedWith]}`);
  for (const kind of PLAN_KINDS) {
    if (counts[kind] === 0) continue;
    const share = known > 0 && kind !== 'rejected' && kind !== 'new' ? counts[kind] / known : null;
    yield line(planWords.kinds[kind], planWords.amount(counts[kind], share));
  }
  if (collapsed > 0) yield line('Repeated rows', grouped(collapsed));
  if (superseded > 0) yield line('Rows in whose place another counts', grouped(superseded));
  yield line(planWords.calls, `${grouped(calls)}, ${planWords.budgetShare(calls / dailyCalls, dailyCalls)} a day`);
  if (doneAt !== null) yield line(planWords.done, planWords.doneAt(doneAt));
}

const KNOWN_BY: Readonly<Record<PlannedReport['inputs']['comparedWith'], string>> = {
  storage: 'in the roster of the source',
  'roster-file': 'in the roster that was given',
  nothing: 'there is nothing to compare with',
};

function* findingLines(report: PlannedReport): Generator<string> {
  const findings = findingsOfPlan(report);
  const { warnings } = report.plan.planned;
  if (findings.length + warnings === 0) return;
  yield '';
  yield 'Findings';
  for (const one of findings) yield `  ${one.severity.padEnd(8)} ${sentenceOf(one)} [${one.code}]`;
  if (warnings > 0)
    yield `  warning  ${counted(warnings, 'value')} of single people ${warnings === 1 ? 'is' : 'are'} worth a look: \`rollcall check\` lists ${warnings === 1 ? 'it' : 'them'}.`;
}

function nextStep({ plan }: PlannedReport): string {
  const { decision, calls } = plan.planned;
  if (decision.hold.length > 0)
    return 'What to do: look at the people, and ask HR whether that is meant. If it is not, correct the file. If it is, drop it: it will be held, and `rollcall approve` lets exactly that file go.';
  if (calls === 0) return 'What to do: nothing. Dropping the file would send nothing.';
  return 'What to do: look at the people, then drop the file.';
}
