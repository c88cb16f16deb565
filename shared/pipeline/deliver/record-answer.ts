// What a sender records after a call: what happens to the rows. A sender whose batch was taken over in between changes nothing (*fence*).
import type { AnswerMeaning } from '../../delivery/answers';
import type { Batch } from '../../run/batch';
import {
  isGoodFor,
  isStillSending,
  nextDelivery,
  recordAccepted,
  recordNotTaken,
  recordUnknown,
  splitOff,
  withStateOfRows,
  nameOf,
} from '../../run/batch';
import type { Versioned } from '../../storage/versioned';
import { changeBatch, changeRun } from '../../run/ledger';
import type { JobKey } from '../../graph/job-key';
import { refuseRow } from '../../verdict/give-verdict';
import type { Pipeline } from '../pipeline';

export type RecordPorts = Pick<
  Pipeline,
  'ledger' | 'gate' | 'jobs' | 'clock' | 'delays' | 'evidence' | 'random' | 'emit'
>;

/** Before any call: the gate is closed, so the batch stays staged for later and the message is finished. */
export async function postpone(
  pipeline: Pick<Pipeline, 'ledger' | 'emit'>,
  staged: Batch,
  until: number,
  code: string,
): Promise<void> {
  const { ledger, emit } = pipeline;
  await changeBatch(ledger.batches, staged, (now) => (isGoodFor(now, staged) ? nextDelivery(now, until) : null));
  emit('rollcall.deliver.postponed', { run: staged.run, batch: staged.batch, delivery: staged.delivery, code });
}

/** After the call. `noted`: the batch as noted before the call; `rows`: the rows in the request. */
export async function record(
  pipeline: RecordPorts,
  noted: Versioned<Batch>,
  job: JobKey,
  meaning: AnswerMeaning,
  rows: ReadonlySet<number>,
): Promise<void> {
  const { ledger, gate, jobs, clock, delays, evidence, random, emit } = pipeline;
  const sending = noted.value;
  const by = nameOf(sending);
  const settle = async (change: (now: Batch) => Batch): Promise<void> => {
    // Usually nobody changed it in between, so try without reading it again.
    if ((await ledger.batches.replace(noted, change(sending))) !== null) return;
    await changeBatch(ledger.batches, sending, (now) => (isStillSending(now, sending) ? change(now) : null));
  };
  switch (meaning.kind) {
    case 'accepted':
      await settle((now) => recordAccepted(now, meaning.requestId));
      return gate.accepted(job);
    case 'unknown':
      await settle((now) => recordUnknown(now, rows, clock.now() + delays.unansweredDelayMs));
      return;
    case 'throttled': {
      // The gate first: if this process dies after it, the other senders have at least stopped.
      const until = await gate.throttled(job, meaning.retryAfterMs, by);
      await settle((now) => recordNotTaken(now, rows, until));
      return;
    }
    case 'job-paused': {
      // The cause may be an ill job: after the pause, its health is read again.
      jobs.forget(job);
      const until = await gate.pauseJob(
        job,
        meaning.code,
        meaning.leastPauseMs + random() * (meaning.mostPauseMs - meaning.leastPauseMs),
        by,
      );
      await settle((now) => recordNotTaken(now, rows, until));
      return;
    }
    case 'token-refused':
    case 'halted': {
      jobs.forget(job);
      const code = meaning.kind === 'halted' ? meaning.code : 'graph-token-refused';
      const byJob = meaning.kind === 'halted' && meaning.scope === 'job';
      const until = byJob
        ? await gate.pauseJob(job, code, delays.haltPauseMs, by)
        : await gate.halted(job, code, delays.haltPauseMs, by);
      await settle((now) => recordNotTaken(now, rows, until));
      return;
    }
    case 'not-called':
      await settle((now) => recordNotTaken(now, rows, meaning.until));
      return;
    case 'indigestible': {
      const until = await gate.refused(job, delays.haltPauseMs, by);
      if (until !== null) {
        // No row is rejected for it, but the person who fixes the mapping must be able to read what the service said.
        await evidence.keepRefusal(sending, Math.min(...rows), meaning.message);
        const { run, batch, delivery } = sending;
        emit('rollcall.deliver.halted', { run, batch, delivery, rows: rows.size, code: 'graph-refuses-everything' });
        return settle((now) => recordNotTaken(now, rows, until));
      }
      return rows.size > 1 ? bisect(pipeline, sending, rows) : rejectRow(pipeline, sending, rows, meaning);
    }
  }
}

/** The service does not say which operation it refuses: the halves go separately, until the row is alone. */
async function bisect(
  pipeline: Pick<Pipeline, 'ledger' | 'clock'>,
  sending: Batch,
  rows: ReadonlySet<number>,
): Promise<void> {
  const { ledger, clock } = pipeline;
  const half = new Set([...rows].slice(Math.ceil(rows.size / 2)));
  for (;;) {
    const read = await ledger.batches.read(sending.run, sending.batch);
    if (read === null || !isStillSending(read.value, sending)) return;
    const back = recordNotTaken(read.value, rows, clock.now());
    const { parent, child } = splitOff(back, half, clock.now());
    if (await ledger.batches.replaceAndInsert(read, parent, child)) return;
  }
}

/**
 * Alone and still refused: this row can never be sent as it is. An earlier delivery whose answer was lost may still have been accepted: it
 * counts as unanswered, so that newer records of the person are repaired.
 */
async function rejectRow(
  pipeline: Pick<Pipeline, 'ledger' | 'clock' | 'evidence'>,
  sending: Batch,
  rows: ReadonlySet<number>,
  meaning: { readonly code: string; readonly message: string },
): Promise<void> {
  const { ledger, clock, evidence } = pipeline;
  for (const row of rows) await evidence.keepRefusal(sending, row, meaning.message);
  const mayHaveBeenTaken = sending.rows.some((row) => rows.has(row.row) && row.deliveries > 1);
  if (mayHaveBeenTaken) await changeRun(ledger.runs, sending, (now) => ({ ...now, unanswered: now.unanswered + 1 }));
  await changeBatch(ledger.batches, sending, (now) => {
    if (!isStillSending(now, sending)) return null;
    const back = recordNotTaken(now, rows, clock.now());
    return withStateOfRows({
      ...back,
      rows: back.rows.map((row) => (rows.has(row.row) ? refuseRow(row, meaning.code) : row)),
    });
  });
}
