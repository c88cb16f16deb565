// Parking: what the platform gave up on stays visible. A parked run shows its reason; rows keep the verdicts they have, nothing is sent.
import type { Arrival, DeliveryPointer } from '../delivery/queues';
import { sourceOf } from '../intake/export-store';
import { changeBatch, changeRun } from '../run/ledger';
import type { Run, RunReason } from '../run/run';
import { mayMove } from '../run/run';
import { runIdOf } from '../run/run-id';
import type { Pipeline } from './deps';

/** A delivery that failed at every try: its batch and its run are parked. A message of an older delivery is void and does nothing. */
export async function parkDelivery(pipeline: Pipeline, pointer: DeliveryPointer): Promise<void> {
  const { ledger, emit } = pipeline;
  const batch = await changeBatch(ledger.batches, pointer, (now) =>
    (now.state === 'staged' || now.state === 'sending') && now.delivery === pointer.delivery
      ? { ...now, state: 'parked' }
      : null,
  );
  if (batch === null) return;
  await parkRun(pipeline, batch, {
    code: 'delivery-poisoned',
    message: 'Sending a part of this file failed again and again. Operations have been told.',
    line: null,
    column: null,
  });
  emit('rollcall.poison.parked', { run: pointer.run, batch: pointer.batch, delivery: pointer.delivery });
}

/** An intake that failed at every try. */
export async function parkExport(pipeline: Pipeline, arrival: Arrival): Promise<void> {
  const { exports, emit } = pipeline;
  const source = sourceOf(arrival.blob) ?? '_none';
  const version = arrival.run === undefined ? await exports.head(arrival.blob) : null;
  const run = arrival.run ?? (version && runIdOf(version.name, version.etag, version.lastModified));
  if (run === null) {
    emit('rollcall.poison.parked', { source, run: 'none' });
    return;
  }
  await parkRun(
    pipeline,
    { source, run },
    {
      code: 'intake-poisoned',
      message: 'Reading this file failed again and again. Operations have been told.',
      line: null,
      column: null,
    },
  );
  emit('rollcall.poison.parked', { source, run });
}

const parkRun = (pipeline: Pipeline, key: Pick<Run, 'source' | 'run'>, reason: RunReason): Promise<unknown> =>
  changeRun(pipeline.ledger.runs, key, (now) =>
    mayMove(now.state, 'parked') ? { ...now, state: 'parked', reason } : null,
  );
