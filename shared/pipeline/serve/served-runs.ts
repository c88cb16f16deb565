// Each run is served on its own (docs/design.md §7.16): a step that fails for one run is told and noted, and the others have their turn.
import { RollcallError } from '../../core/errors';
import type { RunKey } from '../../core/run-key';
import type { TraceParent } from '../../core/trace';
import type { Pipeline } from '../pipeline';

/** What is done for a run: the word of the event, and of the run's trouble. `look-up`: whether a log entry is about somebody it has sent. */
type ServingStep =
  'release' | 'look-up' | 'evidence' | 'silence' | 'repair' | 'settle' | 'sweep' | 'report' | 'holds' | 'stop';

/** A step that failed for a run. The one at fault may be another run (`RollcallError.run`), which can perhaps be served all the same. */
export interface RunFault {
  readonly run: RunKey;
  /** The run that is at fault. */
  readonly blamed: RunKey;
  readonly step: ServingStep;
  readonly error: unknown;
}

/** The code of an error: ours, or that there is none. */
export const codeOfFault = (error: unknown): string => (error instanceof RollcallError ? error.code : 'unexpected');

/** A run, and where it stands in a trace as far as the caller knows. */
type TracedRun = RunKey & { readonly trace?: TraceParent | null };

const keyOf = ({ source, run }: RunKey): string => `${source}/${run}`;

/** Serves runs, and remembers for which a step failed. One per tick, or per message. */
export class ServedRuns {
  private readonly found: RunFault[] = [];

  constructor(private readonly ports: Pick<Pipeline, 'emit' | 'trace'>) {}

  /** All faults, in the order in which they happened. */
  get faults(): readonly RunFault[] {
    return this.found;
  }

  /** Does one step for one run; false if it failed. Never rejects. An error that names another run is told as a fault of that one. */
  async serve(step: ServingStep, run: TracedRun, work: () => Promise<void>): Promise<boolean> {
    return this.ports.trace.step(step, run.trace ?? null, () => this.attempt(step, run, work));
  }

  private async attempt(step: ServingStep, run: RunKey, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      const itself = { source: run.source, run: run.run };
      const blamed = (error instanceof RollcallError ? error.run : null) ?? itself;
      this.found.push({ run: itself, blamed, step, error });
      this.ports.emit('rollcall.run.failed', { ...blamed, step, code: codeOfFault(error) });
      return false;
    }
  }

  /** Does one step for each of the runs, one after the other. */
  async each<R extends TracedRun>(
    step: ServingStep,
    runs: readonly R[],
    work: (run: R) => Promise<void>,
  ): Promise<void> {
    for (const run of runs) await this.serve(step, run, () => work(run));
  }

  /** True if this step failed for the run, whichever run is to blame. */
  hasFailed(run: RunKey, step: ServingStep): boolean {
    return this.found.some((fault) => fault.step === step && keyOf(fault.run) === keyOf(run));
  }

  /** Rejects with the first fault, if there is one: the trigger logs it, once. What keeps failing for a run that waits for a person is only told. */
  throwFirst(isWaiting: (run: RunKey) => boolean = () => false): void {
    const first = this.found.find(({ blamed }) => !isWaiting(blamed));
    if (first !== undefined) throw first.error;
  }
}
