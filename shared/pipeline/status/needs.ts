// What needs a person: held and parked runs, gates that only a person opens, and signs that nobody is working. Pure.
import { DAY_MS } from '../../core/clock';
import type { CodeTable } from '../../core/codes';
import { deliveryCodes } from '../../delivery/delivery-codes';
import type { TenantGate } from '../../delivery/gate-store';
import { pauseOf } from '../../delivery/job-gate';
import { closureOf, type Closure } from '../../delivery/pace';
import { credentialCodes } from '../../graph/credential-codes';
import { endsSoon } from '../../graph/credential-watch';
import { graphCodes } from '../../graph/graph-codes';
import { jobText, type JobKey } from '../../graph/job-key';
import type { Overdue } from '../observe/find-overdue';
import { needsPerson } from '../../run/needs-person';
import { INTAKE_STATES, OPEN_STATES, type Run } from '../../run/run';

const MINUTE_MS = 60_000;
/** The sweep restarts a silent intake after 15 minutes by default; if it is silent for twice that time, it has failed before, or nobody restarts it. Our choice, 2026-11. */
const SILENT_AFTER_MS = 30 * MINUTE_MS;
/** The timer reads the log every 5 minutes by default, one job for at most 4. Our choice, 2026-11. */
const LOG_OLD_AFTER_MS = 30 * MINUTE_MS;

/** A day's switches are sent within minutes, and confirmed within the hour, unless something is in their way. Our choice, 2026-11. */
const DATES_LATE_AFTER_MS = DAY_MS;

/** One thing that needs a person. Times are ms since the epoch. */
export type Need =
  /** Held or parked, and no later file has made up for it; or parked on its way. */
  | { readonly kind: 'run'; readonly run: Run }
  /** Sending of the whole tenant is halted. */
  | { readonly kind: 'gate'; readonly tenant: string; readonly closure: Closure; readonly by: string | null }
  /** Sending to a job is halted. `detail` is the service's own word, if it has one. */
  | {
      readonly kind: 'job';
      readonly job: JobKey;
      readonly code: string;
      readonly detail: string | null;
      readonly until: number | null;
    }
  /** The credential for Graph ends soon, or has ended. */
  | { readonly kind: 'credential'; readonly tenant: string; readonly endsAt: number }
  /** Messages that the platform gave up on, and that nobody has taken. */
  | { readonly kind: 'poison'; readonly queue: string; readonly messages: number }
  /** Messages that no version could read; they are kept until somebody has looked at them. */
  | { readonly kind: 'kept'; readonly messages: number }
  /** Intake gives no sign of life, and nobody restarts it. */
  | { readonly kind: 'silent'; readonly run: Run }
  /** The day of somebody of a source came long ago, and what it asks for is not done. */
  | { readonly kind: 'dates'; readonly source: string; readonly since: number }
  /** No file of a source came by the time that its settings name. */
  | { readonly kind: 'overdue'; readonly source: string; readonly since: number }
  /** Rows wait for the log of a job, and nobody reads it. */
  | { readonly kind: 'log'; readonly job: JobKey; readonly readUntil: number };

/** What was seen of the machine. */
export interface Seen {
  /** Newest first within a source. */
  readonly runs: readonly Run[];
  readonly gates: readonly TenantGate[];
  /** When the log of each job was last read, by `jobText`; a job that is missing was never read. */
  readonly logs: ReadonlyMap<string, number>;
  readonly queues: Readonly<Record<string, number>>;
  /** Messages that are kept because nobody could read them. */
  readonly kept: number;
  /** By source, the first day that has still to come, or whose switches are not confirmed yet; ms. */
  readonly dates: ReadonlyMap<string, number>;
  readonly overdue: readonly Overdue[];
}

/** True if only a person ends what this code says; other pauses end by themselves. */
const isHalt = (code: string): boolean => HALTING[code]?.kind === 'halt';

const HALTING: CodeTable = { ...graphCodes, ...credentialCodes, ...deliveryCodes };

/** Everything that needs a person, in the order in which to look at it. */
export const needsOf = (seen: Seen, now: number): readonly Need[] => [
  ...haltedGates(seen.gates, now),
  ...haltedJobs(seen, now),
  ...endingCredentials(seen.gates, now),
  ...seen.runs.filter((run) => needsPerson(run, seen.runs, now)).map((run): Need => ({ kind: 'run', run })),
  ...seen.runs
    .filter((run) => INTAKE_STATES.includes(run.state) && run.heartbeatAt < now - SILENT_AFTER_MS)
    .map((run): Need => ({ kind: 'silent', run })),
  ...[...seen.dates]
    .filter(([, since]) => since < now - DATES_LATE_AFTER_MS)
    .map(([source, since]): Need => ({ kind: 'dates', source, since })),
  ...seen.overdue.map((one): Need => ({ kind: 'overdue', ...one })),
  ...oldLogs(seen, now),
  ...Object.entries(seen.queues)
    .filter(([queue, messages]) => queue.endsWith('-poison') && messages > 0)
    .map(([queue, messages]): Need => ({ kind: 'poison', queue, messages })),
  ...(seen.kept > 0 ? [{ kind: 'kept', messages: seen.kept } as const] : []),
];

function haltedGates(gates: readonly TenantGate[], now: number): readonly Need[] {
  return gates.flatMap(({ tenant, pace }): readonly Need[] => {
    const closure = closureOf(pace, now);
    return closure !== null && isHalt(closure.code) ? [{ kind: 'gate', tenant, closure, by: pace.closedBy }] : [];
  });
}

function endingCredentials(gates: readonly TenantGate[], now: number): readonly Need[] {
  return gates.flatMap(({ tenant, credentialEndsAt: endsAt }): readonly Need[] =>
    endsAt !== null && endsSoon(endsAt, now) ? [{ kind: 'credential', tenant, endsAt }] : [],
  );
}

/** Each halted job once, with the reason of the gate before what its runs wait for. */
function haltedJobs({ runs, gates }: Seen, now: number): readonly Need[] {
  const halted = new Map<string, Need>();
  for (const run of runs) {
    if (run.job === null) continue;
    const key = jobText(run.job);
    for (const gate of gates) {
      const noted = gate.jobOf(run.job);
      const pause = noted && pauseOf(noted, now);
      if (pause === null || !isHalt(pause.code) || halted.has(key)) continue;
      halted.set(key, { kind: 'job', job: run.job, code: pause.code, detail: null, until: pause.until });
    }
    const { waitsFor: code, waitsDetail: detail, waitsUntil: until } = run;
    const isTold = code === null || gates.some(({ pace }) => closureOf(pace, now)?.code === code);
    if (isTold || !OPEN_STATES.includes(run.state) || !isHalt(code) || halted.has(key)) continue;
    halted.set(key, { kind: 'job', job: run.job, code, detail, until });
  }
  return [...halted.values()];
}

function oldLogs({ runs, logs }: Seen, now: number): readonly Need[] {
  const waiting = runs.filter((run) => run.state === 'confirming' && run.job !== null);
  const jobs = new Map(waiting.flatMap(({ job }) => (job === null ? [] : [[jobText(job), job]])));
  return [...jobs].flatMap(([key, job]): readonly Need[] => {
    const readUntil = logs.get(key);
    return readUntil !== undefined && readUntil < now - LOG_OLD_AFTER_MS ? [{ kind: 'log', job, readUntil }] : [];
  });
}
