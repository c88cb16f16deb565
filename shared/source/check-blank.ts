// Checks that no word means both "no value" and a value: `file.blank` and `blank` of the leaves against status words and tables of values.
import { compileBlankWords } from '../columns/blank-words';
import { quote } from '../core/message';
import { statusColumnsOf } from './active-settings';
import { walkMapping } from './mapped-leaves';
import { problemAt, type SettingsProblem } from './settings-problem';
import type { SourceSettings } from './settings-schema';

/** The mistakes in the words for blank of settings that are valid otherwise. */
export function checkBlankWords({ file, active, mapping }: SourceSettings): readonly SettingsProblem[] {
  const problems: SettingsProblem[] = [];
  const isBlank = compileBlankWords(file.blank);
  for (const { path, status } of statusColumnsOf(active)) {
    for (const list of ['active', 'inactive'] as const) {
      (status[list] ?? []).forEach((word, index) => {
        if (!isBlank(word)) return;
        const values = { word: quote(word), place: 'active' } as const;
        problems.push(problemAt([...path, list, index], 'settings-blank-word-used', values));
      });
    }
  }
  for (const { path, leaf } of walkMapping(mapping)) {
    const isBlankHere = compileBlankWords(leaf.blank);
    for (const word of Object.keys(leaf.values ?? {})) {
      if (!isBlank(word) && !isBlankHere(word)) continue;
      const values = { word: quote(word), place: 'values' } as const;
      problems.push(problemAt(['mapping', ...path, 'values', word], 'settings-blank-word-used', values));
    }
  }
  return problems;
}
