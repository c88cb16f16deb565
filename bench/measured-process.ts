// A process of its own for each measurement, so that the peak of memory is that of one pass: the order is the first argument, the result goes
// to the parent.
import { fork } from 'node:child_process';

/** What every measured process reports besides its own figures. */
export interface ProcessCost {
  /** Processor time of the process, all threads: less affected by neighbours on a shared machine than elapsed time. */
  readonly cpuSeconds: number;
  /** Highest resident set of the process, bytes. */
  readonly peakBytes: number;
}

/** Parent: starts `script` (a compiled file) with an order; resolves to its result. */
export function startMeasured<Result>(
  script: string,
  order: object,
  execArgv: readonly string[] = [],
): Promise<Result & ProcessCost> {
  const child = fork(script, [JSON.stringify(order)], { execArgv: [...execArgv] });
  return new Promise((resolve, reject) => {
    child.once('message', (result) => resolve(result as Result & ProcessCost));
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`The measured process ended with ${code}: ${JSON.stringify(order)}`)),
    );
  });
}

/** Child: runs its order, which is what its parent passed, and reports. */
export function reportMeasured(run: (order: never) => Promise<object>): void {
  const cpuBefore = process.cpuUsage();
  void run(JSON.parse(process.argv[2] ?? '') as never).then((result) => {
    const cpu = process.cpuUsage(cpuBefore);
    // maxRSS is in KiB (Node.js documentation, process.resourceUsage).
    const cost: ProcessCost = {
      cpuSeconds: (cpu.user + cpu.system) / 1_000_000,
      peakBytes: process.resourceUsage().maxRSS * 1_024,
    };
    process.send?.({ ...result, ...cost }, () => process.disconnect());
  });
}
