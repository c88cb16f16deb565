// Whether the settings of a source let days decide about people (`active.until`, `active.from`).
import type { SourceSettings } from './settings-schema';

/** True if a row can say that the person's status changes on a later day. */
export const declaresDates = ({ active }: Pick<SourceSettings, 'active'>): boolean =>
  active.until !== undefined || active.from !== undefined;
