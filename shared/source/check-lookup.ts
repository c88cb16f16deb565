// Checks the look-up of managers against the rest of the settings: it needs files that have everybody.
import { walkMapping } from './mapped-leaves';
import { problemAt, type SettingsProblem } from './settings-problem';
import type { SourceSettings } from './settings-schema';

/** The mistakes in the look-ups of settings that are valid otherwise. */
export function checkLookup({ file, mapping }: SourceSettings): readonly SettingsProblem[] {
  if (file.content === 'full') return [];
  return [...walkMapping(mapping)]
    .filter(({ leaf }) => leaf.lookup !== undefined)
    .map(({ path }) => problemAt(['mapping', ...path, 'lookup'], 'settings-lookup-needs-full', {}));
}
