// Parking: what the platform gave up on stays visible. A message in a poison queue names a delivery or an export; its rows get a verdict, its
// run shows the reason and ends as `parked`. People of a parked delivery that were never sent can be dropped again.
import type { Arrival, DeliveryPointer } from '../../delivery/queues';
import { sourceOrNone } from '../../export/export-store';
import { parkRows } from '../../run/batch';
import { changeBatch, changeRun } from '../../run/ledger';
import type { RunReason } from '../../run/run';
import { runIdOf } from '../../run/run';
import { noteReason, parkIntake } from '../../run/run-moves';
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

/** A delivery that failed at every try. A message of an older delivery is void and does nothing. */
export async function parkDelivery(
  pipeline: Pick<Pipeline, 'ledger' | 'emit'>,
  pointer: DeliveryPointer,
): Promise<void> {
  const { ledger, emit } = pipeline;
  const read = await ledger.batches.read(pointer.run, pointer.batch);
  const isVoid =
    read?.value.delivery !== pointer.delivery || (read.value.state !== 'staged' && read.value.state !== 'sending');
  if (isVoid) return;
  // The reason first: a run must not settle without it.
  await changeRun(ledger.runs, read.value, (now) => noteReason(now, DELIVERY));
  await changeBatch(ledger.batches, pointer, (now) =>
    (now.state === 'staged' || now.state === 'sending') && now.delivery === pointer.delivery
      ? parkRows(now, DELIVERY.code)
      : null,
  );
  emit('rollcall.poison.parked', {
    run: pointer.run,
    batch: pointer.batch,
    delivery: pointer.delivery,
    code: DELIVERY.code,
  });
}

/** An intake that failed at every attempt. Once its users are committed, the run continues: the sweep restarts it, showing the reason. */
export async function parkExport(
  pipeline: Pick<Pipeline, 'exports' | 'ledger' | 'emit'> & ReportPorts,
  arrival: Arrival & { readonly etag?: string },
): Promise<void> {
  const { exports, ledger, emit } = pipeline;
  const source = sourceOrNone(arrival.blob);
  const version = arrival.run === undefined ? await exports.head(arrival.blob) : null;
  // The blob is another version by now, with a run of its own: this message does not concern it.
  if (version !== null && arrival.etag !== undefined && bare(version.etag) !== bare(arrival.etag)) return;
  const run = arrival.run ?? (version && runIdOf(version.name, version.etag, version.lastModified));
  const parked = run === null ? null : await changeRun(ledger.runs, { source, run }, (now) => parkIntake(now, INTAKE));
  if (parked?.state === 'parked') await reportRun(pipeline, parked);
  emit('rollcall.poison.parked', { source, run: run ?? 'none', code: INTAKE.code });
}

/** ETags come with and without quotes, depending on who wrote them. */
const bare = (etag: string): string => etag.replace(/"/g, '');

/** Keeps a message that cannot be read with the evidence, in `evidence/_poison/…`. It names no run, so no run can show it. */
export async function keepMessage(pipeline: Pick<Pipeline, 'evidence' | 'emit'>, text: string): Promise<void> {
  const name = await pipeline.evidence.keepMessage(text);
  pipeline.emit('rollcall.poison.parked', { run: 'none', code: 'message-invalid', kept: name });
}
