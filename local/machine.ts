// The whole machine on a laptop: Azurite, the Entra simulator (or another Graph on loopback), and the host with the compiled functions.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppSettings } from '../functions/settings';
import { parseAppSettings } from '../functions/settings';
import { azureRunTable } from '../shared/run/azure-run-table';
import type { Storage } from '../shared/storage/azure-storage';
import { openStorage } from '../functions/compose';
import { startAzurite, type Azurite } from './azurite';
import { takeDataFolder, type DataFolder } from './data-folder';
import type { Entra } from './entra/entra';
import { startEntra } from './entra/entra';
import type { EntraOptions } from './entra/options';
import type { HostEvent } from './host/host-log';
import type { HostProcess } from './host/host-process';
import { startHostProcess } from './host/host-process';

/** What a machine is started with. */
export interface MachineOptions {
  /** Folder of package.json, host.json and the sample of the settings. */
  readonly appDir: string;
  /** Folder of a deployment package, whose functions are run instead of those of `appDir`. */
  readonly packageDir?: string;
  /** Another Graph on loopback; then no simulator is started. */
  readonly graphUrl?: string;
  readonly entra?: EntraOptions;
  /** Storage that runs already, instead of a data folder; then no Azurite is started. */
  readonly connectionString?: string;
  /** Where storage and simulator are kept; without it they are in memory. */
  readonly dataFolder?: string;
  /** Azure's delays instead of the sample's seconds. */
  readonly realTime?: boolean;
  /** App settings that override those of `local.settings.sample.json`. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly onEvent?: (event: HostEvent) => void;
}

/** A running machine. */
export interface Machine {
  readonly settings: AppSettings;
  readonly storage: Storage;
  /** Null if another Graph was named. */
  readonly entra: Entra | null;
  readonly host: HostProcess;
  /** True if the last machine on the data folder did not end in order: what it had not saved is lost. */
  readonly wasCutOff: boolean;
  /** Starts another host on the same storage. */
  startHost(): Promise<HostProcess>;
  stop(): Promise<void>;
}

/** The simulator's delays that match the sample's short ones, ms: processed after a second or so, in the log half a second later. */
const QUICK_ENTRA: EntraOptions = {
  autoCreateJobs: true,
  processingDelayMs: [200, 1_200],
  logDelayMs: [100, 600],
  cycleMs: 600_000,
  escrowRetries: 'none',
  maxPageSize: 1_000,
};

/** How often the tenant of the simulator is saved, ms: as often as Azurite saves (3.35.0). */
const SAVE_EVERY_MS = 5_000;

/** Starts everything on free ports and resolves when the functions listen. Throws an Error if another machine uses the data folder. */
export async function startMachine(options: MachineOptions): Promise<Machine> {
  const data = options.dataFolder === undefined ? null : await takeDataFolder(options.dataFolder);
  // The last to start is the first to stop: nobody may write to a storage that is saving, and the folder is free when all is saved.
  const stops: (() => Promise<unknown>)[] = data === null ? [] : [() => data.release()];
  const stop = async (): Promise<void> => {
    for (let next = stops.pop(); next !== undefined; next = stops.pop()) await next();
  };
  try {
    const { connectionString, pids } = await storageOf(options, data, stops);
    const entra = options.graphUrl === undefined ? await startTenant(options, data, stops) : null;
    const graph = options.graphUrl ?? entra?.url ?? null;
    await data?.announce({ services: pids, storage: connectionString, graph });
    const values: Record<string, string> = {
      ...sampleValues(options.appDir, options.realTime === true),
      AzureWebJobsStorage: connectionString,
      ROLLCALL_GRAPH_URL: graph ?? '',
      ...options.settings,
    };
    const settings = parseAppSettings(values);
    const storage = openStorage(settings);
    await storage.create();
    await azureRunTable(storage.table('runs')).mendIndex(Date.now());
    const startHost = (): Promise<HostProcess> =>
      startHostProcess({
        appDir: options.packageDir ?? options.appDir,
        settings: values,
        ...(options.onEvent ? { onEvent: options.onEvent } : {}),
      });
    const host = await startHost();
    stops.push(() => host.stop());
    return { settings, storage, entra, host, wasCutOff: data?.wasCutOff ?? false, startHost, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function storageOf(
  { connectionString }: MachineOptions,
  data: DataFolder | null,
  stops: (() => Promise<unknown>)[],
): Promise<Pick<Azurite, 'connectionString' | 'pids'>> {
  if (connectionString !== undefined) return { connectionString, pids: [] };
  const azurite = await startAzurite(data?.storage ?? null);
  stops.push(() => azurite.stop());
  return azurite;
}

/** The simulator, with the tenant of the data folder if there is one; it is saved now and then, and at the end. */
async function startTenant(
  options: MachineOptions,
  data: DataFolder | null,
  stops: (() => Promise<unknown>)[],
): Promise<Entra> {
  const entra = await startEntra({ ...QUICK_ENTRA, ...options.entra }, (await data?.readTenant()) ?? null);
  if (data === null) {
    stops.push(() => entra.stop());
    return entra;
  }
  let saving: Promise<unknown> = Promise.resolve();
  const save = (): Promise<unknown> => (saving = saving.then(() => data.saveTenant(entra.snapshot())));
  const timer = setInterval(() => {
    // A full disk is told at the end, when saving fails again.
    save().catch(() => (saving = Promise.resolve()));
  }, SAVE_EVERY_MS);
  stops.push(async () => {
    clearInterval(timer);
    await entra.stop();
    await save();
  });
  return entra;
}

/** The settings sample is the only place of the local delays. In real time, they keep their defaults. */
function sampleValues(appDir: string, realTime: boolean): Record<string, string> {
  const sample = JSON.parse(readFileSync(join(appDir, 'local.settings.sample.json'), 'utf8')) as {
    Values: Record<string, string>;
  };
  const isDelay = (name: string): boolean =>
    name.endsWith('_SECONDS') || name.endsWith('_SCHEDULE') || name.startsWith('AzureFunctionsJobHost__');
  const kept = Object.entries(sample.Values).filter(([name]) => !realTime || !isDelay(name));
  return { ...Object.fromEntries(kept), ...(realTime ? { ROLLCALL_RECONCILE_SCHEDULE: '0 */5 * * * *' } : {}) };
}
