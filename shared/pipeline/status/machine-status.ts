// The machine at a glance: the newest runs of each source, the gate, the queues, and what needs a person. Reads only.
import type { TenantGate } from '../../delivery/gate-store';
import { pauseOf } from '../../delivery/job-gate';
import { closureOf, usedToday, type Closure } from '../../delivery/pace';
import type { WorkQueue } from '../../delivery/queues';
import { jobText, type JobKey } from '../../graph/job-key';
import type { LogWatermark } from '../../graph/log-watermark';
import type { BatchState } from '../../run/batch';
import type { BatchStore, RunStore } from '../../run/ledger';
import { findOverdue } from '../observe/find-overdue';
import type { RosterStore } from '../../roster/roster-store';
import { OPEN_STATES, type Run } from '../../run/run';
import type { SourceStore } from '../../source/source-store';
import type { EvidenceStore } from '../../verdict/evidence-store';
import { needsOf, type Need } from './needs';
import { newestRuns } from '../../run/newest-runs';

/** What is read. Nothing here can write. */
export interface MachinePorts {
  readonly runs: Pick<RunStore, 'sources' | 'ofSource'>;
  readonly batches: Pick<BatchStore, 'countStates'>;
  readonly rosters: Pick<RosterStore, 'current'>;
  readonly sources: Pick<SourceStore, 'read'>;
  readonly gates: () => Promise<readonly TenantGate[]>;
  readonly watermarkOf: (tenant: string) => Pick<LogWatermark, 'read'>;
  /** By name. */
  readonly queues: Readonly<Record<string, Pick<WorkQueue<never>, 'depth'>>>;
  readonly evidence: Pick<EvidenceStore, 'keptMessages'>;
}

/** A run in the list. */
export interface ListedRun {
  readonly run: Run;
  /** Null unless its batches are on their way. */
  readonly batches: Readonly<Record<BatchState, number>> | null;
}

/** A job as the gate knows it. */
export interface JobStatus {
  readonly job: JobKey;
  readonly sources: readonly string[];
  readonly pause: Closure | null;
  /** The batch whose answer paused it, `<run>/<batch>`. */
  readonly pausedBy: string | null;
  /** Requests in a row that the service refused for their content. */
  readonly refusals: number;
  /** When its log was last read, ms; null if never. */
  readonly logReadUntil: number | null;
}

/** The gate of a tenant. */
export interface GateStatus {
  readonly tenant: string;
  readonly closure: Closure | null;
  readonly closedBy: string | null;
  /** Calls in the last 24 hours, rounded up to whole hours. */
  readonly usedToday: number;
  /** Answers "wait" (429) since the last accepted call. */
  readonly strikes: number;
  /** When the credential for Graph ends, ms; null if it does not, or nobody knows. */
  readonly credentialEndsAt: number | null;
  readonly jobs: readonly JobStatus[];
}

/** Everything at one moment, ms since the epoch. */
export interface MachineStatus {
  readonly at: number;
  readonly sources: readonly { readonly source: string; readonly runs: readonly ListedRun[] }[];
  readonly gates: readonly GateStatus[];
  /** Roughly how many messages are on each queue. */
  readonly queues: Readonly<Record<string, number>>;
  readonly needs: readonly Need[];
}

/** Looks at everything; `most` runs of each source. A few calls per source and job, one listing of batches per open run. */
export async function lookAtMachine(ports: MachinePorts, most: number, now: number): Promise<MachineStatus> {
  const sources: { readonly source: string; readonly runs: readonly ListedRun[] }[] = [];
  const dates = new Map<string, number>();
  for (const source of await ports.runs.sources()) {
    const next = (await ports.rosters.current(source))?.value.dates?.next;
    if (next !== undefined) dates.set(source, next);
    const runs: ListedRun[] = [];
    for (const run of await newestRuns(ports.runs, source, most, now))
      runs.push({ run, batches: OPEN_STATES.includes(run.state) ? await ports.batches.countStates(run.run) : null });
    sources.push({ source, runs });
  }
  const runs = sources.flatMap((one) => one.runs.map(({ run }) => run));
  const found = await ports.gates();
  const logs = new Map<string, number>();
  const gates: GateStatus[] = [];
  for (const gate of found) gates.push(await gateStatus(ports, gate, runs, found.length === 1, logs, now));
  const queues: Record<string, number> = {};
  for (const [name, queue] of Object.entries(ports.queues)) queues[name] = await queue.depth();
  const kept = (await ports.evidence.keptMessages()).length;
  const overdue = await findOverdue(
    ports,
    sources.map(({ source }) => source),
    now,
  );
  const needs = needsOf({ runs, gates: found, logs, queues, kept, dates, overdue }, now);
  return { at: now, sources, gates, queues, needs };
}

async function gateStatus(
  ports: Pick<MachinePorts, 'watermarkOf'>,
  gate: TenantGate,
  runs: readonly Run[],
  isOnlyOne: boolean,
  logs: Map<string, number>,
  now: number,
): Promise<GateStatus> {
  const watermark = ports.watermarkOf(gate.tenant);
  const jobs: JobStatus[] = [];
  for (const [job, sources] of jobsOf(runs)) {
    const noted = gate.jobOf(job);
    const readUntil = await watermark.read(job);
    // Runs do not say which tenant they belong to: where there are several, the notes do.
    if (!isOnlyOne && noted === null && readUntil === 0) continue;
    if (readUntil > 0) logs.set(jobText(job), readUntil);
    const pause = noted && pauseOf(noted, now);
    jobs.push({
      job,
      sources,
      pause,
      pausedBy: pause && noted.pausedBy,
      refusals: noted?.refusals ?? 0,
      logReadUntil: readUntil === 0 ? null : readUntil,
    });
  }
  const closure = closureOf(gate.pace, now);
  return {
    tenant: gate.tenant,
    closure,
    closedBy: closure && gate.pace.closedBy,
    usedToday: usedToday(gate.pace, now),
    strikes: gate.pace.strikes,
    credentialEndsAt: gate.credentialEndsAt,
    jobs,
  };
}

function jobsOf(runs: readonly Run[]): readonly (readonly [JobKey, readonly string[]])[] {
  const jobs = new Map<string, readonly [JobKey, Set<string>]>();
  for (const { job, source } of runs) {
    if (job === null) continue;
    const known = jobs.get(jobText(job)) ?? [job, new Set<string>()];
    known[1].add(source);
    jobs.set(jobText(job), known);
  }
  return [...jobs.values()].map(([job, sources]) => [job, [...sources]]);
}
