// Runs the expressions of one file's mapping in a process of its own. Nothing else ends certainly: a regular expression or a function of the
// library may run for years or use all memory, and neither a time limit in the process nor a thread survives that (ADR 0029).
//
//   none ──rows──► starting ──ready──► idle ──rows──► busy ──all answered──► idle
//                                                      │ silent too long, or out of memory
//                                                      ▼
//                                                     none: its rows go again, one by one; a row that ends a process twice is rejected
import { fork, type ChildProcess } from 'node:child_process';
import { extname, join } from 'node:path';
import { type FileHold, holdsOf, RollcallError } from '../core/errors';
import { expressionTimeoutMs } from './expression-value';
import type { ExpressionSetup, FailedExpression, RowInput, RowResults } from './expression-wire';
import { isFailed, READY } from './expression-wire';
import type { mappingCodes } from './mapping-codes';

/** Evaluates the expressions of one file. */
export interface Expressions {
  /** The results of each row, in order. Throws `FileHold` (`expression-always-slow`); rejects with `expressions-unavailable` (retry). */
  evaluate(rows: readonly RowInput[]): Promise<readonly RowResults[]>;
  /** Ends what was started. */
  end(): void;
}

/** Opens the expressions of a file; nothing is started before the first rows. */
export type OpenExpressions = (setup: ExpressionSetup) => Expressions;

/** How long rows may take, ms. */
export interface ExpressionLimits {
  /** Longest silence of a process that has rows in hand. */
  readonly maxSilenceMs: number;
  /** Time that the rows of a file may lose before the file is held. */
  readonly maxLostMs: number;
  /** Time that all rows of a file may take together before the file is held. */
  readonly maxFileMs: number;
}

/** Memory of a process, MB: 50 JSON records of a million characters fit. Our choice, 2026-11. */
export const maxMegabytes = 128;

/** Longest start of a process, ms; it takes a tenth of a second. Our choice, 2026-11. */
const maxStartMs = 30_000;

/**
 * A process is silent for at most eight times what a row may take, because the computer may be busy; 40 slow rows, or 5 that had to be ended,
 * hold the file. So do rows that are slow but not too slow, after four minutes: reading takes its time, too, and whoever is ended by the platform comes again and
 * keeps a place of intake from other files. Our choice, 2026-11.
 */
export const expressionLimits: ExpressionLimits = { maxSilenceMs: 2_000, maxLostMs: 10_000, maxFileMs: 240_000 };

const holdByMapping = holdsOf<typeof mappingCodes>();

/** The program of the process: beside this file, in the language in which this file runs. A bundle needs it as a second entry. */
const PROGRAM = join(__dirname, `expression-process${extname(__filename)}`);

class ExpressionsOfFile implements Expressions {
  private child: ChildProcess | null = null;
  private lostMs = 0;
  private slowRows = 0;
  private spentMs = 0;
  private evaluated = 0;

  constructor(
    private readonly setup: ExpressionSetup,
    private readonly limits: ExpressionLimits,
  ) {}

  async evaluate(rows: readonly RowInput[]): Promise<readonly RowResults[]> {
    const results: RowResults[] = [];
    const began = performance.now();
    while (results.length < rows.length) {
      if (await this.ask(rows.slice(results.length), results)) break;
      await this.askOneByOne(rows, results);
    }
    this.spentMs += performance.now() - began;
    this.evaluated += rows.length;
    const { maxFileMs } = this.limits;
    if (this.spentMs < maxFileMs) return results;
    this.end();
    throw holdByMapping('expression-always-slow', { maxMs: maxFileMs, rows: this.evaluated });
  }

  end(): void {
    if (this.child !== null) endProcess(this.child);
    this.child = null;
  }

  /** Until a row has ended a process of its own: what ended the last one may have been another row, or the computer. */
  private async askOneByOne(rows: readonly RowInput[], results: RowResults[]): Promise<void> {
    for (let row = rows[results.length]; row !== undefined; row = rows[results.length]) {
      if (await this.ask([row], results)) continue;
      const maxMs = this.limits.maxSilenceMs;
      const ended: FailedExpression = {
        failed: 'expression-limit',
        trouble: { trouble: 'ended', maxMs, maxMegabytes },
        isSlow: true,
      };
      results.push(this.setup.texts.map(() => ended));
      const hold = this.countLost(maxMs);
      if (hold !== null) throw hold;
      return;
    }
  }

  /** Adds the results to `results` as they come; false if the process has ended before the last one. */
  private async ask(rows: readonly RowInput[], results: RowResults[]): Promise<boolean> {
    const child = (this.child ??= await startProcess(this.setup));
    const last = results.length + rows.length;
    const isAnswered = await new Promise<boolean>((resolve, reject) => {
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        ignore(child);
        settle();
      };
      const giveUp = (): void => finish(() => resolve(false));
      // Timers may run before the pipe is read: after a long stretch of our own work the answer may lie there already.
      let heard = 0;
      const timer = setTimeout(() => {
        const before = heard;
        setImmediate(() => {
          if (heard === before) giveUp();
        });
      }, this.limits.maxSilenceMs);
      child.on('message', (answered) => {
        heard++;
        timer.refresh();
        for (const one of answered as readonly RowResults[]) {
          results.push(one);
          const isSlow = one.some((result) => isFailed(result) && result.isSlow);
          const hold = isSlow ? this.countLost(expressionTimeoutMs) : null;
          if (hold === null) continue;
          finish(() => reject(hold));
          return;
        }
        if (results.length >= last) finish(() => resolve(true));
      });
      child.on('exit', giveUp).on('error', giveUp);
      child.send(rows);
    });
    if (!isAnswered) this.end();
    return isAnswered;
  }

  /** The hold of the file if its rows have lost too much time. */
  private countLost(ms: number): FileHold | null {
    this.lostMs += ms;
    this.slowRows += 1;
    if (this.lostMs < this.limits.maxLostMs) return null;
    this.end();
    return holdByMapping('expression-always-slow', { maxMs: expressionTimeoutMs, rows: this.slowRows });
  }
}

/** Starts the process and waits until it has compiled the setup. */
async function startProcess(setup: ExpressionSetup): Promise<ChildProcess> {
  const child = fork(PROGRAM, {
    execArgv: [`--max-old-space-size=${maxMegabytes}`],
    serialization: 'advanced',
    // What it prints when it dies would quote rows.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let timer: NodeJS.Timeout | undefined;
  const cause = await new Promise<unknown>((resolve) => {
    timer = setTimeout(() => resolve(new Error('silent')), maxStartMs);
    child.on('message', (first) => resolve(first === READY ? null : new Error('not ready')));
    child.on('error', resolve);
    child.on('exit', (code, signal) => resolve(new Error(`ended with ${String(code ?? signal)}`)));
    child.send(setup);
  });
  clearTimeout(timer);
  ignore(child);
  if (cause === null) return child;
  endProcess(child);
  throw new RollcallError('expressions-unavailable', 'retry', 'the process of the expressions did not start', {
    cause,
  });
}

/** Listens to nothing from the process; that it cannot be written to is no fault of the one that ended it. */
function ignore(child: ChildProcess): void {
  for (const event of ['message', 'exit', 'error']) child.removeAllListeners(event);
  child.on('error', () => undefined);
}

function endProcess(child: ChildProcess): void {
  ignore(child);
  child.kill('SIGKILL');
}

/** Opens the expressions of a file, to run in a process of their own. */
export const openExpressions = (setup: ExpressionSetup, limits: ExpressionLimits = expressionLimits): Expressions =>
  new ExpressionsOfFile(setup, limits);
