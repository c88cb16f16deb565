// Preloaded into the host of `bench cost` (`--require`): notes every HTTP request that leaves the process, with its time. The notes are written
// to the file named by BENCH_NOTES_FILE when the process ends; what a request costs is told from them afterwards (`kinds.ts`).
import { subscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';

/** One request. `at`: ms since the epoch. */
export interface RequestNote {
  readonly at: number;
  readonly port: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
}

/** The environment variable that names the file. */
export const NOTES_FILE = 'BENCH_NOTES_FILE';

interface StartedRequest {
  readonly method?: string;
  readonly path?: string;
  getHeader(name: string): number | string | string[] | undefined;
}

const file = process.env[NOTES_FILE];
if (file !== undefined) {
  const notes: RequestNote[] = [];
  subscribe('http.client.request.start', (message) => {
    const { request } = message as { request: StartedRequest };
    const port = /:(\d+)$/.exec(String(request.getHeader('host') ?? ''))?.[1] ?? '';
    notes.push({ at: Date.now(), port, method: request.method ?? '', path: request.path ?? '' });
  });
  process.once('exit', () => writeFileSync(file, JSON.stringify(notes)));
}
