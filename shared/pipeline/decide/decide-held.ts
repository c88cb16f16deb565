// A person decides about a held run: it goes after all, or never (docs/design.md §3.5). Written where HR has no right to write, so who may only
// drop files can forge no approval.
import { quote } from '../../core/message';
import { arrivalOfRun } from '../../delivery/queues';
import { approvalOf } from '../../guard/approved-limits';
import type { Tripped } from '../../guard/tripped';
import { APPROVAL_MS, LONGEST_ATTEMPT_MS } from '../../run/approval';
import { readKeptSettings } from '../../run/kept-settings';
import { changeRun } from '../../run/ledger';
import type { Run, RunState } from '../../run/run';
import { isApprovable, isHeldByGuard } from '../../run/run';
import { approve, refuse } from '../../run/run-moves';
import type { VoidedBy } from '../../run/run-codes';
import { voidedBy } from '../intake/assert-approval';
import type { Pipeline } from '../pipeline';
import type { ReportPorts } from '../report/report-run';
import { reportRun } from '../report/report-run';

/** Who decides, and why: both are for people, never for telemetry. */
export interface Decider {
  readonly by: string;
  readonly why: string;
}

/** Why nothing was decided. `until`: ms. */
export type Undecided =
  /** It is not held; maybe it no longer is. */
  | { readonly kind: 'not-held'; readonly state: RunState }
  /** It is held because something is wrong with the file or the settings: no approval makes it right. */
  | { readonly kind: 'not-approvable'; readonly code: string }
  /** An approval would be for something else than what was looked at. */
  | { readonly kind: 'void'; readonly changed: VoidedBy }
  /** An attempt at it may still be at work. */
  | { readonly kind: 'too-early'; readonly until: number };

export type Decided = { readonly kind: 'decided'; readonly run: Run } | Undecided;

export type ApprovePorts = Pick<Pipeline, 'ledger' | 'files' | 'sources' | 'arrivals' | 'clock'>;

/**
 * Lets a held run go: intake reads the kept export again, and holds it only if it would do more than what is approved now. One that is held for
 * its quota is read to its end for the first time, so the guard may hold it then.
 */
export async function approveRun(ports: ApprovePorts, run: Run, { by, why }: Decider): Promise<Decided> {
  const { ledger, arrivals, clock } = ports;
  const obstacle = await obstacleTo(ports, run);
  if (obstacle !== null) return obstacle;
  const at = clock.now();
  const limits = isHeldByGuard(run)
    ? approvalOf((run.reason?.values as { readonly tripped: readonly Tripped[] }).tripped)
    : [];
  const approval = { by, why, at, until: at + APPROVAL_MS, limits };
  const approved = await changeRun(ledger.runs, run, (now) =>
    isApprovable(now) && now.approvals === run.approvals && now.attempts === run.attempts
      ? approve(now, approval)
      : null,
  );
  if (approved === null) return notHeld(ports, run);
  // A process that dies before this is helped by the sweep, which restarts every silent intake.
  await arrivals.put(arrivalOfRun(run), 0);
  return { kind: 'decided', run: approved };
}

async function obstacleTo(ports: ApprovePorts, run: Run): Promise<Undecided | null> {
  if (run.state !== 'held') return { kind: 'not-held', state: run.state };
  if (!isApprovable(run)) return { kind: 'not-approvable', code: run.reason?.code ?? '' };
  const until = run.heartbeatAt + LONGEST_ATTEMPT_MS;
  if (run.attempts > 1 && ports.clock.now() < until) return { kind: 'too-early', until };
  const settings = await readKeptSettings(ports.files, run);
  const changed = settings === null ? 'settings' : await voidedBy(ports, run, settings);
  return changed === null ? null : { kind: 'void', changed };
}

export type RefusePorts = Pick<Pipeline, 'ledger' | 'clock' | 'emit'> & ReportPorts;

/** Ends a held run: nothing of it will ever be sent, whatever held it. */
export async function refuseRun(ports: RefusePorts, run: Run, { by, why }: Decider): Promise<Decided> {
  const { ledger, clock, emit } = ports;
  if (run.state !== 'held') return { kind: 'not-held', state: run.state };
  const values = { by: quote(by), why: quote(why) };
  const reason = { code: 'refused-by-person', values, line: null, column: null };
  const refused = await changeRun(ledger.runs, run, (now) =>
    now.state === 'held' && now.approvals === run.approvals ? refuse(now, reason, clock.now()) : null,
  );
  if (refused === null) return notHeld(ports, run);
  emit('rollcall.intake.refused', { source: run.source, run: run.run, code: reason.code });
  await reportRun(ports, refused);
  return { kind: 'decided', run: refused };
}

async function notHeld({ ledger }: Pick<Pipeline, 'ledger'>, run: Run): Promise<Undecided> {
  const now = await ledger.runs.read(run.source, run.run);
  return { kind: 'not-held', state: now?.value.state ?? run.state };
}
