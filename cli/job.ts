// `rollcall job`: shows the provisioning job of a source, starts it, pauses it, restarts it.
import type { GraphManagement } from '../shared/graph/management';
import { lookAtRun } from '../shared/pipeline/status/run-status';
import { OPEN_STATES } from '../shared/run/run';
import { azureBatchTable } from '../shared/run/azure-batch-table';
import { azureRunTable } from '../shared/run/azure-run-table';
import { isPlaceholder } from '../shared/source/placeholder';
import type { SourceSettings } from '../shared/source/settings-schema';
import type { Storage } from '../shared/storage/azure-storage';
import { oneJobPath } from '../shared/tenant/job-paths';
import { peopleSchema, sentAttributes } from '../shared/tenant/job-schema';
import { jobView, type JobView } from '../shared/tenant/job-view';
import { schemaPath } from '../shared/tenant/schema-step';
import { sentAndMapped } from '../shared/tenant/sent-and-mapped';
import { signInToGraph, type GraphOptions } from './graph-sign-in';
import { restartText, schemaText, statusText } from './job-text';
import { holdCommand, quotePath } from './local-file';
import { withStorage, type StorageOptions } from './open-storage';
import { readUsableSource } from './read-source';
import { tellHolds, type Tell } from './run-on-state';
import type { OpenGraph } from './setup';
import { sourcePath } from './setup-files';
import { exitCodes, plainText, type Terminal } from './terminal';

/** What is done to a job, or asked of it. */
export type JobDeed = 'status' | 'start' | 'pause' | 'restart' | 'schema';

/** Options of the command. */
export interface JobOptions extends GraphOptions, StorageOptions {
  readonly does: JobDeed;
  /** Folder of the source.json. */
  readonly source: string;
  /** With a restart: also the disables and deletions that the threshold has stopped go through. */
  readonly allowDeletions: boolean;
  readonly yes: boolean;
  readonly json: boolean;
}

/** What the portal's restart resets; the API calls it by these names. Source: docs/reference/graph-provisioning.md §4.1. */
const RESET_SCOPE = 'QuarantineState, Watermark, Escrows';
const WITH_DELETIONS = `${RESET_SCOPE}, ForceDeletes`;

interface Opened {
  readonly graph: GraphManagement;
  readonly settings: SourceSettings;
  readonly path: string;
}

/** Runs the command; resolves to its exit code. */
export const runJob = (options: JobOptions, terminal: Terminal, open: OpenGraph = signInToGraph): Promise<number> =>
  tellHolds(options, terminal, async (tell) => {
    const settings = await readUsableSource(sourcePath(options.source));
    const { servicePrincipalId, jobId } = settings.job;
    if (isPlaceholder(servicePrincipalId) || isPlaceholder(jobId))
      throw holdCommand('job-not-set-up', { path: quotePath(sourcePath(options.source)) });
    const isReading = options.does === 'status' || options.does === 'schema';
    const { graph } = await open(
      options,
      [isReading ? 'Synchronization.Read.All' : 'Synchronization.ReadWrite.All'],
      terminal,
    );
    const opened = { graph, settings, path: oneJobPath(servicePrincipalId, jobId) };
    return options.does === 'schema' ? showSchema(opened, tell) : changeOrShow(options, opened, terminal, tell);
  });

async function showSchema({ graph, settings }: Opened, tell: Tell): Promise<number> {
  const { servicePrincipalId, jobId } = settings.job;
  const people = peopleSchema(await graph.get(schemaPath(servicePrincipalId, jobId)));
  if (people === null) throw holdCommand('job-maps-nobody', {});
  const compared = sentAndMapped(people, sentAttributes(settings));
  await tell(compared, () => schemaText(compared));
  const isIdle = compared.sent.some(({ isKnown, mappings }) => !isKnown || mappings.length === 0);
  return isIdle ? exitCodes.findings : exitCodes.clean;
}

async function changeOrShow(
  options: JobOptions,
  { graph, settings, path }: Opened,
  terminal: Terminal,
  tell: Tell,
): Promise<number> {
  const before = jobView(await graph.get(path));
  const unconfirmed = options.does === 'restart' ? await countUnconfirmed(options, settings.name) : null;
  const isDone = isSoAlready(options.does, before);
  if (!isDone && !(await mayGoOn(options, before, unconfirmed, terminal))) throw holdCommand('job-needs-yes', {});
  if (!isDone) await change(graph, path, options);
  const after = isDone ? before : jobView(await graph.get(path));
  const counted = options.does === 'restart' ? { unconfirmed } : {};
  await tell({ ...settings.job, ...after, ...counted }, () => statusText(after));
  return after.quarantine === null ? exitCodes.clean : exitCodes.findings;
}

/** Only a restart is more than its name says. */
async function mayGoOn(
  { does, yes }: JobOptions,
  job: JobView,
  unconfirmed: number | null,
  terminal: Terminal,
): Promise<boolean> {
  if (does !== 'restart') return true;
  for (const line of restartText(job, unconfirmed)) await terminal.err(`${plainText(line)}\n`);
  return yes || ((await terminal.confirm?.('Restart the job?')) ?? false);
}

const isSoAlready = (does: JobDeed, { code }: JobView): boolean =>
  does === 'status' || (does === 'start' && code === 'Active') || (does === 'pause' && code === 'Paused');

async function change(graph: GraphManagement, path: string, { does, allowDeletions }: JobOptions): Promise<void> {
  if (does !== 'restart') await graph.post(`${path}/${does}`);
  else await graph.post(`${path}/restart`, { criteria: { resetScope: allowDeletions ? WITH_DELETIONS : RESET_SCOPE } });
}

/** Rows of the source that were sent and wait for evidence; null if no storage is named. */
async function countUnconfirmed(options: JobOptions, source: string): Promise<number | null> {
  if (options.data === null && (options.storage ?? '') === '') return null;
  return withStorage(options, (storage) => unconfirmedIn(storage, source));
}

async function unconfirmedIn(storage: Storage, source: string): Promise<number> {
  const batches = azureBatchTable(storage.table('batches'));
  const runs = await azureRunTable(storage.table('runs')).ofSource(source, OPEN_STATES);
  const open = await Promise.all(runs.map(async ({ value }) => (await lookAtRun({ batches }, value)).open));
  return open.reduce((sum, rows) => sum + rows, 0);
}
