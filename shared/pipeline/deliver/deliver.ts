// Deliver: one message of the queue `deliveries` → one bulk request, or none (docs/design.md §3.8). The message is valid only for the
// delivery it names; what was noted before the call stays noted whatever happens after it.
import { RollcallError } from '../../core/errors';
import type { AnswerMeaning } from '../../delivery/answers';
import { judgeAnswer } from '../../delivery/answers';
import type { SlotGrant } from '../../delivery/gate';
import type { Closure } from '../../delivery/pace';
import { MAX_SLOT_LATENESS_MS } from '../../delivery/pace';
import type { DeliveryPointer } from '../../delivery/queues';
import { bulkIdOf, bulkRequestBody, bulkUploadPath, SCIM_CONTENT_TYPE } from '../../graph/bulk-upload';
import { clientRequestIdOf } from '../../graph/client-request-id';
import { batchIdOf } from '../../people/packing';
import type { Batch } from '../../run/batch';
import { isGoodFor, noteSending, rowsWith, nameOf } from '../../run/batch';
import type { Versioned } from '../../storage/versioned';
import type { JobKey } from '../../graph/job-key';
import type { Pipeline } from '../pipeline';
import type { RecordPorts } from './record-answer';
import { postpone, record } from './record-answer';
import { readUsers } from './read-user-lines';
import type { ReleasePorts } from '../release/release';
import { release } from '../release/release';

type AttemptPorts = Pick<Pipeline, 'files' | 'graph' | 'gate' | 'allowsJob' | 'clock' | 'delays' | 'emit'> &
  RecordPorts;
export type DeliverPorts = AttemptPorts & ReleasePorts;

/**
 * How long before its slot a call is noted, ms: just enough to write the note. If the process dies after the note and before the call, the
 * batch waits until the sweep takes it over.
 */
const NOTED_AHEAD_MS = 500;

/** Sends what the message names, once; then releases what may go next. */
export async function deliver(pipeline: DeliverPorts, pointer: DeliveryPointer): Promise<void> {
  const { ledger, emit } = pipeline;
  const { run, batch, delivery, onDuty = false } = pointer;
  const read = await ledger.batches.read(run, batch);
  if (read !== null && isGoodFor(read.value, pointer)) {
    const of = (await ledger.runs.read(read.value.source, run))?.value;
    if (of !== undefined && of.job !== null) await attempt(pipeline, pointer, read, of.job, of.arrivedAt);
  } else emit('rollcall.deliver.skipped', { run, batch, delivery, state: read?.value.state ?? 'gone' });
  await release(pipeline, onDuty);
}

/** Takes a slot, notes the call, makes it, records the answer. */
async function attempt(
  pipeline: AttemptPorts,
  pointer: DeliveryPointer,
  first: Versioned<Batch>,
  job: JobKey,
  arrivedAt: number,
): Promise<void> {
  const { ledger, gate, clock, delays } = pipeline;
  // Released by an app that allowed the job, with a list from before its restart.
  if (!pipeline.allowsJob(job))
    return postpone(pipeline, first.value, clock.now() + delays.haltPauseMs, 'job-withdrawn');
  const halt = await whyNoToken(pipeline);
  if (halt !== null)
    return postpone(pipeline, first.value, await gate.halted(job, halt, delays.haltPauseMs, nameOf(first.value)), halt);
  // Built before taking the slot: reading blobs must not make it late.
  let body = await buildRequest(pipeline, first.value);
  const asked = clock.now();
  const grant = await gate.take(job, first.value.leavers);
  if (grant.kind === 'closed') return postpone(pipeline, first.value, grant.until, grant.code);
  await clock.sleep(Math.max(grant.at - NOTED_AHEAD_MS - clock.now(), 0));
  const closure = gate.knownClosure(job);
  if (closure !== null) return postpone(pipeline, first.value, closure.until, closure.code);
  let read: Versioned<Batch> | null = first;
  while (read !== null && isGoodFor(read.value, pointer)) {
    const rows = new Set(rowsWith(read.value, 'todo').map((row) => row.row));
    // Noted before the call: from here on the rows may have been accepted, whatever happens to this process.
    const sending = await ledger.batches.replace(read, noteSending(read.value, gate.now()));
    if (sending !== null) {
      const answer = await call(pipeline, sending.value, job, grant, body);
      const waitedMs = Math.max(0, Math.round(grant.at - asked));
      emitAnswer(pipeline, sending.value, answer, { now: gate.now(), waitedMs, arrivedAt });
      return record(pipeline, sending, job, answer.meaning, rows);
    }
    // The batch changed in between (a newer run overtook some of its rows): try again with what is left.
    read = await ledger.batches.read(pointer.run, pointer.batch);
    if (read !== null) body = await buildRequest(pipeline, read.value);
  }
}

/** Asks for the token before anything is noted: without one nothing can have been sent. The halt's code, or null if there is a token. */
async function whyNoToken(pipeline: Pick<Pipeline, 'graph'>): Promise<string | null> {
  try {
    await pipeline.graph.authorize();
    return null;
  } catch (error) {
    if (error instanceof RollcallError && error.disposition === 'halt') return error.code;
    throw error;
  }
}

/** What came of a call. */
interface CallResult {
  readonly meaning: AnswerMeaning;
  /** Graph's own id of the call, if it answered with one. */
  readonly requestId: string | null;
}

/** Posts when the slot comes; if the token is refused, once more with a fresh token and a new slot. */
async function call(
  pipeline: AttemptPorts,
  batch: Batch,
  job: JobKey,
  grant: SlotGrant,
  body: string,
): Promise<CallResult> {
  const { gate, graph, clock } = pipeline;
  const id = clientRequestIdOf(batch.run, batch.batch, batch.delivery);
  const post = async (slot: SlotGrant): Promise<CallResult> => {
    const closed = await waitForSlot(pipeline, batch, job, slot);
    if (closed !== null)
      return { meaning: { kind: 'not-called', until: closed.until, code: closed.code }, requestId: null };
    const reply = await graph.post(bulkUploadPath(job), SCIM_CONTENT_TYPE, body, id);
    return {
      meaning: judgeAnswer(reply, clock.now()),
      requestId: reply.kind === 'answer' ? reply.requestId : null,
    };
  };
  const result = await post(grant);
  if (result.meaning.kind !== 'token-refused') return result;
  const halt = await whyNoToken(pipeline);
  if (halt !== null) return { meaning: { kind: 'halted', code: halt, scope: 'tenant' }, requestId: null };
  return post(await gate.take(job, batch.leavers));
}

/**
 * Waits for the slot; a slot met too late is forfeited and another one taken. Null: call now. A sender that has waited for half of its lease
 * gives the batch back: the sweep must not take it over from a sender that is still going to call.
 */
async function waitForSlot(
  pipeline: Pick<Pipeline, 'gate' | 'clock' | 'delays' | 'emit'>,
  batch: Batch,
  job: JobKey,
  grant: SlotGrant,
): Promise<Closure | null> {
  const { gate, clock, delays, emit } = pipeline;
  for (let slot = grant; ; slot = await gate.take(job, batch.leavers)) {
    if (slot.kind === 'closed') return slot;
    await clock.sleep(Math.max(slot.at - clock.now(), 0));
    if (gate.now() - batch.sendingAt > delays.senderLeaseMs / 2) return { until: gate.now(), code: 'pace' };
    // An answer to another sender may have closed the gate since the slot was granted.
    const closure = gate.knownClosure(job);
    if (closure !== null) return closure;
    const lateMs = clock.now() - slot.at;
    if (lateMs <= MAX_SLOT_LATENESS_MS) return null;
    emit('rollcall.deliver.forfeited', { run: batch.run, batch: batch.batch, lateMs: Math.round(lateMs) });
  }
}

async function buildRequest(pipeline: Pick<Pipeline, 'files'>, batch: Batch): Promise<string> {
  const rows = rowsWith(batch, 'todo');
  const lines = await readUsers(pipeline.files, batch, rows);
  return bulkRequestBody(rows.map((row, i) => ({ bulkId: bulkIdOf(batch.run, row.row), user: lines[i] ?? '' })));
}

/** The first call for a run, as a rule: batches are released in order. */
const isFirst = ({ batch, delivery }: Batch): boolean => batch === batchIdOf(1) && delivery === 1;

/** `now` is on the storage service's clock, like the time of the note; `waitedMs`: from asking for a slot to the slot. */
interface AnswerTimes {
  readonly now: number;
  readonly waitedMs: number;
  readonly arrivedAt: number;
}

function emitAnswer(
  pipeline: Pick<Pipeline, 'emit'>,
  batch: Batch,
  { meaning, requestId }: CallResult,
  { now, waitedMs, arrivedAt }: AnswerTimes,
): void {
  const noted = {
    run: batch.run,
    batch: batch.batch,
    delivery: batch.delivery,
    rows: rowsWith(batch, 'open').length,
    durationMs: Math.round(now - batch.sendingAt),
    waitedMs,
  };
  if (meaning.kind === 'not-called')
    return pipeline.emit('rollcall.deliver.postponed', { ...noted, code: meaning.code });
  const fields = { ...noted, requestId, clientRequestId: batch.clientRequestId };
  if (meaning.kind === 'accepted')
    return pipeline.emit('rollcall.deliver.sent', {
      ...fields,
      sinceArrivalMs: isFirst(batch) ? Math.max(0, Math.round(now - arrivedAt)) : null,
    });
  if (meaning.kind === 'throttled')
    return pipeline.emit('rollcall.deliver.throttled', { ...fields, retryAfterMs: meaning.retryAfterMs });
  if (meaning.kind === 'unknown')
    return pipeline.emit('rollcall.deliver.unanswered', { ...fields, code: meaning.code });
  if (meaning.kind === 'indigestible')
    return pipeline.emit('rollcall.deliver.split', { ...fields, code: meaning.code });
  if (meaning.kind === 'job-paused') return pipeline.emit('rollcall.deliver.paused', { ...fields, code: meaning.code });
  pipeline.emit('rollcall.deliver.halted', {
    ...fields,
    code: meaning.kind === 'token-refused' ? 'graph-token-refused' : meaning.code,
  });
}
