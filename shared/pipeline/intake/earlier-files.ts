// The files that a source dropped before this one, for what a file says together with them: that it comes again, that its header changed.
import { once } from '../../core/once';
import type { Run } from '../../run/run';
import { isLive, isOfFile, LIVE_STATES } from '../../run/run';
import type { Pipeline } from '../pipeline';

/** The runs of files before a run whose people count, oldest first, as of the moment when they are first asked for. */
export type EarlierFiles = () => Promise<readonly Run[]>;

/** Looks nothing up yet. */
export const earlierFiles = ({ ledger }: Pick<Pipeline, 'ledger'>, run: Pick<Run, 'source' | 'run'>): EarlierFiles =>
  once(async () =>
    (await ledger.runs.ofSource(run.source, LIVE_STATES, { before: run.run }))
      .map(({ value }) => value)
      .filter((one) => isLive(one) && isOfFile(one)),
  );
