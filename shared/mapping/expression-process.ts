// The program in which the expressions of one file run (expressions.ts starts and ends it). It answers rows in the order in which they come.
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import type { ExpressionSetup, RowInput, RowResults } from './expression-wire';
import { READY } from './expression-wire';
import type { EvaluateRow } from './row-expressions';
import { compileRowExpressions } from './row-expressions';

/** Results are sent when they are so old, ms: often enough to show which row takes long, not for each row. */
const SEND_EVERY_MS = 10;

/** How often a process that may be stuck looks whether its parent is gone, ms. */
const LOOK_EVERY_MS = 1_000;

function serve(): void {
  // A stuck process cannot notice that nobody wants its answers any more.
  new Worker(__filename, { workerData: process.ppid, resourceLimits: { maxOldGenerationSizeMb: 16 } }).unref();
  process.on('disconnect', () => process.exit());
  // Ctrl-C at a terminal is for the parent, which may finish what it has begun.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  process.once('message', (setup) => {
    const evaluate = compileRowExpressions(setup as ExpressionSetup);
    process.on('message', (rows) => void answer(rows as readonly RowInput[], evaluate));
    process.send?.(READY);
  });
}

async function answer(rows: readonly RowInput[], evaluate: EvaluateRow): Promise<void> {
  let results: RowResults[] = [];
  let sentAt = performance.now();
  const sendAll = async (): Promise<void> => {
    await send(results);
    results = [];
    sentAt = performance.now();
  };
  for (const row of rows) {
    // A second try begins with a sign of life, even if there is no result: two tries are no longer silence than one.
    const result = await evaluate(row, sendAll);
    results.push(result);
    if (performance.now() - sentAt >= SEND_EVERY_MS) await sendAll();
  }
  if (results.length > 0) await sendAll();
}

/** Resolves when the results are on their way: the next row may keep the process busy for as long as it likes. */
const send = (results: readonly RowResults[]): Promise<void> =>
  new Promise((resolve) => process.send?.(results, () => resolve()));

function watch(parent: number): void {
  setInterval(() => {
    if (process.ppid !== parent || !isAlive(parent)) process.kill(process.pid, 'SIGKILL');
  }, LOOK_EVERY_MS);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

if (isMainThread) serve();
else watch(workerData as number);
