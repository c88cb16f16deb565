// Deliver: one message of the queue `deliveries` → one bulk request, or none (design §3.8). The message is good only for the delivery
// that it names; what was noted before the call stays noted whatever happens after it.
import { RollcallError } from '../core/errors';
import type { AnswerMeaning } from '../delivery/answers';
import { judgeAnswer } from '../delivery/answers';
import type { SlotGrant } from '../delivery/gate';
import { MAX_SLOT_LATENESS_MS } from '../delivery/pace';
import type { DeliveryPointer } from '../delivery/queues';
import { bulkRequestBody, bulkUploadPath, SCIM_CONTENT_TYPE } from '../graph/bulk-upload';
import type { Batch } from '../run/batch';
import { noteSending, rowsWith } from '../run/batch';
import type { Versioned } from '../run/ledger';
import type { JobKey } from '../run/run';
import type { Pipeline } from './deps';
import { postpone, record } from './record-answer';
import { readUserLines } from './read-user-lines';
import { release } from './release';

/** Sends what the message names, once. Then releases what may go next. */
export async function deliver(pipeline: Pipeline, pointer: DeliveryPointer): Promise<void> {
  const { ledger, emit } = pipeline;
  const about = { run: pointer.run, batch: pointer.batch, delivery: pointer.delivery };
  const read = await ledger.batches.read(pointer.run, pointer.batch);
  if (read === null || !isGoodFor(read.value, pointer)) {
    emit('rollcall.deliver.skipped', { ...about, state: read?.value.state ?? 'gone' });
    return;
  }
  const batch = read.value;
  const job = (await ledger.runs.read(batch.source, batch.run))?.value.job ?? null;
  if (job === null) return;
  await attempt(pipeline, pointer, read, job);
  await release(pipeline);
}

/** Takes a slot, notes the call, makes it, writes down the answer. */
async function attempt(
  pipeline: Pipeline,
  pointer: DeliveryPointer,
  first: Versioned<Batch>,
  job: JobKey,
): Promise<void> {
  const { ledger, gate, clock } = pipeline;
  const halt = await whyNoToken(pipeline);
  if (halt !== null)
    return postpone(pipeline, first.value, await gate.halted(job, halt, pipeline.delays.haltPauseMs), halt);
  const grant = await gate.take(job, first.value.leavers);
  if (grant.kind === 'closed') return postpone(pipeline, first.value, grant.until, grant.code);
  for (
    let read: Versioned<Batch> | null = first;
    read !== null;
    read = await ledger.batches.read(pointer.run, pointer.batch)
  ) {
    if (!isGoodFor(read.value, pointer)) return;
    const body = await buildRequest(pipeline, read.value);
    const rows = new Set(rowsWith(read.value, 'todo').map((row) => row.row));
    // Noted before the call: from here on the rows may have been accepted, whatever becomes of this process.
    const sending = noteSending(read.value, gate.now());
    // Somebody changed the batch meanwhile (a newer run overtook some of its rows): look again, with what is left of it.
    if (!(await ledger.batches.replace(read, sending))) continue;
    const meaning = await call(pipeline, sending, job, grant, body);
    emitAnswer(pipeline, sending, meaning, clock.now());
    return record(pipeline, sending, job, meaning, rows);
  }
}

const isGoodFor = (batch: Batch, pointer: DeliveryPointer): boolean =>
  batch.state === 'staged' && batch.delivery === pointer.delivery;

/** Asks for the token before anything is noted: without one nothing can have been sent. The halt's code, or null if there is a token. */
async function whyNoToken(pipeline: Pipeline): Promise<string | null> {
  try {
    await pipeline.graph.authorize();
    return null;
  } catch (error) {
    if (error instanceof RollcallError && error.disposition === 'halt') return error.code;
    throw error;
  }
}

/** Waits for the slot and posts; a slot that is too late is forfeited and another one taken. */
async function call(
  pipeline: Pipeline,
  batch: Batch,
  job: JobKey,
  grant: SlotGrant & { kind: 'slot' },
  body: string,
): Promise<AnswerMeaning> {
  const { gate, graph, clock, emit } = pipeline;
  let slot: SlotGrant = grant;
  for (;;) {
    if (slot.kind === 'closed') return { kind: 'not-called', until: slot.until, code: slot.code };
    await clock.sleep(Math.max(slot.at - clock.now(), 0));
    if (clock.now() - slot.at <= MAX_SLOT_LATENESS_MS) break;
    emit('rollcall.deliver.forfeited', {
      run: batch.run,
      batch: batch.batch,
      lateMs: Math.round(clock.now() - slot.at),
    });
    slot = await gate.take(job, batch.leavers);
  }
  const meaning = judgeAnswer(await graph.post(bulkUploadPath(job), SCIM_CONTENT_TYPE, body), clock.now());
  if (meaning.kind !== 'token-refused') return meaning;
  // Once more with a fresh token and a slot of its own; refused again, somebody must look.
  graph.forgetToken();
  const halt = await whyNoToken(pipeline);
  if (halt !== null) return { kind: 'halted', code: halt, scope: 'tenant' };

  const second = await gate.take(job, batch.leavers);
  if (second.kind === 'closed') return { kind: 'not-called', until: second.until, code: second.code };
  await clock.sleep(Math.max(second.at - clock.now(), 0));
  const again = judgeAnswer(await graph.post(bulkUploadPath(job), SCIM_CONTENT_TYPE, body), clock.now());
  return again.kind === 'token-refused' ? { kind: 'halted', code: 'graph-token-refused', scope: 'tenant' } : again;
}

async function buildRequest(pipeline: Pipeline, batch: Batch): Promise<string> {
  const rows = rowsWith(batch, 'todo');
  const lines = await readUserLines(pipeline.files, batch, rows);
  return bulkRequestBody(rows.map((row, i) => ({ bulkId: `${batch.run}-${row.row}`, user: lines[i] ?? '' })));
}

function emitAnswer(pipeline: Pipeline, batch: Batch, meaning: AnswerMeaning, now: number): void {
  const fields = {
    run: batch.run,
    batch: batch.batch,
    delivery: batch.delivery,
    rows: rowsWith(batch, 'open').length,
    durationMs: Math.round(now - batch.sendingAt),
  };
  if (meaning.kind === 'accepted')
    return pipeline.emit('rollcall.deliver.sent', { ...fields, requestId: meaning.requestId });
  if (meaning.kind === 'throttled')
    return pipeline.emit('rollcall.deliver.throttled', { ...fields, retryAfterMs: meaning.retryAfterMs });
  if (meaning.kind === 'unknown')
    return pipeline.emit('rollcall.deliver.unanswered', { ...fields, code: meaning.code });
  if (meaning.kind === 'indigestible')
    return pipeline.emit('rollcall.deliver.split', { ...fields, code: meaning.code });
  if (meaning.kind === 'job-paused') return pipeline.emit('rollcall.deliver.paused', { ...fields, code: meaning.code });
  if (meaning.kind === 'not-called')
    return pipeline.emit('rollcall.deliver.postponed', { ...fields, code: meaning.code });
  pipeline.emit('rollcall.deliver.halted', {
    ...fields,
    code: meaning.kind === 'token-refused' ? 'graph-token-refused' : meaning.code,
  });
}
