// Settings in, object graph out, once per worker. Clock, randomness and hashes are made here too.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../shared/core/clock';
import { loadHash64 } from '../shared/core/hash';
import { Places } from '../shared/core/places';
import type { EmitEvent } from '../shared/core/telemetry';
import { noTrace } from '../shared/core/trace';
import { jobsAllowedBy } from '../shared/delivery/allowed-jobs';
import { azureGateTable } from '../shared/delivery/azure-gate-table';
import { azureJobOwners } from '../shared/delivery/azure-job-owners';
import { azureWorkQueue } from '../shared/delivery/azure-work-queue';
import { openGate } from '../shared/delivery/gate';
import { JobWatch } from '../shared/delivery/job-watch';
import type { Arrival, DeliveryPointer } from '../shared/delivery/queues';
import { azureCredentialNote } from '../shared/graph/azure-credential-note';
import { azureLogWatermark } from '../shared/graph/azure-log-watermark';
import { CredentialWatch } from '../shared/graph/credential-watch';
import type { GraphTransport } from '../shared/graph/graph-transport';
import { graphTransport } from '../shared/graph/graph-transport';
import { readJobHealth } from '../shared/graph/job-status';
import { LogPlaces } from '../shared/graph/log-places';
import { LogTurns } from '../shared/graph/log-turns';
import { graphAddressOf, isLoopback } from '../shared/graph/graph-url';
import { azureExportStore } from '../shared/export/azure-export-store';
import { azureUndeliveredStore } from '../shared/export/azure-undelivered-store';
import { INBOUND } from '../shared/export/export-store';
import { UNDELIVERED } from '../shared/export/undelivered-store';
import { INTAKES_AT_ONCE } from '../shared/pipeline/intake/intake-in-turn';
import type { Pipeline } from '../shared/pipeline/pipeline';
import { azureReportStore } from '../shared/report/azure-report-store';
import { azureRosterStore } from '../shared/roster/azure-roster-store';
import { azureBatchTable } from '../shared/run/azure-batch-table';
import { azureRunFiles } from '../shared/run/azure-run-files';
import { azureRunTable } from '../shared/run/azure-run-table';
import { PeopleIndexes } from '../shared/run/people-indexes';
import { azureSourceStore } from '../shared/source/azure-source-store';
import type { Storage } from '../shared/storage/azure-storage';
import { openStorageAccount } from '../shared/storage/azure-storage';
import { azureEvidenceStore } from '../shared/verdict/azure-evidence-store';
import { graphCredential, managedIdentity } from './azure-credential';
import type { AppSettings } from './settings';
import { budgetOf, delaysOf } from './settings';

/** Wall time, and waits that keep the process alive. */
export const systemClock: Clock = {
  // A wall-clock start plus monotonic steps: a clock correction must not shorten a rate window.
  now: () => performance.timeOrigin + performance.now(),
  sleep: async (ms, signal) => {
    await sleep(ms, undefined, signal ? { signal } : {}).catch((error: unknown) => {
      if (!signal?.aborted) throw error;
    });
  },
};

/** Clients for the storage account of the settings. */
export const openStorage = (settings: AppSettings): Storage =>
  openStorageAccount(settings.storage, () => managedIdentity(settings));

/** The transport to Graph. Throws `RollcallError` (halt) for a URL or a credential that must not be used. */
export function openGraph(settings: AppSettings): GraphTransport {
  const address = graphAddressOf(settings.ROLLCALL_GRAPH_URL);
  const credential = graphCredential(settings, address, () => systemClock.now());
  const timeoutMs = settings.ROLLCALL_GRAPH_TIMEOUT_SECONDS * 1_000;
  return graphTransport(address.url, credential, address.scope, timeoutMs, randomUUID);
}

/** Builds everything the stories need. */
export async function compose(
  settings: AppSettings,
  storage: Storage,
  graph: GraphTransport,
  emit: EmitEvent,
): Promise<Pipeline> {
  const hash = await loadHash64();
  const clock = systemClock;
  const random = Math.random;
  const gates = storage.table('gates');
  const onLoopback = isLoopback(new URL(settings.ROLLCALL_GRAPH_URL));
  const files = azureRunFiles(storage.blobs, INBOUND, 'runs');
  return {
    ledger: { runs: azureRunTable(storage.table('runs')), batches: azureBatchTable(storage.table('batches')) },
    files,
    indexes: new PeopleIndexes(files, hash),
    exports: azureExportStore(storage.blobs.getContainerClient(INBOUND)),
    undelivered: azureUndeliveredStore(storage.blobs.getContainerClient(UNDELIVERED)),
    sources: azureSourceStore(storage.blobs.getContainerClient('sources')),
    evidence: azureEvidenceStore(storage.blobs.getContainerClient('evidence')),
    reports: azureReportStore(storage.blobs.getContainerClient('reports'), random),
    rosters: azureRosterStore(storage.blobs.getContainerClient('rosters'), random),
    watermark: azureLogWatermark(gates, settings.ROLLCALL_TENANT_ID),
    deliveries: azureWorkQueue<DeliveryPointer>(storage.queues.getQueueClient('deliveries')),
    arrivals: azureWorkQueue<Arrival>(storage.queues.getQueueClient('arrivals')),
    gate: openGate(azureGateTable(gates, settings.ROLLCALL_TENANT_ID), clock, budgetOf(settings), random),
    owners: azureJobOwners(gates, settings.ROLLCALL_TENANT_ID),
    allowsJob: jobsAllowedBy(settings.ROLLCALL_JOBS, onLoopback),
    graph,
    logTurns: new LogTurns(clock),
    logPlaces: new LogPlaces(),
    jobs: new JobWatch(clock, (job) => readJobHealth(graph, job)),
    credential: new CredentialWatch(
      clock,
      () => graph.credentialEndsAt(),
      azureCredentialNote(gates, settings.ROLLCALL_TENANT_ID),
    ),
    clock,
    hash,
    callsPerDay: budgetOf(settings).calls,
    isLoopback: onLoopback,
    random,
    emit,
    trace: noTrace,
    delays: delaysOf(settings),
    intakePlaces: new Places(INTAKES_AT_ONCE, clock),
    knownExports: new Set(),
    datesLookedAt: new Map(),
    retainedUpTo: new Map(),
  };
}
