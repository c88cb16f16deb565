// The moves of a run: the only code that writes a run's state. run.ts draws them. Each is a pure function from run to run, or to null where
// the state does not allow it; the ledger writes the result by compare-and-swap or not at all.
import type { TraceParent } from '../core/trace';
import type { JobKey } from '../graph/job-key';
import type { Verdict } from '../verdict/verdict';
import type { Approval } from './approval';
import type { BatchState } from './batch';
import type { Run, RunReason, RunState, RunTrouble } from './run';
import type { AttemptName } from './run-files';
import { noRows, type RowCounts } from './row-counts';
import { isOfFile, runIdOf, STOPPABLE_STATES } from './run';

/** The states that each move may be made from, and the state it leads to. */
const MOVES = {
  check: { from: ['received', 'checking'], to: 'checking' },
  stage: { from: ['checking'], to: 'staged' },
  hold: { from: ['checking'], to: 'held' },
  refuse: { from: ['checking', 'held'], to: 'refused' },
  approve: { from: ['held'], to: 'checking' },
  expire: { from: ['held'], to: 'parked' },
  park: { from: ['received', 'checking'], to: 'parked' },
  abandon: { from: ['received', 'checking'], to: 'parked' },
  send: { from: ['staged'], to: 'sending' },
  confirm: { from: ['sending'], to: 'confirming' },
  sendAgain: { from: ['confirming'], to: 'sending' },
  settle: { from: ['sending', 'confirming'], to: 'settled' },
  settleParked: { from: ['sending', 'confirming'], to: 'parked' },
  reopen: { from: ['settled', 'parked'], to: 'confirming' },
} as const satisfies Readonly<Record<string, { readonly from: readonly RunState[]; readonly to: RunState }>>;

function move(run: Run, name: keyof typeof MOVES, changes: Partial<Run> = {}): Run | null {
  const { from, to }: { readonly from: readonly RunState[]; readonly to: RunState } = MOVES[name];
  return from.includes(run.state) ? { ...run, ...changes, state: to } : null;
}

/** The version of an export that a run is made from. `lastModified` in ms. */
export interface ReceivedExport {
  readonly source: string;
  readonly name: string;
  readonly etag: string;
  readonly lastModified: number;
  readonly bytes: number;
}

/** The receipt of an export: nothing in it has been read. */
export const receivedRun = (version: ReceivedExport, now: number): Run => ({
  source: version.source,
  run: runIdOf(version.name, version.etag, version.lastModified),
  origin: 'file',
  state: 'received',
  reason: null,
  stop: null,
  resumed: null,
  trouble: null,
  blobName: version.name,
  exportEtag: version.etag,
  arrivedAt: version.lastModified,
  bytes: version.bytes,
  job: null,
  content: 'changes',
  ...NO_COUNTS,
  unanswered: 0,
  verdicts: null,
  waitsFor: null,
  waitsDetail: null,
  waitsUntil: null,
  sha256: null,
  sameAs: null,
  onHold: null,
  attempts: 0,
  readBy: '',
  restarts: 0,
  approvals: 0,
  approval: null,
  toldAt: 0,
  trace: null,
  heartbeatAt: now,
  settledAt: 0,
});

/** The receipt of a run of records, whose export is written already; `run` is its id. */
export const receivedRecords = (version: ReceivedExport & Pick<Run, 'run' | 'origin'>, now: number): Run => ({
  ...receivedRun(version, now),
  run: version.run,
  origin: version.origin,
});

/** What intake counts in an export. */
export type IntakeCounts = Readonly<RowCounts> & Pick<Run, 'batches'>;

/** Nothing counted yet. */
export const NO_COUNTS: IntakeCounts = { ...noRows(), batches: 0 };

/**
 * An attempt at intake begins. A second attempt may begin while the first is still working: both send the same people, and write files under names
 * of their own. `trace`: where the attempt stands; the first one keeps its place.
 */
export const check = (run: Run, now: number, trace: TraceParent | null = null): Run | null =>
  move(run, 'check', { heartbeatAt: now, attempts: run.attempts + 1, trace: run.trace ?? trace });

/** The name of the attempt that has just begun: no other attempt at the run has it, because each begins with a compare-and-swap. */
export const attemptOf = ({ approvals, attempts }: Pick<Run, 'approvals' | 'attempts'>): AttemptName =>
  approvals === 0 && attempts === 1 ? '' : `-${approvals}-${attempts}`;

/**
 * True while the first attempt at a file is at work: nobody before it can have written anything of the run. A second attempt may be at work by now, so
 * what the first one writes once may be there after all.
 */
export const isFirstAttempt = (run: Pick<Run, 'origin' | 'state' | 'approvals' | 'attempts'>): boolean =>
  isOfFile(run) && run.state === 'checking' && attemptOf(run) === '';

/** The sweep starts intake again. */
export const restart = (run: Run, now: number): Run => ({ ...run, heartbeatAt: now, restarts: run.restarts + 1 });

/**
 * After so many restarts intake may be given up: with the default silence of 15 minutes they come after 15 and 45 minutes and then every hour, so
 * the last is nearly a day after the first attempt. Our choice, 2026-11.
 */
const RESTARTS_OF_A_DAY = 25;

/** True if the sweep has started intake again for about a day, in vain. */
export const isStuck = (run: Pick<Run, 'restarts'>): boolean => run.restarts >= RESTARTS_OF_A_DAY;

/** What was learned by reading the whole export. */
export interface StagedExport extends IntakeCounts {
  readonly readBy: AttemptName;
  readonly job: JobKey;
  readonly content: Run['content'];
  readonly sha256: string | null;
  readonly sameAs: string | null;
}

/** The users are committed: the run is visible to older runs, and its batches are made next. */
export const stage = (run: Run, staged: StagedExport, now: number): Run | null =>
  move(run, 'stage', { ...staged, reason: null, heartbeatAt: now });

/** In doubt: nothing of the export is sent. `found`: as far as the file was read, and whose files are kept. */
export const hold = (
  run: Run,
  reason: RunReason,
  found: IntakeCounts & Partial<Pick<Run, 'readBy'>>,
  now: number,
): Run | null => move(run, 'hold', { ...found, reason, heartbeatAt: now });

/**
 * Nothing of the export will ever be sent: it was replaced before it was read, or a held one was not approved. What was reported when it was
 * held is no longer true.
 */
export const refuse = (run: Run, reason: RunReason, now: number): Run | null =>
  move(run, 'refuse', { reason, heartbeatAt: now, settledAt: 0 });

/** A held run may go after all: intake reads the kept export again, and compares it with the roster of now (*approvedAfresh*). */
export const approve = (run: Run, approval: Approval): Run | null =>
  move(run, 'approve', {
    reason: null,
    settledAt: 0,
    heartbeatAt: approval.at,
    attempts: 0,
    restarts: 0,
    approvals: run.approvals + 1,
    approval,
    toldAt: 0,
  });

/** Nobody has decided about a held run for weeks. It is reported again. */
export const expire = (run: Run, reason: RunReason): Run | null => move(run, 'expire', { reason, settledAt: 0 });

/**
 * The platform gave up on intake, again and again for a day. If its users are not committed yet, the run ends here; the sweep restarts a staged run, which shows the
 * reason until then.
 */
export function parkIntake(run: Run, reason: RunReason): Run | null {
  if (!isStuck(run)) return null;
  return run.state === 'staged' ? noteReason(run, reason) : move(run, 'park', { reason });
}

/** Gives the run a reason: it will end as `parked` when it settles. */
export const noteReason = (run: Run, reason: RunReason): Run => ({ ...run, reason });

/** Nothing more of the run is released until a person decides; what was sent is judged as before. Null if it is stopped already. */
export const park = (run: Run, reason: RunReason, now: number): Run | null =>
  run.stop === null && STOPPABLE_STATES.includes(run.state)
    ? { ...run, stop: { kind: 'parked', reason, at: now }, ...NOT_WAITING }
    : null;

/** A parked run goes on where it stopped: release finds what it has to send. */
export const resume = (run: Run, resumed: Run['resumed']): Run | null =>
  run.stop?.kind === 'parked' && STOPPABLE_STATES.includes(run.state)
    ? { ...run, stop: null, resumed, trouble: null }
    : null;

/**
 * The run is given up for good. One whose users are committed ends as `parked` when all that was sent is judged, and what was never sent is held;
 * nothing was sent of one that is still read, so it ends here. Null if it was abandoned before, or has ended, or is held: that one is refused.
 */
export function abandon(run: Run, reason: RunReason, now: number): Run | null {
  const stop = { kind: 'abandoned', reason, at: now } as const;
  if (!STOPPABLE_STATES.includes(run.state)) return move(run, 'abandon', { reason, stop });
  return run.stop?.kind === 'abandoned' ? null : { ...run, reason, stop, trouble: null, onHold: null, ...NOT_WAITING };
}

const NOT_WAITING = { waitsFor: null, waitsDetail: null, waitsUntil: null } as const;

/** A tick in which the run could not be served. */
export const noteTrouble = (run: Run, { step, code }: Pick<RunTrouble, 'step' | 'code'>, now: number): Run => ({
  ...run,
  trouble: { step, code, ticks: (run.trouble?.ticks ?? 0) + 1, since: run.trouble?.since ?? now },
});

/** A tick in which it was served. Null if the one before was no trouble either. */
export const endTrouble = (run: Run): Run | null => (run.trouble === null ? null : { ...run, trouble: null });

/** Older runs have been overtaken: release may put the batches on the queue. */
export const send = (run: Run): Run | null => move(run, 'send');

/** Follows the batches: `sending` while one must be sent, `confirming` while one waits for evidence. Null: no change, or none is open. */
export function followBatches(run: Run, batches: Readonly<Record<BatchState, number>>): Run | null {
  if (batches.staged + batches.sending > 0) return move(run, 'sendAgain');
  return batches.sent > 0 ? move(run, 'confirm') : null;
}

/** What the report counted. */
export interface ReportedRun {
  readonly rows: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
}

/**
 * The reports are written. An open run settles, or is parked if it has a reason; a run that ended before keeps its state. A run in intake
 * has no reports.
 */
export function settle(run: Run, report: ReportedRun, now: number): Run | null {
  const changes = { rows: report.rows, verdicts: report.verdicts, settledAt: now };
  if (run.state === 'held' || run.state === 'refused' || run.state === 'parked') return { ...run, ...changes };
  // Every row of a parked run is decided: there is nothing that could be resumed.
  const stop = run.stop?.kind === 'abandoned' ? run.stop : null;
  return move(run, run.reason === null ? 'settle' : 'settleParked', { ...changes, stop, trouble: null });
}

/** A repair or late evidence: rows of a run that had ended are open again. A run that was never sent has none. */
export const reopen = (run: Run): Run | null => (run.job === null ? null : move(run, 'reopen'));
