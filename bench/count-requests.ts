// Preloaded into measured processes (`--require`): counts every HTTP request that leaves the process, by port and resource, so that
// the product needs no counters of its own. The counts are written to the file named by
// BENCH_REQUESTS_FILE when the process ends.
import { subscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';

/** Requests by `<port>/<resource>`: a table's, queue's or container's name; `$batch` for transactions of tables; `gates/log` for the watermarks, which are not part of the gate. */
export type RequestCounts = Readonly<Record<string, number>>;

/** The environment variable that names the file. */
export const REQUESTS_FILE = 'BENCH_REQUESTS_FILE';

const counts: Record<string, number> = {};

interface StartedRequest {
  readonly host?: string;
  readonly path?: string;
  getHeader(name: string): number | string | string[] | undefined;
}

// Paths of the emulator begin with the account; a table's entities are written `batches(PartitionKey=…)`.
function resourceOf(path: string): string {
  const name = /^\/[^/?]+\/([^/?(]+)/.exec(path)?.[1] ?? '';
  return name === 'gates' && path.includes("RowKey='log-") ? 'gates/log' : name;
}

subscribe('http.client.request.start', (message) => {
  const { request } = message as { request: StartedRequest };
  const port = /:(\d+)$/.exec(String(request.getHeader('host') ?? ''))?.[1] ?? '';
  const key = `${port}/${resourceOf(request.path ?? '')}`;
  counts[key] = (counts[key] ?? 0) + 1;
});

/** The counts so far in this process. */
export const requestCounts = (): RequestCounts => ({ ...counts });

const file = process.env[REQUESTS_FILE];
if (file !== undefined) process.once('exit', () => writeFileSync(file, JSON.stringify(counts)));
