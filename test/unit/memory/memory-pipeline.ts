// The whole pipeline on in-memory ports and a hand clock.
import { loadHash64 } from '../../../shared/core/hash';
import { Places } from '../../../shared/core/places';
import type { AnyEventFields, EventName } from '../../../shared/core/telemetry';
import { noTrace } from '../../../shared/core/trace';
import type { AllowsJob } from '../../../shared/delivery/allowed-jobs';
import { openGate } from '../../../shared/delivery/gate';
import { JobWatch } from '../../../shared/delivery/job-watch';
import type { DailyBudget } from '../../../shared/delivery/pace';
import type { Arrival, DeliveryPointer } from '../../../shared/delivery/queues';
import { CredentialWatch } from '../../../shared/graph/credential-watch';
import { readJobHealth } from '../../../shared/graph/job-status';
import { LogPlaces } from '../../../shared/graph/log-places';
import { LogTurns } from '../../../shared/graph/log-turns';
import { INTAKES_AT_ONCE } from '../../../shared/pipeline/intake/intake-in-turn';
import type { Delays, Pipeline } from '../../../shared/pipeline/pipeline';
import { PeopleIndexes } from '../../../shared/run/people-indexes';
import { budgetOf, delaysOf, parseAppSettings } from '../../../functions/settings';
import { assertEvent } from './assert-event';
import { HandClock } from './hand-clock';
import { MemoryBatchStore } from './memory-batch-store';
import { MemoryEvidenceStore } from './memory-evidence-store';
import { MemoryExportStore } from './memory-export-store';
import { MemoryGateStore } from './memory-gate-store';
import { MemoryJobOwners } from './memory-job-owners';
import { MemoryReportStore } from './memory-report-store';
import { MemoryRosterStore } from './memory-roster-store';
import { MemoryRunFiles } from './memory-run-files';
import { MemoryRunStore } from './memory-run-store';
import { MemorySourceStore } from './memory-source-store';
import { MemoryUndeliveredStore } from './memory-undelivered-store';
import { MemoryWatermark } from './memory-watermark';
import { MemoryWorkQueue } from './memory-work-queue';
import { ScriptedGraph } from './scripted-graph';
import { seededRandom } from './seeded-random';

/** An event as it was emitted; `at` is when, ms. */
export interface EmittedEvent {
  readonly name: EventName;
  readonly fields: AnyEventFields;
  readonly at: number;
}

/** The pipeline, and what a test reads and writes directly. */
export interface MemoryPipeline extends Pipeline {
  readonly clock: HandClock;
  readonly ledger: { readonly runs: MemoryRunStore; readonly batches: MemoryBatchStore };
  readonly files: MemoryRunFiles;
  readonly exports: MemoryExportStore;
  readonly undelivered: MemoryUndeliveredStore;
  readonly sources: MemorySourceStore;
  readonly evidence: MemoryEvidenceStore;
  readonly reports: MemoryReportStore;
  readonly rosters: MemoryRosterStore;
  readonly watermark: MemoryWatermark;
  readonly deliveries: MemoryWorkQueue<DeliveryPointer>;
  readonly arrivals: MemoryWorkQueue<Arrival>;
  readonly gateStore: MemoryGateStore;
  readonly owners: MemoryJobOwners;
  readonly graph: ScriptedGraph;
  readonly events: readonly EmittedEvent[];
}

/** What a test changes. Ports are replaced by spreading: `{ ...pipeline, gate }`. */
export interface MemoryPipelineOptions {
  readonly clock?: HandClock;
  readonly delays?: Partial<Delays>;
  readonly budget?: DailyBudget;
  readonly random?: () => number;
  /** Whether Graph is a simulator on this computer: by default it is. */
  readonly isLoopback?: boolean;
  /** The jobs that may be sent to: by default any. */
  readonly allowsJob?: AllowsJob;
  /** The clock and the round trips of the gate's storage, ms. */
  readonly gateOffsetMs?: number;
  readonly gateTripMs?: number;
  /** Bytes that streams yield at a time; by default few, so that no reader can rely on whole lines. */
  readonly chunkBytes?: number;
}

/** The settings of an app in which only storage was set. */
export const defaultSettings = parseAppSettings({ AzureWebJobsStorage: 'UseDevelopmentStorage=true' });

/** Builds everything the stories need, as compose.ts does; delays and budget are the defaults of the settings. */
export async function memoryPipeline(options: MemoryPipelineOptions = {}): Promise<MemoryPipeline> {
  const clock = options.clock ?? new HandClock();
  const random = options.random ?? seededRandom(1);
  const hash = await loadHash64();
  const events: EmittedEvent[] = [];
  const exportStore = new MemoryExportStore(clock);
  const files = new MemoryRunFiles(exportStore, options.chunkBytes);
  const graph = new ScriptedGraph(clock);
  const gateStore = new MemoryGateStore(clock, {
    offsetMs: options.gateOffsetMs ?? 0,
    tripMs: options.gateTripMs ?? 0,
  });
  return {
    ledger: { runs: new MemoryRunStore(), batches: new MemoryBatchStore() },
    files,
    indexes: new PeopleIndexes(files, hash),
    exports: exportStore,
    undelivered: new MemoryUndeliveredStore(),
    sources: new MemorySourceStore(),
    evidence: new MemoryEvidenceStore(),
    reports: new MemoryReportStore(),
    rosters: new MemoryRosterStore(clock, options.chunkBytes),
    watermark: new MemoryWatermark(),
    deliveries: new MemoryWorkQueue<DeliveryPointer>(clock),
    arrivals: new MemoryWorkQueue<Arrival>(clock),
    gateStore,
    gate: openGate(gateStore, clock, options.budget ?? budgetOf(defaultSettings), random),
    owners: new MemoryJobOwners(),
    allowsJob: options.allowsJob ?? (() => true),
    graph,
    logTurns: new LogTurns(clock),
    logPlaces: new LogPlaces(),
    jobs: new JobWatch(clock, (job) => readJobHealth(graph, job)),
    credential: new CredentialWatch(clock, () => graph.credentialEndsAt(), gateStore.credential),
    clock,
    hash,
    callsPerDay: (options.budget ?? budgetOf(defaultSettings)).calls,
    isLoopback: options.isLoopback ?? true,
    random,
    events,
    emit: (name, fields) => {
      assertEvent(name, fields);
      events.push({ name, fields, at: clock.now() });
    },
    trace: noTrace,
    delays: { ...delaysOf(defaultSettings), ...options.delays },
    intakePlaces: new Places(INTAKES_AT_ONCE, clock),
    knownExports: new Set(),
    datesLookedAt: new Map(),
    retainedUpTo: new Map(),
  };
}
