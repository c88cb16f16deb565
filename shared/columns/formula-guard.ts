// Cells that a spreadsheet would take for formulas (CSV injection). A report is opened wherever it ends up: where the list separator is `;`, the
// cell `x;=7+7;y` of a file with commas becomes three, and the second is a formula. Quoting does not help, because quotes count only at the
// beginning of what that program takes for a cell. So a sign that begins a formula gets an apostrophe wherever some program may see a cell begin:
// at the beginning, and behind `,` `;` tab `|` and line ends, even if blanks and quotes are between (OWASP, CSV Injection, 2025-08).
//
//   =7+7 → '=7+7     '=7+7 → ''=7+7     x;=7+7;y → x;'=7+7;y     x;"=7" → x;"'=7"
//
// Exactly one apostrophe is added, also where there are some already, and nothing else: so what HR sends back is restored exactly.
import { DELIMITERS } from './delimiters';

/** Signs that begin a formula, full-width ones too. */
const SIGNS = '=+\\-@\\uff1d\\uff0b\\uff0d\\uff20';
/** Signs at the beginning of a cell that some programs drop together with what they hide. */
const BLANKS = '\\t\\r\\n';
const SEPARATORS = `${DELIMITERS.join('')}\\r\\n`;

/** The places where a formula begins, each with what stands before it in the program's cell; `ours` is between the two. */
const placesWith = (ours: string): readonly RegExp[] => [
  new RegExp(`(^[ "]*)${ours}(?='*[${SIGNS}${BLANKS}])`),
  new RegExp(`([${SEPARATORS}][ "]*)${ours}(?='*[${SIGNS}])`, 'g'),
];

const unguarded = placesWith('');
const guarded = placesWith("'");

const replaceAt = (places: readonly RegExp[], cell: string, by: string): string =>
  places.reduce((text, place) => text.replace(place, by), cell);

/** Nearly all cells have none of these signs. */
const mayNeedGuard = new RegExp(`[${SIGNS}]|^[ "']*[${BLANKS}]`);

/** The cell with an apostrophe before each sign where a program may see a formula begin. Takes time linear in its length. */
export const guardFormulas = (cell: string): string =>
  mayNeedGuard.test(cell) ? replaceAt(unguarded, cell, "$1'") : cell;

/** The cell as it was before `guardFormulas`. */
export const restoreFormulas = (cell: string): string =>
  mayNeedGuard.test(cell) ? replaceAt(guarded, cell, '$1') : cell;
