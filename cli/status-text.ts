// `rollcall status` as text for people: the newest runs, the gate, the queues, and last what needs somebody.
import { counted, grouped, moment } from '../shared/core/english';
import type { Closure } from '../shared/delivery/pace';
import { MAX_CALLS_PER_DAY } from '../shared/graph/limits';
import type { GateStatus, ListedRun, MachineStatus } from '../shared/pipeline/status/machine-status';
import type { DaysToCome } from '../shared/pipeline/status/days-of-person';
import type { PersonInSource, PersonRecord } from '../shared/pipeline/status/person-status';
import type { RunStatus } from '../shared/pipeline/status/run-status';
import type { Approval } from '../shared/run/approval';
import { BATCH_STATES, type BatchState } from '../shared/run/batch';
import { shownRowCounts } from '../shared/run/row-counts';
import { shownState, type Run } from '../shared/run/run';
import { VERDICTS, type Verdict } from '../shared/verdict/verdict';
import { fileOf } from './figures';
import { rowCountsText } from './row-counts-text';
import { cureOf, sentenceOf } from './sentences';
import { callsLeft } from './status-json';
import { decisionLines, tellDecision, tellNeed } from './status-need';

const verdictsText = (verdicts: Readonly<Record<Verdict, number>>): string =>
  VERDICTS.filter((word) => verdicts[word] > 0)
    .map((word) => `${grouped(verdicts[word])} ${word}`)
    .join(', ') || 'none yet';

const batchesText = (batches: Readonly<Record<BatchState, number>>): string =>
  BATCH_STATES.map((state) => `${grouped(batches[state])} ${state}`).join(', ');

const closureText = ({ code, until }: Closure): string =>
  `closed until ${moment(until)}. ${sentenceOf({ code, values: {} })} [${code}]`;

function* reasonLines(run: Run, indent: string): Generator<string> {
  const { reason, stop, waitsFor, waitsDetail, waitsUntil } = run;
  if (stop !== null) yield `${indent}${stop.kind} ${moment(stop.at)}: ${sentenceOf(stop.reason)} [${stop.reason.code}]`;
  if (reason?.code === stop?.reason.code) return;
  if (reason !== null) {
    const place = reason.line === null ? '' : `line ${reason.line}: `;
    yield `${indent}${place}${sentenceOf(reason)} [${reason.code}]`;
  }
  if (waitsFor === null) return;
  const detail = waitsDetail === null ? '' : ` (${waitsDetail})`;
  const until = waitsUntil === null ? '' : ` Until ${moment(waitsUntil)}.`;
  yield `${indent}waits: ${sentenceOf({ code: waitsFor, values: {} })}${detail}${until} [${waitsFor}]`;
}

/** The whole machine. `sameStorage`: that of the command, for the commands that are named. */
export function* machineText(status: MachineStatus, sameStorage: string): Generator<string> {
  yield `Rollcall at ${moment(status.at)}`;
  if (status.sources.length === 0) yield '\nNo file has arrived yet.';
  for (const { source, runs } of status.sources) {
    yield `\n${source}`;
    for (const one of runs) yield* listedRun(one);
  }
  yield '';
  if (status.gates.length === 0) yield 'Gate: nothing was ever sent.';
  for (const gate of status.gates) yield* gateLines(gate);
  yield `Queues: ${Object.entries(status.queues)
    .map(([name, messages]) => `${name} ${grouped(messages)}`)
    .join(', ')}`;
  yield '';
  if (status.needs.length === 0) yield 'Nothing needs a person.';
  else yield `Needs a person: ${grouped(status.needs.length)}`;
  for (const { about, code, sentence, cure, decide } of status.needs.map((need) => tellNeed(need, sameStorage))) {
    yield `\n  ${about}`;
    yield `    ${sentence} [${code}]`;
    if (cure !== null) yield `    What to do: ${cure}`;
    if (decide !== null) yield* decisionLines(decide, '    ');
  }
}

function* listedRun({ run, batches }: ListedRun): Generator<string> {
  yield `  ${run.run}  ${shownState(run).padEnd(10)}  ${fileOf(run)}, arrived ${moment(run.arrivedAt)}`;
  if (run.verdicts !== null) yield `    ${counted(run.rows, 'row')}: ${verdictsText(run.verdicts)}`;
  else if (run.rows > 0)
    yield `    ${counted(run.rows, 'row')}: ${counted(run.users, 'user')}, ${grouped(run.rejected)} rejected`;
  if (batches !== null) yield `    batches: ${batchesText(batches)}`;
  if (run.approval !== null) yield `    approved ${approvalText(run.approval)}`;
  yield* reasonLines(run, '    ');
}

function* gateLines(gate: GateStatus): Generator<string> {
  const left = callsLeft(gate.usedToday);
  yield `Gate of tenant ${gate.tenant}: ${gate.closure === null ? 'open' : closureText(gate.closure)}`;
  if (gate.closedBy !== null) yield `  closed by the answer to ${gate.closedBy}`;
  if (gate.strikes > 0) yield `  ${counted(gate.strikes, 'answer')} "wait" (429) since the last accepted call`;
  yield `  ${counted(gate.usedToday, 'call')} in 24 hours; left: ${grouped(left.premium)} of ${grouped(MAX_CALLS_PER_DAY.premium)} (P1, P2), or ${grouped(left.governance)} of ${grouped(MAX_CALLS_PER_DAY.governance)} (ID Governance)`;
  if (gate.credentialEndsAt !== null) yield `  secret or certificate valid until ${moment(gate.credentialEndsAt)}`;
  for (const { job, sources, pause, pausedBy, refusals, logReadUntil } of gate.jobs) {
    yield `  job ${job.jobId} (${sources.join(', ')}): ${pause === null ? 'open' : closureText(pause)}`;
    if (pausedBy !== null) yield `    paused by the answer to ${pausedBy}`;
    if (refusals > 0) yield `    ${counted(refusals, 'request')} refused in a row`;
    yield `    log read until ${logReadUntil === null ? 'never' : moment(logReadUntil)}`;
  }
}

/** Who, when, until when, why. */
const approvalText = ({ by, why, at, until }: Approval): string =>
  `by ${by} on ${moment(at)}, until ${moment(until)}: ${why}`;

/** One run. `sameStorage` as in `machineText`. */
export function* runText(
  { run, batches, verdicts, todo, open, oldestOpenNote, reports }: RunStatus,
  sameStorage: string,
): Generator<string> {
  yield `${run.source}/${fileOf(run)}, run ${run.run}: ${shownState(run)}`;
  yield* reasonLines(run, '  ');
  const { code } = run.stop?.reason ?? run.reason ?? {};
  const cure = code === undefined ? null : cureOf(code);
  if (cure !== null) yield `  What to do: ${cure}`;
  const decide = tellDecision(run, sameStorage);
  if (decide !== null) yield* decisionLines(decide, '  ');
  if (run.approval !== null) yield `  approved  ${approvalText(run.approval)}`;
  const { resumed } = run;
  if (resumed !== null) yield `  resumed   by ${resumed.by.quote} on ${moment(resumed.at)}: ${resumed.why.quote}`;
  yield `  arrived   ${moment(run.arrivedAt)}`;
  yield `  rows      ${rowCountsText(shownRowCounts(run, run.onHold?.people ?? 0))}`;
  yield `  verdicts  ${verdictsText(verdicts)}`;
  if (todo + open > 0)
    yield `  open      ${grouped(todo)} to be sent, ${grouped(open)} waiting for the provisioning log`;
  yield `  batches   ${batchesText(batches)}`;
  if (oldestOpenNote !== null) yield `  oldest open delivery  ${moment(oldestOpenNote)}`;
  yield `  reports   ${reports === null ? 'not written yet' : `reports/${reports}`}`;
}

/** One person; `now` in ms. */
export function* personText(id: string, sources: readonly PersonInSource[], now: number): Generator<string> {
  if (sources.length === 0) yield 'No file has arrived yet.';
  for (const { source, looked, deleted, runs, days, trouble } of sources) {
    yield `${source}: ${id} is in ${grouped(runs.length)} of the newest ${counted(looked, 'run')}`;
    for (const { run, records } of runs) {
      yield `  ${run.run}  ${shownState(run).padEnd(10)}  ${fileOf(run)}, arrived ${moment(run.arrivedAt)}`;
      for (const record of records) {
        yield `    ${recordText(record)}`;
        for (const message of record.beside) yield `      ${sentenceOf(message)} [${message.code}]`;
      }
    }
    if (days !== null) for (const line of daysText(days, now)) yield `  ${line}`;
    if (trouble !== null)
      yield `  Nothing is known of days to come. ${sentenceOf({ code: trouble, values: {} })} [${trouble}]`;
    if (deleted.length > 0)
      yield `  The files of ${counted(deleted.length, 'run')} are deleted, so nothing is known of ${deleted.join(', ')}.`;
  }
}

function* daysText({ run, switches }: DaysToCome, now: number): Generator<string> {
  for (const { at, active } of switches) {
    const state = active ? 'enabled' : 'disabled';
    yield at <= now
      ? `should be ${state} since ${moment(at)}, which Entra has not confirmed yet, as run ${run} says`
      : `will be ${state} on ${moment(at)}, as run ${run} says`;
  }
}

const WORK: Readonly<Record<PersonRecord['work'], string>> = {
  todo: 'to be sent',
  open: 'sent, waiting for the provisioning log',
  done: 'done',
};

function recordText({ line, row, verdict, code, work, batch, sentAt }: PersonRecord): string {
  const parts = [
    `line ${line} (row ${row}): ${verdict ?? WORK[work]}`,
    ...(verdict !== null && work !== 'done' ? [WORK[work]] : []),
    ...(batch === null ? [] : [`batch ${batch}`]),
    ...(sentAt.length === 0 ? [] : [`sent ${sentAt.map(moment).join(', ')}`]),
  ];
  return `${parts.join(', ')}${code === null ? '' : ` [${code}]`}`;
}
