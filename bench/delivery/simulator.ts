// The simulator of the service in a process of its own, with real-time windows, and its counts of the calls it received.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { EntraStats } from '../../local/entra/statistics';

/** A running simulator. */
export interface Simulator {
  readonly url: string;
  stats(): Promise<EntraStats>;
  stop(): Promise<void>;
}

/** Log entries appear within seconds, so that verdicts are written while batches are sent, as in a long run. */
const FLAGS = ['--port', '0', '--licence', 'governance', '--processing-delay', '1000-3000', '--log-delay', '2000-5000'];

/** Starts it on a free port. */
export async function startSimulator(): Promise<Simulator> {
  const child = fork(join(__dirname, '../../local/entra/main.js'), FLAGS, {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  if (child.stdout === null) throw new Error('The simulator has no output to read.');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const url = /http:\S+?(?= )/.exec(line)?.[0];
  if (url === undefined) throw new Error(`The simulator did not tell its address: ${line}`);
  return {
    url,
    stats: async () => (await (await fetch(`${url}/_simulator/stats`)).json()) as EntraStats,
    async stop() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}
