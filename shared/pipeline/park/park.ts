// Parking: what the platform gave up on stays visible. A message in a poison queue names a delivery or an export; its rows get a verdict, its
// run shows the reason and ends as `parked`. People of a parked delivery that were never sent can be dropped again.
import type { Arrival, DeliveryPointer } from '../../delivery/queues';
import { INBOUND, sourceOrNone } from '../../export/export-store';
import { isStuckDelivery, parkRows } from '../../run/batch';
import { changeBatch, changeRun } from '../../run/ledger';
import type { RunReason } from '../../run/run';
import { runIdOf } from '../../run/run';
import { noteReason, parkIntake } from '../../run/run-moves';
import { announceExport, announceExports } from '../intake/announce-export';
import type { Pipeline } from '../pipeline';
import type { ReportPorts } from '../report/report-run';
import { reportRun } from '../report/report-run';

const DELIVERY: RunReason = {
  code: 'delivery-poisoned',
  values: { part: 'file' },
  line: null,
  column: null,
};
const INTAKE: RunReason = {
  code: 'intake-poisoned',
  values: {},
  line: null,
  column: null,
};

/**
 * A delivery that failed at every try. Like an intake, it is given up only after a day: until then its message counts as lost, and the delivery is
 * released again. A message of an older delivery is void and does nothing.
 */
export async function parkDelivery(
  pipeline: Pick<Pipeline, 'ledger' | 'emit'>,
  pointer: DeliveryPointer,
): Promise<void> {
  const { ledger, emit } = pipeline;
  const read = await ledger.batches.read(pointer.run, pointer.batch);
  const isVoid =
    read?.value.delivery !== pointer.delivery || (read.value.state !== 'staged' && read.value.state !== 'sending');
  if (isVoid) return;
  const told = { run: pointer.run, batch: pointer.batch, delivery: pointer.delivery, code: DELIVERY.code };
  if (!isStuckDelivery(read.value)) {
    emit('rollcall.poison.returned', told);
    return;
  }
  // The reason first: a run must not settle without it.
  await changeRun(ledger.runs, read.value, (now) => noteReason(now, DELIVERY));
  await changeBatch(ledger.batches, pointer, (now) =>
    (now.state === 'staged' || now.state === 'sending') && now.delivery === pointer.delivery && isStuckDelivery(now)
      ? parkRows(now, DELIVERY.code)
      : null,
  );
  emit('rollcall.poison.parked', told);
}

/**
 * An intake that failed at every attempt. A fault of storage that lasts is reason enough for that, and so is a message that somebody has forged: the
 * sweep starts the run again, and only a run that it has started again for a day is parked. Once its users are committed, it even then continues,
 * and shows the reason.
 */
export async function parkExport(
  pipeline: Pick<Pipeline, 'exports' | 'ledger' | 'emit'> & ReportPorts,
  arrival: Arrival,
): Promise<void> {
  const { exports, ledger, emit } = pipeline;
  const source = sourceOrNone(arrival.blob);
  // Without a run: the sweep will find the export, and give it one.
  const version = arrival.run === undefined ? await exports.head(arrival.blob) : null;
  const run = arrival.run ?? (version && runIdOf(version.name, version.etag, version.lastModified));
  const parked = run === null ? null : await changeRun(ledger.runs, { source, run }, (now) => parkIntake(now, INTAKE));
  if (parked?.state === 'parked') await reportRun(pipeline, parked);
  emit(parked === null ? 'rollcall.poison.returned' : 'rollcall.poison.parked', {
    source,
    run: run ?? 'none',
    code: INTAKE.code,
  });
}

/** A blob of which the platform says that its trigger failed at every try: it only puts a pointer on `arrivals`, so that is done here. Nothing is parked. */
export async function returnExport(
  pipeline: Pick<Pipeline, 'arrivals' | 'emit'>,
  container: string,
  blob: string,
): Promise<void> {
  const isExport = container === INBOUND;
  if (isExport) await announceExport(pipeline, blob);
  pipeline.emit('rollcall.poison.returned', {
    source: isExport ? sourceOrNone(blob) : 'none',
    run: 'none',
  });
}

/** An event of Event Grid that failed at every try: it only puts pointers on `arrivals`, so that is done here. Nothing is parked. */
export async function returnEvent(
  pipeline: Pick<Pipeline, 'arrivals' | 'emit'>,
  blobs: readonly string[],
): Promise<void> {
  await announceExports(pipeline, blobs);
  for (const blob of blobs) pipeline.emit('rollcall.poison.returned', { source: sourceOrNone(blob), run: 'none' });
}

/** Keeps a message that cannot be read with the evidence, in `evidence/_poison/…`. It names no run, so no run can show it. */
export async function keepMessage(pipeline: Pick<Pipeline, 'evidence' | 'emit'>, text: string): Promise<void> {
  const name = await pipeline.evidence.keepMessage(text);
  pipeline.emit('rollcall.poison.parked', { run: 'none', code: 'message-invalid', kept: name });
}
