// A batch: up to 50 users sent in one bulk request, and what is known about each of its rows.
//
//   staged ─► sending ─► sent ─► settled          staged ─► settled (all rows superseded or done)
//     ▲          │         │         │
//     └──────────┴─────────┴─────────┘  some row must be sent (again): new delivery number, the old message is void
//
//   staged    some row is `todo`; a message may be on the queue, valid only for the delivery it names (*fence*), once released (*released*)
//   sending   a sender noted the call before making it (*unknownIsOpen*); only the sweep takes over (*lease*)
//   sent      the service accepted, or the answer is unknown: rows are `open` until evidence or time closes them
//   settled   every row is done
//
// A row:  todo (to be sent) ─► open (noted as sent, no verdict yet) ─► done (verdict given), and back to todo for a retry.
// Every move is a pure function from batch to batch; the ledger writes the result by compare-and-swap or not at all.
import type { RowEvidence } from '../verdict/row-evidence';
import type { RunKey } from '../core/run-key';
import { clientRequestIdOf } from '../graph/client-request-id';
import type { PackedBatch } from '../people/packing';
import type { Hold } from '../holdlist/hold-list';
import { holdRow, keepOnHold, supersedeRow } from '../verdict/give-verdict';

export const BATCH_STATES = ['staged', 'sending', 'sent', 'settled'] as const;
export type BatchState = (typeof BATCH_STATES)[number];

/** One row of a batch: its position in the export, and what is known about it. Times are ms since the epoch. */
export interface BatchRow extends RowEvidence {
  /** Number of the record in the export, from 1. */
  readonly row: number;
  /** `externalId`. */
  readonly id: string;
  /** Byte range of the user's line in the run's users blob. */
  readonly offset: number;
  readonly bytes: number;
  /** When each delivery that may have been accepted was noted. Evidence never removes one: the times tell which run an entry belongs to. */
  readonly sentAt: readonly number[];
  /** How often the answer to a delivery of this row was lost. */
  readonly unknowns: number;
}

/** The batch's entity in the table `batches`: partition = run, row = batch. */
export interface Batch {
  readonly source: string;
  readonly run: string;
  /** Six digits, then `.n` for each split: `000017.1`. */
  readonly batch: string;
  readonly state: BatchState;
  /** The fence: a message is valid for this delivery only. */
  readonly delivery: number;
  /** All its users are leavers (`active: false`): it goes before all other batches of the tenant. */
  readonly leavers: boolean;
  /** Not released before this time. */
  readonly notBefore: number;
  /** When this delivery was last released, before its pointer was put on the queue; 0 = no message is good (*released*). */
  readonly releasedAt: number;
  /** How often this delivery was released: more than once, and its message was lost or failed each time. */
  readonly releases: number;
  /** When a sender last noted `sending`. */
  readonly sendingAt: number;
  /** Graph's `request-id` of the last 202. */
  readonly requestId: string | null;
  /** Our id of the last call that was noted, under which Graph finds it, answered or not; null if there was none. */
  readonly clientRequestId: string | null;
  /** Number of batches split off; their ids are derived from it. */
  readonly children: number;
  readonly rows: readonly BatchRow[];
}

/** A row as intake packs it. */
export const newRow = (row: number, id: string, offset: number, bytes: number): BatchRow => ({
  row,
  id,
  offset,
  bytes,
  work: 'todo',
  deliveries: 0,
  sentAt: [],
  changes: [],
  verdict: null,
  code: null,
  turnedOn: false,
  unanswered: false,
  retries: 0,
  resends: 0,
  unknowns: 0,
  repaired: false,
  hold: null,
  lastWord: false,
});

/** A batch as intake makes it: nothing in it has been sent. */
export const newBatch = (run: RunKey, packed: PackedBatch): Batch => ({
  source: run.source,
  run: run.run,
  batch: packed.batch,
  state: 'staged',
  delivery: 1,
  leavers: packed.leavers,
  notBefore: 0,
  releasedAt: 0,
  releases: 0,
  sendingAt: 0,
  requestId: null,
  clientRequestId: null,
  children: 0,
  rows: packed.rows.map(([row, id, offset, bytes]) => newRow(row, id, offset, bytes)),
});

export const rowsWith = (batch: Batch, work: BatchRow['work']): readonly BatchRow[] =>
  batch.rows.filter((row) => row.work === work);

/** The state that follows from the rows: something to send, something to wait for, or nothing. */
export function withStateOfRows(batch: Batch): Batch {
  const state = batch.rows.some((row) => row.work === 'todo')
    ? 'staged'
    : batch.rows.some((row) => row.work === 'open')
      ? 'sent'
      : 'settled';
  return { ...batch, state };
}

const mapRows = (batch: Batch, work: BatchRow['work'], change: (row: BatchRow) => BatchRow): readonly BatchRow[] =>
  batch.rows.map((row) => (row.work === work ? change(row) : row));

/** A newer run carries some of the unsent rows: they are given up. Null if it carries none, or the batch is not staged. */
export function supersedeRows(batch: Batch, isCarried: (row: BatchRow) => boolean): Batch | null {
  if (batch.state !== 'staged' || !rowsWith(batch, 'todo').some(isCarried)) return null;
  const rows = mapRows(batch, 'todo', (row) => (isCarried(row) ? supersedeRow(row) : row));
  return withStateOfRows({ ...batch, rows });
}

/** Names the batch among those of all runs. */
export const nameOf = ({ run, batch }: Pick<Batch, 'run' | 'batch'>): string => `${run}/${batch}`;

/** A new delivery: any message on the queue is void, and the batch may be released again from `notBefore` on. */
export const nextDelivery = (batch: Batch, notBefore: number): Batch => ({
  ...batch,
  delivery: batch.delivery + 1,
  notBefore,
  releasedAt: 0,
  releases: 0,
});

/**
 * After so many releases of one delivery it may be given up: with the default of 15 minutes after which a message counts as lost, that is a day. Our
 * choice, 2026-11, as for intake.
 */
const RELEASES_OF_A_DAY = 96;

/** True if this delivery has been released again and again for about a day, and no sender has noted it. */
export const isStuckDelivery = (batch: Pick<Batch, 'releases'>): boolean => batch.releases >= RELEASES_OF_A_DAY;

/** The delivery goes to the queue now; its message is good from then on (*released*). */
export const noteReleased = (batch: Batch, now: number): Batch => ({
  ...batch,
  releasedAt: now,
  releases: batch.releases + 1,
});

type Fenced = Pick<Batch, 'state' | 'delivery'>;

/** *fence*, *released*: true if a message that names this delivery may still be acted on. A release notes the batch before it puts the message. */
export const isGoodFor = (batch: Fenced & Pick<Batch, 'releasedAt'>, message: Pick<Batch, 'delivery'>): boolean =>
  batch.state === 'staged' && batch.delivery === message.delivery && batch.releasedAt > 0;

/** *fence*: true if the sender that noted this delivery still owns the batch: nobody has taken it over. */
export const isStillSending = (batch: Fenced, noted: Pick<Batch, 'delivery'>): boolean =>
  batch.state === 'sending' && batch.delivery === noted.delivery;

/** Before the call: rows count as delivered, at this time, whatever happens next. */
export function noteSending(batch: Batch, now: number): Batch {
  const rows = mapRows(batch, 'todo', (row) => ({
    ...row,
    work: 'open',
    deliveries: row.deliveries + 1,
    sentAt: [...row.sentAt, now],
  }));
  const clientRequestId = clientRequestIdOf(batch.run, batch.batch, batch.delivery);
  return { ...batch, state: 'sending', sendingAt: now, clientRequestId, rows };
}

/** The service accepted (202): rows wait for evidence. `requestId` is Graph's. */
export const recordAccepted = (batch: Batch, requestId: string | null): Batch =>
  withStateOfRows({ ...batch, requestId, releasedAt: 0 });

/** Refused for now, or never called: nothing can have been accepted, so the rows of this delivery (`rows`) go back. */
export function recordNotTaken(batch: Batch, rows: ReadonlySet<number>, notBefore: number): Batch {
  const back = batch.rows.map((row) =>
    rows.has(row.row)
      ? { ...row, work: 'todo' as const, deliveries: row.deliveries - 1, sentAt: row.sentAt.slice(0, -1) }
      : row,
  );
  return withStateOfRows(nextDelivery({ ...batch, rows: back }, notBefore));
}

/** How often a row whose answer was lost is resent at once; after that it waits for evidence like any sent row. */
const MAX_UNKNOWN_RESENDS = 1;

/** No answer: the request may have been accepted. Resend once, then wait for evidence (*unknownIsOpen*). */
export function recordUnknown(batch: Batch, rows: ReadonlySet<number>, notBefore: number): Batch {
  const next = batch.rows.map((row) => {
    if (!rows.has(row.row)) return row;
    const again = row.unknowns < MAX_UNKNOWN_RESENDS;
    return { ...row, unknowns: row.unknowns + 1, work: again ? ('todo' as const) : ('open' as const) };
  });
  return withStateOfRows(nextDelivery({ ...batch, rows: next }, notBefore));
}

/** The sweep takes over from a sender that must be dead; what it noted may have been accepted. */
export const takeOver = (batch: Batch, now: number): Batch =>
  recordUnknown(batch, new Set(rowsWith(batch, 'open').map((row) => row.row)), now);

/** The platform gave up on this delivery: rows that were never sent are held, the others wait for evidence. */
export const parkRows = (batch: Batch, code: string): Batch =>
  withStateOfRows({
    ...batch,
    delivery: batch.delivery + 1,
    releasedAt: 0,
    releases: 0,
    rows: batch.rows.map((row) => holdRow(row, code)),
  });

/**
 * The run was abandoned: rows that were never sent are held for good, also those that the hold list keeps back; the others wait for evidence. Null if
 * nothing is left to hold, or a sender is at work, whose own result comes first.
 */
export function abandonRows(batch: Batch, code: string): Batch | null {
  if (batch.state === 'sending' || (batch.state !== 'staged' && !isKeptBack(batch))) return null;
  const rows = batch.rows.map((row) => (row.hold === null ? row : { ...row, hold: null, code }));
  return batch.state === 'staged' ? parkRows({ ...batch, rows }, code) : { ...batch, rows };
}

/** A batch as intake makes it, without the people whom the hold list keeps out. */
export const keepBack = (batch: Batch, holdOf: (id: string) => Hold | null): Batch =>
  withStateOfRows({
    ...batch,
    rows: batch.rows.map((row) => {
      const hold = holdOf(row.id);
      return hold === null ? row : keepOnHold(row, hold);
    }),
  });

/** True if the hold list keeps a row of the batch back. */
export const isKeptBack = (batch: Batch): boolean => batch.rows.some((row) => row.hold !== null);

/** Moves rows into a batch of their own; parent and child must be written in one transaction (*atomicSplit*). */
export function splitOff(
  parent: Batch,
  rows: ReadonlySet<number>,
  notBefore: number,
): { readonly parent: Batch; readonly child: Batch } {
  const children = parent.children + 1;
  const child: Batch = {
    ...parent,
    batch: `${parent.batch}.${children}`,
    delivery: 1,
    notBefore,
    releasedAt: 0,
    releases: 0,
    requestId: null,
    clientRequestId: null,
    children: 0,
    rows: parent.rows.filter((row) => rows.has(row.row)),
  };
  const rest = { ...parent, children, rows: parent.rows.filter((row) => !rows.has(row.row)) };
  return { parent: withStateOfRows(rest), child: withStateOfRows(child) };
}
