// `rollcall plan --json`: a public interface. Members that do not apply are null; times are ISO 8601, UTC.
import type { Tripped } from '../shared/guard/tripped';
import { sentenceOfLimit } from '../shared/messages/catalogue';
import { holdForTrips } from '../shared/guard/guard-outcome';
import { findingsOfPlan, type PlanReport, type PlannedReport } from './plan-report';
import { sentenceOf } from './sentences';

const trippedJson = (tripped: Tripped, isHold: boolean) => ({ ...tripped, message: sentenceOfLimit(tripped, isHold) });

/** The answer. `state`: `accepted`, or `held` for the `reason`; only the guard leaves a plan. */
export function planJson(report: PlanReport) {
  if (report.kind === 'planned') return plannedJson(report);
  const { path, file, inputs, reason } = report;
  return {
    ...{ file: path, bytes: file?.bytes ?? null, source: inputs?.settings.name ?? null },
    ...{ comparedWith: inputs?.comparedWith ?? null, state: 'held' },
    reason: { ...reason, message: sentenceOf(reason) },
    ...{
      content: null,
      rows: null,
      known: null,
      counts: null,
      collapsed: null,
      superseded: null,
      held: [],
      warned: [],
    },
    ...{ warnings: null, findings: [], calls: null, callsPerDay: null, doneAt: null, plan: null },
  };
}

function plannedJson(report: PlannedReport) {
  const { file, inputs, plan, paths } = report;
  const { planned, summary } = plan;
  const { hold, warn } = planned.decision;
  const held = hold.length === 0 ? null : holdForTrips(hold);
  return {
    ...{ file: file.path, bytes: file.bytes, source: inputs.settings.name },
    ...{ comparedWith: inputs.comparedWith, state: held === null ? 'accepted' : 'held' },
    reason: held && { code: held.code, values: held.values, line: null, column: null, message: sentenceOf(held) },
    ...{ content: planned.content, rows: planned.rows, known: planned.known },
    ...{ counts: planned.counts, collapsed: planned.collapsed, superseded: planned.superseded },
    held: hold.map((one) => trippedJson(one, true)),
    warned: warn.map((one) => trippedJson(one, false)),
    warnings: planned.warnings,
    findings: findingsOfPlan(report).map((one) => ({ ...one, message: sentenceOf(one) })),
    ...{ calls: planned.calls, callsPerDay: summary.dailyCalls },
    doneAt: summary.doneAt === null ? null : new Date(summary.doneAt).toISOString(),
    plan: paths,
  };
}
