// Exports without a run: their event was lost, or there is nothing that an event could start. Each gets its receipt here, so the ledger knows it
// from now on, and no later round finds it again: a message that is lost or fails is the business of `restartSilentIntakes`.
import { eachOnItsOwn } from '../../core/tasks';
import { arrivalOfRun } from '../../delivery/queues';
import type { ExportVersion } from '../../export/export-store';
import { isTemporaryName, MANIFEST_ENDING, sourceOrNone } from '../../export/export-store';
import { RUN_STATES, runStampOf } from '../../run/run';
import { receivedRun } from '../../run/run-moves';
import type { Delays, Pipeline } from '../pipeline';
import type { ReportPorts } from '../report/report-run';
import { holdUnread, whyUnread } from './hold-unread';

/**
 * A manifest waits for its file, and an empty file for its bytes, this many times the silence of an intake: an hour by default. Some systems write the
 * manifest first, and over SFTP a file is empty until its upload has ended; a large file takes long. Our choice, 2026-11.
 */
const UPLOAD_PATIENCE = 4;

export type LostExportPorts = Pick<
  Pipeline,
  'exports' | 'ledger' | 'arrivals' | 'clock' | 'delays' | 'emit' | 'knownExports'
> &
  ReportPorts;

/**
 * Looks at everything in the container that has been there for a while, but for what is older than retention keeps anything: its run may have been
 * deleted, and with it the receipt, so an old file would be taken in again.
 */
export async function findLostExports(pipeline: LostExportPorts): Promise<void> {
  const { exports, clock, delays, knownExports } = pipeline;
  const unknown: ExportVersion[] = [];
  for await (const version of exports.list()) {
    if (isTemporaryName(version.name)) continue;
    const age = clock.now() - version.lastModified;
    const isOfInterest = age >= patienceFor(version, delays) && age < delays.retentionMs;
    if (isOfInterest && !knownExports.has(keyOf(version))) unknown.push(version);
  }
  // One that cannot be served does not keep the others waiting.
  await eachOnItsOwn(unknown.map((version) => () => look(pipeline, version)));
}

const patienceFor = ({ name, bytes }: ExportVersion, { lostExportMs, intakeSilenceMs }: Delays): number =>
  name.endsWith(MANIFEST_ENDING) || bytes === 0 ? UPLOAD_PATIENCE * intakeSilenceMs : lostExportMs;

const keyOf = ({ name, etag }: ExportVersion): string => `${name} ${etag}`;

async function look(pipeline: LostExportPorts, version: ExportVersion): Promise<void> {
  const { ledger, arrivals, clock, emit, knownExports } = pipeline;
  const run = receivedRun({ ...version, source: sourceOrNone(version.name) }, clock.now());
  const unread = whyUnread(run);
  const isAnswered =
    (await ledger.runs.read(run.source, run.run)) !== null ||
    (unread?.code === 'manifest-alone' && (await hasFile(pipeline, version)));
  if (!isAnswered && (await ledger.runs.insert(run))) {
    emit('rollcall.sweep.found', { source: run.source, run: run.run });
    if (unread === null) await arrivals.put(arrivalOfRun(run), 0);
    else await holdUnread(pipeline, run, unread);
  }
  knownExports.add(keyOf(version));
}

/** True if the file that a manifest announces is there, or was: a run of it arrived at about the time of the manifest or later. */
async function hasFile(pipeline: LostExportPorts, manifest: ExportVersion): Promise<boolean> {
  const { exports, ledger, delays } = pipeline;
  const file = manifest.name.slice(0, -MANIFEST_ENDING.length);
  if ((await exports.head(file)) !== null) return true;
  const since = manifest.lastModified - delays.intakeSilenceMs;
  const runs = await ledger.runs.ofSource(sourceOrNone(file), RUN_STATES, { after: runStampOf(since) });
  return runs.some(({ value }) => value.blobName === file && value.arrivedAt >= since);
}
