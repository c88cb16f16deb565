// Sender processes: the compiled functions in local hosts on one storage. The first runs everything (the timer too), the others only send.
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startHostProcess, type HostProcess } from '../../local/host/host-process';
import { REQUESTS_FILE, type RequestCounts } from '../count-requests';

/** Running senders. */
export interface Senders {
  /** Slots that came too late and were forfeited, errors of the hosts. */
  readonly seen: { forfeited: number; errors: number };
  /** Stops all; resolves to the requests of each. */
  stop(): Promise<readonly RequestCounts[]>;
}

const APP_DIR = resolve(__dirname, '..', '..', '..');
const COUNTER = resolve(__dirname, '..', 'count-requests.js');
const ONLY_SENDING = ['arrival', 'reconcile', 'poison-delivery', 'poison-arrival', 'poison-event', 'poison-export'];
/** How many hosts start at the same time; all at once would overload two cores. */
const STARTED_AT_ONCE = 2;

const disabled = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [`AzureWebJobs.${name}.Disabled`, 'true']));

/** Starts `count` processes; files of requests go to `folder`. The benchmark itself takes in the export. */
export async function startSenders(
  count: number,
  settings: Readonly<Record<string, string>>,
  folder: string,
): Promise<Senders> {
  const seen = { forfeited: 0, errors: 0 };
  const files = Array.from({ length: count }, (_, i) => join(folder, `requests-${count}-${i}.json`));
  const start = (file: string, i: number): Promise<HostProcess> =>
    startHostProcess({
      appDir: APP_DIR,
      settings: {
        ...settings,
        ...disabled(['intake', ...(i === 0 ? [] : ONLY_SENDING)]),
        NODE_OPTIONS: `--require ${JSON.stringify(COUNTER)}`,
        [REQUESTS_FILE]: file,
      },
      onEvent: (event) => {
        if (event.event === 'log' && event.message.includes('rollcall.deliver.forfeited')) seen.forfeited++;
        if (event.level === 'error' || event.level === 'critical') seen.errors++;
      },
    });
  const hosts: HostProcess[] = [];
  for (let at = 0; at < count; at += STARTED_AT_ONCE) {
    const part = files.slice(at, at + STARTED_AT_ONCE);
    hosts.push(...(await Promise.all(part.map((file, i) => start(file, at + i)))));
  }
  return {
    seen,
    async stop() {
      await Promise.all(hosts.map((host) => host.stop()));
      return Promise.all(files.map(async (file) => JSON.parse(await readFile(file, 'utf8')) as RequestCounts));
    },
  };
}
