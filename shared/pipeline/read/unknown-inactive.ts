// Inactive people for whom nothing was ever sent (`unknownInactive` in source.json): ten years of leavers would otherwise make as many disabled
// accounts. In a first run nobody is known, so only an old leave date tells them from somebody who left yesterday and has an account.
import type { StagedUser } from '../../people/people';
import type { Day } from '../../roster/roster-entry';
import { dayOf } from '../../roster/roster-entry';
import { leaveDateOf, type SourceSettings } from '../../source/settings-schema';

/** True if nothing need be sent of a person whom the roster does not know. */
export type SkipsUnknown = (user: Pick<StagedUser, 'active' | 'leftAt'>) => boolean;

/** Null if the settings skip nobody in a run: then it has no such candidates. `isFirst`: the roster that it compares with is empty. */
export function skipsUnknownInactive(
  settings: Pick<SourceSettings, 'unknownInactive'>,
  day: Day,
  isFirst: boolean,
): SkipsUnknown | null {
  const leaveDate = leaveDateOf(settings);
  if (settings.unknownInactive === 'send' || (isFirst && leaveDate === null)) return null;
  if (!isFirst || leaveDate === null) return ({ active }) => !active;
  return ({ active, leftAt = null }) => !active && leftAt !== null && dayOf(leftAt) + leaveDate.olderThanDays < day;
}
