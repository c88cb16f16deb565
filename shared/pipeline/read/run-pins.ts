// What a run has pinned, for one attempt: pinned or read when a step first asks, then remembered, because it never changes.
import { once } from '../../core/once';
import type { HoldList } from '../../holdlist/hold-list';
import { requireKeptSettings } from '../../run/kept-settings';
import type { PinnedRoster } from '../../run/pinned-roster';
import type { Run } from '../../run/run';
import { isFirstAttempt } from '../../run/run-moves';
import type { SourceSettings } from '../../source/source-settings';
import type { Pipeline } from '../pipeline';
import { pinHoldList } from './pin-hold-list';
import { pinRoster } from './pin-roster';
import { pinSettings } from './pin-settings';

/** Each throws as the pinning does: `FileHold` where the settings or the hold list cannot be used. */
export interface RunPins {
  readonly settings: () => Promise<SourceSettings>;
  readonly holdList: () => Promise<HoldList>;
  readonly roster: () => Promise<PinnedRoster>;
  /** True for the first attempt at a file, from its beginning: what is made once for the run need not be looked for before it is made. */
  readonly isOfFirstAttempt: boolean;
}

/** Of the run as this attempt found it: after an approval another roster is pinned. */
export const pinsOf = (
  pipeline: Pick<Pipeline, 'ledger' | 'files' | 'sources' | 'rosters' | 'clock'>,
  run: Run,
): RunPins => ({
  // Once its users are committed no run can be held: then what it was read by counts, whatever today's rules say of it.
  settings: once(() =>
    run.state === 'staged' ? requireKeptSettings(pipeline.files, run) : pinSettings(pipeline, run),
  ),
  holdList: once(() => pinHoldList(pipeline, run)),
  roster: once(() => pinRoster(pipeline, run)),
  isOfFirstAttempt: isFirstAttempt(run),
});
