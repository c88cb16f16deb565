// A run: the processing of one export, from arrival to its last verdict.
//
//   received ──► checking ──► staged ──► sending ◄──► confirming ──► settled
//                 │    ▲                                  ▲             │
//                 │    └─ approve ─ held ──► parked       └── reopen ───┘  a repair or late evidence
//                 ├──────────────────►│
//                 └──► refused ◄──────┘
//
//   parked: from received or checking when intake fails for good or is abandoned, from held when nobody decides, and instead of settled when
//   there is a reason; reopened like settled
//
//   A run between staged and confirming may be stopped (`stop`), whatever its state: nothing more of it is released, all else goes on.
//
//      (none) ── park ──► parked ── resume ──► (none)          parked ── its last row is decided ──► (none), settled
//         └───── abandon ───┴─────► abandoned, for good        rows never sent are held, and the run ends as parked when the others are judged
//
//   received    the receipt: the export was seen (container, name, ETag), nothing was read
//   checking    intake reads, maps and stages; nothing can be sent
//   held        in doubt: 0 calls, a reason, a report; if the guard or the quota holds it, an approval leads back to checking
//   refused     will never be sent: replaced, or refused by a person
//   staged      users are committed and visible to older runs; batches are being made
//   sending     older runs have been overtaken; release may put batches on the queue
//   confirming  nothing is left to send, rows wait for evidence
//   settled     every row has its verdict, the reports are written
//   parked      like settled, but the platform gave up on part of it (poison queue): a person must act; or on all of it before it
//               was read. Rows that were never sent are `held`; their people can be dropped again
//
// run-moves.ts names the moves and is the only code that writes the state of a run, batch.ts that of a batch.
import { DAY_MS } from '../core/clock';
import type { Message, Quote } from '../core/message';
import { withoutUnusable } from '../core/names';
import type { TraceParent } from '../core/trace';
import type { JobKey } from '../graph/job-key';
import type { Verdict } from '../verdict/verdict';
import type { Approval } from './approval';
import type { AttemptName } from './run-files';
import { arrivalOf } from '../roster/entry-bytes';
import { stableHash } from '../core/hash';

export const RUN_STATES = [
  'received',
  'checking',
  'held',
  'refused',
  'staged',
  'sending',
  'confirming',
  'settled',
  'parked',
] as const;
export type RunState = (typeof RUN_STATES)[number];

/** States in which a run's records count as the newest of their people (docs/design.md §3 Order: *stagedFirst*). */
export const LIVE_STATES: readonly RunState[] = ['staged', 'sending', 'confirming', 'settled', 'parked'];
/** True if the run's records count. A run parked before its users were committed has no people, so it does not. */
export const isLive = (run: Pick<Run, 'state' | 'job'>): boolean => LIVE_STATES.includes(run.state) && run.job !== null;

/** Held, refused, or parked before it was read: no call was made for it, and none will be. */
export const wasNeverSent = (run: Pick<Run, 'state' | 'job'>): boolean =>
  run.state === 'held' || run.state === 'refused' || (run.state === 'parked' && run.job === null);

/** True if the guard holds the run: it was read to its end, and its plan says what it would do. */
export const isHeldByGuard = ({ state, reason }: Pick<Run, 'state' | 'reason'>): boolean =>
  state === 'held' && reason?.code === 'guard-tripped';

/** True if a person may let the run go: it is held for what it would do, or for its quota, and nothing is known to be wrong with it. */
export const isApprovable = (run: Pick<Run, 'state' | 'reason'>): boolean =>
  isHeldByGuard(run) || (run.state === 'held' && run.reason?.code === 'quota-exceeded');

/** True if the run was given up for good by a person: nothing more of it is sent. */
export const isAbandoned = ({ stop }: Pick<Run, 'stop'>): boolean => stop?.kind === 'abandoned';

/** States in which nothing of a run is sent any more, unless late evidence or the end of a hold reopens it. */
export const ENDED_STATES: readonly RunState[] = ['settled', 'refused', 'parked'];

/** States in which batches of a run may be sent or wait for evidence. */
export const OPEN_STATES: readonly RunState[] = ['sending', 'confirming'];
/** How long a run with unanswered rows is checked after its end, ms: a request may be processed much later (a job paused for days). */
export const LATE_EVIDENCE_MS = 7 * DAY_MS;
/** The fewest days for which an ended run is kept: longer than late evidence may belong to it. */
export const MIN_RETENTION_DAYS = 8;
/** True if the run has unanswered rows and, at `now`, ms, is open or ended so late that their requests may still be processed. */
export const mayNeedRepair = (run: Pick<Run, 'state' | 'settledAt' | 'unanswered'>, now: number): boolean =>
  run.unanswered > 0 && (OPEN_STATES.includes(run.state) || run.settledAt > now - LATE_EVIDENCE_MS);

/** States in which a run can be stopped: its users are committed, and something may still be sent or judged. */
export const STOPPABLE_STATES: readonly RunState[] = ['staged', ...OPEN_STATES];
/** The run as people name it: a stopped one is parked or abandoned, whatever else it still does. */
export type ShownState = RunState | RunStop['kind'];
export const shownState = ({ state, stop }: Pick<Run, 'state' | 'stop'>): ShownState => stop?.kind ?? state;
/** True if a person should look: it is held, or parked by anybody but a person who gave it up. */
export const waitsForPerson = (run: Pick<Run, 'state' | 'stop'>): boolean =>
  shownState(run) === 'held' || shownState(run) === 'parked';

/** States in which intake still has work to do, and therefore a heartbeat. */
export const INTAKE_STATES: readonly RunState[] = ['received', 'checking', 'staged'];

/** True of a run that was never sent, if something is to be done for it all the same: somebody may decide about it, or its reports are missing. */
export const isPending = (run: Pick<Run, 'state' | 'reason' | 'origin' | 'job' | 'settledAt'>): boolean =>
  (run.state === 'held' && (isApprovable(run) || isOrder(run))) || (wasNeverSent(run) && run.settledAt === 0);

/** True if the run has ended, and its reports say so. A run that was never sent may be `parked` before they do. */
export const hasEnded = (run: Pick<Run, 'state' | 'settledAt'>): boolean =>
  (run.state === 'settled' || run.state === 'parked') && run.settledAt > 0;

/** States in which a run is on its way: a tick looks at every such run. */
export const MOVING_STATES: readonly RunState[] = [...INTAKE_STATES, ...OPEN_STATES];
/** Throws `TypeError` if one of the states is none of a run on its way. */
export function assertMoving(states: readonly RunState[]): void {
  const other = states.find((state) => !MOVING_STATES.includes(state));
  if (other !== undefined) throw new TypeError(`runs that are ${other} are in no list`);
}

/** Why a run is held, refused or parked: the code may be logged, the values are for HR's reports only. */
export interface RunReason extends Message {
  readonly line: number | null;
  readonly column: string | null;
}

/** Why nothing more of a run is released. */
export interface RunStop {
  /** A parked run can be resumed; an abandoned one cannot, and its rows that were never sent are held. */
  readonly kind: 'parked' | 'abandoned';
  readonly reason: RunReason;
  /** Since when, ms. */
  readonly at: number;
}

/** A run that could not be served in tick after tick. */
export interface RunTrouble {
  /** What failed last, and its code. */
  readonly step: string;
  readonly code: string;
  /** Ticks in which something failed, without one in between in which nothing did. */
  readonly ticks: number;
  /** The first of them, ms. */
  readonly since: number;
}

/** Rows of a run that the hold list keeps back, and when they must be looked at: `looksAt`, ms, or when the list is not the one of `list`. */
export interface OnHold {
  readonly people: number;
  /** How many of them are leavers, whose accounts are not disabled meanwhile. */
  readonly leavers: number;
  readonly looksAt: number;
  /** The version of the list by which the rows were last looked at: an ETag, `none` if there was no list; null before the first look. */
  readonly list: string | null;
}

/**
 * What a run is made from.
 * - `file`     what HR dropped
 * - `disable`  a person whom an operator disables (`rollcall disable`)
 * - `missing`  people who have had no row in HR's full files for too long (`missingPeople`)
 * - `dates`    people whose day has come: HR's rows named it (`active.until`, `active.from`)
 *
 * The last three are runs of records: each of their lines is a record that we keep of a person, with the `active` of now. Those of the first two
 * only disable.
 */
export type RunOrigin = 'file' | 'disable' | 'missing' | 'dates';

/** True for a run of HR's file; a run of records has no header, no manifest and no content of HR's to compare with. */
export const isOfFile = (run: Pick<Run, 'origin'>): boolean => run.origin === 'file';

/** True for a run of people whose day has come. */
export const isOfDates = (run: Pick<Run, 'origin'>): boolean => run.origin === 'dates';

/** True for an operator's order to disable somebody (`rollcall disable`). */
export const isOrder = (run: Pick<Run, 'origin'>): boolean => run.origin === 'disable';

/** The run's entity in the table `runs`: partition = source, row = run. Times are ms since the epoch. */
export interface Run {
  readonly source: string;
  readonly run: string;
  readonly origin: RunOrigin;
  readonly state: RunState;
  readonly reason: RunReason | null;
  /** Null if the run may be released. */
  readonly stop: RunStop | null;
  /** Who let it go on when it was parked last, and why; null if nobody had to. Ms. */
  readonly resumed: { readonly by: Quote; readonly why: Quote; readonly at: number } | null;
  /** Null if the run was served in the last tick. */
  readonly trouble: RunTrouble | null;
  /** Name of the blob inside the container, with the source's folder: `contoso-hr/people.csv`. */
  readonly blobName: string;
  readonly exportEtag: string;
  /** When HR dropped it: the blob's last change, in whole seconds as HTTP gives it. */
  readonly arrivedAt: number;
  readonly bytes: number;
  readonly job: JobKey | null;
  readonly content: 'full' | 'changes';
  readonly rows: number;
  readonly users: number;
  readonly rejected: number;
  readonly collapsed: number;
  readonly superseded: number;
  readonly skipped: number;
  readonly batches: number;
  /** Number of unanswered rows (docs/model: *repair*); while a run has any, newer runs are checked for repairs. */
  readonly unanswered: number;
  readonly verdicts: Readonly<Record<Verdict, number>> | null;
  /** Why nothing of it is released now: a code of the gate or of the job's health; null if nothing blocks it. */
  readonly waitsFor: string | null;
  /** The service's own word for it, such as the reason for a quarantine; null if there is none. */
  readonly waitsDetail: string | null;
  /** The earliest time at which it may go on, ms; null if it waits for nothing or the time is unknown. */
  readonly waitsUntil: number | null;
  /** SHA-256 of the export's bytes, lower-case hex; null until it was read. */
  readonly sha256: string | null;
  /** The source's newest run when this one was read, if the content is the same: its confirmed people need no call. */
  readonly sameAs: string | null;
  /** Null if no row is kept back by the hold list. */
  readonly onHold: OnHold | null;
  /** How often intake began since the run arrived or was approved: more than once, and two attempts may be at work. */
  readonly attempts: number;
  /** The attempt whose list of rows, packing, people index and findings are those of the run (docs/design.md §3.5). */
  readonly readBy: AttemptName;
  /** How often the sweep has started intake again since then. */
  readonly restarts: number;
  /** How often it was approved: each approval compares the file with the roster of its time. */
  readonly approvals: number;
  /** The approval under which intake works; null if there is none. */
  readonly approval: Approval | null;
  /** When somebody was last told that it waits for an approval, ms; 0 if nobody was. */
  readonly toldAt: number;
  /** Where its intake began in a trace: what is done for the run later is found with it. Null until then, or if nothing is traced. */
  readonly trace: TraceParent | null;
  /** Last sign of life of intake. */
  readonly heartbeatAt: number;
  readonly settledAt: number;
}

/** Name of the file as HR knows it: the last segment of the blob's name. */
export const fileNameOf = (run: Pick<Run, 'blobName'>): string => run.blobName.slice(run.blobName.lastIndexOf('/') + 1);

/**
 * Bytes of UTF-8 that the name of a report takes from the name of its file: with its own ending it must fit into 1,024 characters of a blob's name,
 * and into 255 bytes where reports are copied to a disk (ext4, APFS). Our choice, 2026-11.
 */
const MAX_REPORT_NAME_BYTES = 200;

/** What the names of the reports begin with: the name of the file, as far as every disk can hold it. */
export function reportNameOf(run: Pick<Run, 'blobName'>): string {
  let name = '';
  let bytes = 0;
  for (const character of withoutUnusable(fileNameOf(run))) {
    bytes += Buffer.byteLength(character);
    if (bytes > MAX_REPORT_NAME_BYTES) break;
    name += character;
  }
  return name;
}

/** Hex digits of the hash in a run's id. */
const HASH_DIGITS = 10;

/**
 * The id of a run is derived from its export alone, so a duplicate event finds the run that the first one made.
 * `yyyyMMddTHHmmssZ-<hash>`: the blob's last change, then a hash of name and ETag. Sorts by arrival: the newest run of a source has
 * the greatest id. Last-Modified has whole seconds (RFC 9110 §5.6.7), so two versions dropped within one second may sort either way.
 */
export function runIdOf(blobName: string, etag: string, lastModified: number): string {
  return `${runStampOf(lastModified)}-${stableHash([blobName, etag], HASH_DIGITS)}`;
}

/**
 * The id directly after that of `run`: no other id sorts between the two. For a run that a run of the same source makes: whatever is newer than
 * the one is newer than the other.
 */
export const runIdAfter = (run: string): string => laterId(run, 1n, '0'.repeat(HASH_DIGITS));

/** So many ids made in turn are in one second, some 500 of them; two that are made at once differ all but surely. */
const STEP_DIGITS = 8;

/**
 * An id after that of `run`, of the same second as long as there is room, so that it is not dated ahead of the clock. `name` tells ids apart that
 * are made at once. Never the one directly after, which is a place of its own.
 */
export const runIdBeyond = (run: string, name: string): string =>
  laterId(run, BigInt(`0x${stableHash([name], STEP_DIGITS)}`) + 2n, stableHash([name], HASH_DIGITS));

/** `step` ids after `run`; beyond the end of its second, the id of the next one with this hash. */
function laterId(run: string, step: bigint, hashOfNext: string): string {
  const at = run.length - HASH_DIGITS;
  const next = (BigInt(`0x${run.slice(at)}`) + step).toString(16).padStart(HASH_DIGITS, '0');
  if (next.length === HASH_DIGITS) return `${run.slice(0, at)}${next}`;
  return `${runStampOf((arrivalOf(run) + 1) * 1_000)}-${hashOfNext}`;
}

/** The beginning of the ids of all runs whose blob was last changed at `ms`: ids of later ones sort after it. */
export const runStampOf = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');
