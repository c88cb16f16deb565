// What the cases share: one Azurite for many cases, emptied between them; a simulator and hosts for each.
import { QueueServiceClient } from '@azure/storage-queue';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TableServiceClient } from '@azure/data-tables';
import { openStorage } from '../../functions/compose';
import type { Storage } from '../../shared/storage/azure-storage';
import { azureRunTable } from '../../shared/run/azure-run-table';
import { STORAGE_NAMES } from '../../shared/storage/azure-storage';
import { parseAppSettings } from '../../functions/settings';
import { startAzurite } from '../../local/azurite';
import type { Entra } from '../../local/entra/entra';
import { startEntra } from '../../local/entra/entra';
import type { EntraOptions } from '../../local/entra/options';
import type { HostEvent } from '../../local/host/host-log';
import type { HostProcess } from '../../local/host/host-process';
import { startHostProcess } from '../../local/host/host-process';

/** Folder of package.json; may name another build of the same code. */
const APP_DIR = process.env.ROLLCALL_TEST_APP_DIR ?? join(__dirname, '..', '..');

/** Seconds instead of minutes. Each is longer than what it waits for: a lease than wait and call, silence than those and processing. */
const QUICK_SETTINGS: Readonly<Record<string, string>> = {
  ROLLCALL_CREATE_STORAGE: 'false',
  // Events are fired by hand, so that a case can lose or double them; the sweep finds files with lost events.
  ROLLCALL_BLOB_SOURCE: 'EventGrid',
  LOCAL_HOST_BLOB_EVENTS: 'off',
  LOCAL_HOST_QUEUE_LEASE: '00:00:02',
  AzureFunctionsJobHost__extensions__queues__visibilityTimeout: '00:00:01',
  AzureFunctionsJobHost__extensions__queues__maxPollingInterval: '00:00:00.3',
  ROLLCALL_RECONCILE_SCHEDULE: '* * * * * *',
  ROLLCALL_GRAPH_TIMEOUT_SECONDS: '4',
  // A sender may wait for half of it before its call.
  ROLLCALL_SENDER_LEASE_SECONDS: '9',
  ROLLCALL_CONFIRM_WITHIN_SECONDS: '10',
  ROLLCALL_RETRY_DELAY_SECONDS: '0.2',
  ROLLCALL_LOST_MESSAGE_SECONDS: '3',
  ROLLCALL_LOST_EXPORT_SECONDS: '2',
  ROLLCALL_INTAKE_SILENCE_SECONDS: '2',
  ROLLCALL_LOG_OVERLAP_SECONDS: '60',
  ROLLCALL_CLOCK_SKEW_SECONDS: '2',
  ROLLCALL_WAITING_SECONDS: '1',
  ROLLCALL_UNANSWERED_DELAY_SECONDS: '0.2',
  ROLLCALL_HALT_PAUSE_SECONDS: '1',
};

/** A host of a test opens no socket to a service of Microsoft, whatever its settings say. */
export const NO_REAL_SERVICE = `--require ${JSON.stringify(join(__dirname, '..', 'no-real-service.cjs'))}`;

/** A fast service. */
const QUICK_ENTRA: EntraOptions = {
  autoCreateJobs: true,
  processingDelayMs: [100, 800],
  logDelayMs: [50, 300],
  cycleMs: 600_000,
  escrowRetries: 'none',
};

/** A running case: storage, a simulator, and the hosts that were started. */
export interface Case {
  readonly storage: Storage;
  readonly entra: Entra;
  readonly connectionString: string;
  /** Each host has its own host id, so that locks and receipts of a dead host do not block another. */
  startHost(settings?: Readonly<Record<string, string>>): Promise<HostProcess>;
  /** What the hosts logged, above all the product's own events; printed with a failure. */
  story(): string;
  /** Kills the hosts and stops the simulator. */
  end(): Promise<void>;
}

/** One Azurite for cases that run one after the other. */
export interface Ground {
  readonly connectionString: string;
  begin(entra?: EntraOptions, settings?: Readonly<Record<string, string>>): Promise<Case>;
  stop(): Promise<void>;
}

let hostsStarted = 0;

/** Starts Azurite. */
export async function startGround(): Promise<Ground> {
  const azurite = await startAzurite();
  return groundOn(azurite.connectionString, () => azurite.stop());
}

/** A ground on an account that nobody else uses; `stop` is called when the ground is no longer needed. */
export function groundOn(connectionString: string, stop: () => Promise<void> = () => Promise.resolve()): Ground {
  return {
    connectionString,
    async begin(entraOptions = {}, settings = {}) {
      const entra = await startEntra({ ...QUICK_ENTRA, ...entraOptions });
      const values: Record<string, string> = {
        ...sampleValues(),
        ...QUICK_SETTINGS,
        AzureWebJobsStorage: connectionString,
        ROLLCALL_GRAPH_URL: entra.url,
        ...settings,
      };
      const storage = openStorage(parseAppSettings({ ...values, AzureWebJobsStorage: connectionString }));
      await sweepClean(storage, connectionString);
      await storage.create();
      // As a machine does that makes its own tables: no older version of the app has written to them.
      await azureRunTable(storage.table('runs')).mendIndex(Date.now());
      const hosts: HostProcess[] = [];
      return {
        storage,
        entra,
        connectionString,
        async startHost(more = {}) {
          hostsStarted++;
          const AzureFunctionsWebHost__hostid = `faults-${process.pid}-${hostsStarted}`;
          const NODE_OPTIONS = `${NO_REAL_SERVICE} ${more.NODE_OPTIONS ?? ''}`;
          const host = await startHostProcess({
            appDir: APP_DIR,
            settings: { ...values, AzureFunctionsWebHost__hostid, ...more, NODE_OPTIONS },
          });
          hosts.push(host);
          return host;
        },
        story: () =>
          hosts
            .flatMap((host) => host.events())
            .filter(isWorthTelling)
            .map(tellEvent)
            .join('\n'),
        async end() {
          await Promise.all(hosts.map((host) => host.kill()));
          await entra.stop();
        },
      };
    },
    stop,
  };
}

const isWorthTelling = ({ event, message }: HostEvent): boolean =>
  event === 'invocation-failed' || event.startsWith('message-') || (event === 'log' && message.includes('rollcall.'));

const tellEvent = ({ time, message }: HostEvent): string => `${time} ${message}`;

/** Deletes everything of the product from a storage account. */
export async function sweepClean(storage: Storage, connectionString: string): Promise<void> {
  const queues = QueueServiceClient.fromConnectionString(connectionString);
  const tables = TableServiceClient.fromConnectionString(connectionString, { allowInsecureConnection: true });
  const names: string[] = [];
  for await (const table of tables.listTables()) if (table.name !== undefined) names.push(table.name);
  await Promise.all([
    ...STORAGE_NAMES.containers.map((name) => storage.blobs.getContainerClient(name).deleteIfExists()),
    ...STORAGE_NAMES.queues.map((name) => queues.getQueueClient(name).deleteIfExists()),
    ...names.map((name) => tables.deleteTable(name)),
  ]);
}

/** Everything that is not a delay is as in the sample settings. */
function sampleValues(): Readonly<Record<string, string>> {
  const text = readFileSync(join(APP_DIR, 'local.settings.sample.json'), 'utf8');
  return (JSON.parse(text) as { Values: Record<string, string> }).Values;
}
