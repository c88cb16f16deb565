// What the stories are given: narrow ports, made once per worker in compose.ts. Each story takes the part it needs.
import type { Clock } from '../core/clock';
import type { Hash64 } from '../core/hash';
import type { Places } from '../core/places';
import type { EmitEvent } from '../core/telemetry';
import type { Trace } from '../core/trace';
import type { AllowsJob } from '../delivery/allowed-jobs';
import type { Gate } from '../delivery/gate';
import type { JobOwners } from '../delivery/job-owners';
import type { JobWatch } from '../delivery/job-watch';
import type { Arrival, DeliveryPointer, WorkQueue } from '../delivery/queues';
import type { CredentialWatch } from '../graph/credential-watch';
import type { GraphTransport } from '../graph/graph-transport';
import type { LogPlaces } from '../graph/log-places';
import type { LogTurns } from '../graph/log-turns';
import type { LogWatermark } from '../graph/log-watermark';
import type { ExportStore } from '../export/export-store';
import type { UndeliveredStore } from '../export/undelivered-store';
import type { ReportStore } from '../report/report-store';
import type { RosterStore } from '../roster/roster-store';
import type { Ledger } from '../run/ledger';
import type { PeopleIndexes } from '../run/people-indexes';
import type { RunFiles } from '../run/run-files';
import type { SourceStore } from '../source/source-store';
import type { EvidenceStore } from '../verdict/evidence-store';

/** The delays of the product, ms. Each is a setting (functions/settings.ts has the defaults and the reasons). */
export interface Delays {
  /** A sent row that has had no entry for this long is silent. */
  readonly confirmWithinMs: number;
  /** Pause before the first retry of a transient failure; doubles with each. */
  readonly retryDelayMs: number;
  /** A batch that has been `sending` for longer has lost its sender: one that lives has given up by itself. */
  readonly senderLeaseMs: number;
  /** A pointer that was put longer ago counts as lost. */
  readonly lostMessageMs: number;
  /** An export without a run that is older has lost its event. */
  readonly lostExportMs: number;
  /** A run in intake without a sign of life for longer is restarted. */
  readonly intakeSilenceMs: number;
  /** How far before the watermark each read of the log begins: entries may appear late. */
  readonly logOverlapMs: number;
  /** How far the service's clock may be behind ours. */
  readonly clockSkewMs: number;
  /** When a batch whose people wait for an older run is looked at again. */
  readonly waitingMs: number;
  /** Pause before a request without an answer is resent. */
  readonly unansweredDelayMs: number;
  /** After a halt (a permission is missing …): how long until we check whether it is fixed. */
  readonly haltPauseMs: number;
  /** How long after its end a run is deleted. */
  readonly retentionMs: number;
}

/** Retention looks at the old runs of a source once a day. `day`: since 1970, UTC; `after`: the run to go on after, null if the day is done. */
export interface RetainedUpTo {
  readonly day: number;
  readonly after: string | null;
}

/** All ports; each story picks its own. */
export interface Pipeline {
  readonly ledger: Ledger;
  readonly files: RunFiles;
  readonly indexes: PeopleIndexes;
  readonly exports: ExportStore;
  readonly undelivered: UndeliveredStore;
  readonly sources: SourceStore;
  readonly evidence: EvidenceStore;
  readonly reports: ReportStore;
  readonly rosters: RosterStore;
  readonly watermark: LogWatermark;
  readonly deliveries: WorkQueue<DeliveryPointer>;
  readonly arrivals: WorkQueue<Arrival>;
  readonly gate: Gate;
  readonly owners: JobOwners;
  /** Whether a job is one of this installation's: no other is sent to, whatever a source names. */
  readonly allowsJob: AllowsJob;
  readonly graph: GraphTransport;
  readonly logTurns: LogTurns;
  readonly logPlaces: LogPlaces;
  readonly jobs: JobWatch;
  readonly credential: CredentialWatch;
  readonly clock: Clock;
  readonly hash: Hash64;
  /** True if Graph is a simulator on this computer: then a first run needs no approval. */
  readonly isLoopback: boolean;
  /** Calls that the tenant's licence allows in 24 hours. */
  readonly callsPerDay: number;
  readonly random: () => number;
  readonly emit: EmitEvent;
  readonly trace: Trace;
  readonly delays: Delays;
  /** Who may take a file in now: few at once in this process. */
  readonly intakePlaces: Places;
  /** Exports that are known to have a run: the sweep looks each up in the ledger only once per process. */
  readonly knownExports: Set<string>;
  /** By source, what was looked at when nobody whose day has come could be sent: it is looked at again with the next hour, run or roster. */
  readonly datesLookedAt: Map<string, string>;
  /** By source, how far retention has come, and on which day. */
  readonly retainedUpTo: Map<string, RetainedUpTo>;
}
