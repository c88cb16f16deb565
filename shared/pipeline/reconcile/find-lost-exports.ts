// Exports without a run: their event was lost, or there is nothing that an event could start. Each gets its receipt here, so the ledger knows it
// from now on, and no later round finds it again: a message that is lost or fails is the business of `restartSilentIntakes`.
import { eachOnItsOwn } from '../../core/tasks';
import type { ExportVersion } from '../../export/export-store';
import { MANIFEST_ENDING, sourceOrNone } from '../../export/export-store';
import { RUN_STATES, runStampOf } from '../../run/run';
import { receivedRun } from '../../run/run-moves';
import type { Pipeline } from '../pipeline';
import type { ReportPorts } from '../report/report-run';
import { holdUnread, whyUnread } from './hold-unread';

/** A manifest waits for its file this many times as long as a file for its run: some systems write it first, and a large file takes long. Our choice, 2026-11. */
const MANIFEST_PATIENCE = 4;

export type LostExportPorts = Pick<
  Pipeline,
  'exports' | 'ledger' | 'arrivals' | 'clock' | 'delays' | 'emit' | 'knownExports'
> &
  ReportPorts;

/** Looks at everything in the container that has been there for a while. */
export async function findLostExports(pipeline: LostExportPorts): Promise<void> {
  const { exports, clock, delays, knownExports } = pipeline;
  const unknown: ExportVersion[] = [];
  for await (const version of exports.list()) {
    const patience = version.name.endsWith(MANIFEST_ENDING) ? MANIFEST_PATIENCE : 1;
    const isOld = version.lastModified <= clock.now() - patience * delays.intakeSilenceMs;
    if (isOld && !knownExports.has(keyOf(version))) unknown.push(version);
  }
  // One that cannot be served does not keep the others waiting.
  await eachOnItsOwn(unknown.map((version) => () => look(pipeline, version)));
}

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
    if (unread === null) await arrivals.put({ version: 1, blob: run.blobName, run: run.run }, 0);
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
