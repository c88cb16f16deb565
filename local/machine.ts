// The whole machine on a laptop: Azurite, the Entra simulator (or another Graph on loopback), and the host with the compiled functions.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppSettings } from '../functions/settings';
import { parseAppSettings } from '../functions/settings';
import type { Storage } from '../shared/storage/azure-storage';
import { openStorage } from '../functions/compose';
import { startAzurite } from './azurite';
import type { Entra } from './entra/entra';
import { startEntra } from './entra/entra';
import type { EntraOptions } from './entra/options';
import type { HostEvent } from './host/host-log';
import type { HostProcess } from './host/host-process';
import { startHostProcess } from './host/host-process';

/** What a machine is started with. */
export interface MachineOptions {
  /** Folder of package.json and host.json. */
  readonly appDir: string;
  /** Another Graph on loopback; then no simulator is started. */
  readonly graphUrl?: string;
  readonly entra?: EntraOptions;
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

/** Starts everything on free ports and resolves when the functions listen. */
export async function startMachine(options: MachineOptions): Promise<Machine> {
  const azurite = await startAzurite();
  const entra = options.graphUrl === undefined ? await startEntra({ ...QUICK_ENTRA, ...options.entra }) : null;
  const values: Record<string, string> = {
    ...sampleValues(options.appDir, options.realTime === true),
    AzureWebJobsStorage: azurite.connectionString,
    ROLLCALL_GRAPH_URL: options.graphUrl ?? entra?.url ?? '',
    ...options.settings,
  };
  const settings = parseAppSettings(values);
  const storage = openStorage(settings);
  await storage.create();
  const startHost = (): Promise<HostProcess> =>
    startHostProcess({
      appDir: options.appDir,
      settings: values,
      ...(options.onEvent ? { onEvent: options.onEvent } : {}),
    });
  const stopOthers = async (): Promise<void> => {
    await entra?.stop();
    await azurite.stop();
  };
  try {
    const host = await startHost();
    return {
      settings,
      storage,
      entra,
      host,
      startHost,
      stop: async () => {
        await host.stop();
        await stopOthers();
      },
    };
  } catch (error) {
    await stopOthers();
    throw error;
  }
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
