// `rollcall status --json`: a public interface. Members that do not apply are null; times are ISO 8601, UTC.
import type { Message } from '../shared/core/message';
import type { Closure } from '../shared/delivery/pace';
import { MAX_CALLS_PER_DAY } from '../shared/graph/limits';
import type { MachineStatus } from '../shared/pipeline/status/machine-status';
import type { PersonInSource } from '../shared/pipeline/status/person-status';
import type { RunStatus } from '../shared/pipeline/status/run-status';
import { shownRowCounts } from '../shared/run/row-counts';
import { fileNameOf, type Run } from '../shared/run/run';
import { sentenceOf } from './sentences';
import { tellDecision, tellNeed } from './status-need';

const timeOf = (ms: number | null): string | null => (ms === null || ms === 0 ? null : new Date(ms).toISOString());

const closureJson = (closure: Closure | null, by: string | null) =>
  closure && {
    code: closure.code,
    message: sentenceOf({ code: closure.code, values: {} }),
    until: timeOf(closure.until),
    by,
  };

const runHead = (run: Run, sameStorage: string) => ({
  source: run.source,
  run: run.run,
  file: fileNameOf(run),
  state: run.state,
  reason: run.reason && {
    code: run.reason.code,
    message: sentenceOf(run.reason),
    line: run.reason.line,
    column: run.reason.column,
  },
  stop: run.stop && {
    kind: run.stop.kind,
    at: timeOf(run.stop.at),
    code: run.stop.reason.code,
    message: sentenceOf(run.stop.reason),
  },
  resumed: run.resumed && { by: run.resumed.by.quote, why: run.resumed.why.quote, at: timeOf(run.resumed.at) },
  decide: tellDecision(run, sameStorage),
  approval: run.approval && {
    by: run.approval.by,
    why: run.approval.why,
    at: timeOf(run.approval.at),
    until: timeOf(run.approval.until),
    limits: run.approval.limits,
  },
  arrivedAt: timeOf(run.arrivedAt),
  settledAt: timeOf(run.settledAt),
  ...shownRowCounts(run, run.onHold?.people ?? 0),
  waitsFor:
    run.waitsFor === null
      ? null
      : {
          code: run.waitsFor,
          message: sentenceOf({ code: run.waitsFor, values: {} }),
          detail: run.waitsDetail,
          until: timeOf(run.waitsUntil),
        },
});

/** Calls that are left of the day, by licence: which one the app is set to is not kept in storage. */
export const callsLeft = (used: number): { readonly premium: number; readonly governance: number } => ({
  premium: Math.max(MAX_CALLS_PER_DAY.premium - used, 0),
  governance: Math.max(MAX_CALLS_PER_DAY.governance - used, 0),
});

/** The whole machine. `sameStorage`: that of the command, for the commands that are named. */
export const machineJson = (status: MachineStatus, sameStorage: string) => ({
  at: timeOf(status.at),
  sources: status.sources.map(({ source, runs }) => ({
    source,
    runs: runs.map(({ run, batches }) => ({ ...runHead(run, sameStorage), batches, verdicts: run.verdicts })),
  })),
  gates: status.gates.map((gate) => ({
    tenant: gate.tenant,
    closed: closureJson(gate.closure, gate.closedBy),
    callsIn24Hours: gate.usedToday,
    callsLeft: callsLeft(gate.usedToday),
    strikes: gate.strikes,
    credentialEnds: timeOf(gate.credentialEndsAt),
    jobs: gate.jobs.map(({ job, sources, pause, pausedBy, refusals, logReadUntil }) => ({
      ...job,
      sources,
      paused: closureJson(pause, pausedBy),
      refusals,
      logReadUntil: timeOf(logReadUntil),
    })),
  })),
  queues: status.queues,
  needs: status.needs.map((need) => tellNeed(need, sameStorage)),
});

/** One run. `sameStorage` as in `machineJson`. */
export const runJson = (status: RunStatus, sameStorage: string) => ({
  ...runHead(status.run, sameStorage),
  batches: status.batches,
  verdicts: status.verdicts,
  todo: status.todo,
  open: status.open,
  oldestOpenDelivery: timeOf(status.oldestOpenNote),
  reports: status.reports,
});

const tellMessage = (message: Message) => ({ code: message.code, message: sentenceOf(message) });

/** One person; `now` in ms. */
export const personJson = (id: string, sources: readonly PersonInSource[], now: number) => ({
  id,
  sources: sources.map(({ source, looked, deleted, runs, days, trouble }) => ({
    source,
    looked,
    deleted,
    trouble: trouble && tellMessage({ code: trouble, values: {} }),
    daysToCome: (days?.switches ?? []).map(({ at, active }) => ({
      at: timeOf(at),
      active,
      run: days?.run,
      isOverdue: at <= now,
    })),
    runs: runs.map(({ run, records }) => ({
      run: run.run,
      state: run.state,
      arrivedAt: timeOf(run.arrivedAt),
      records: records.map((one) => ({
        ...one,
        beside: one.beside.map(tellMessage),
        sentAt: one.sentAt.map(timeOf),
      })),
    })),
  })),
});
