// Detects what Excel leaves in a cell in place of its value: the error of a failed formula, or the # signs of a column that was too narrow.
import { quote } from '../core/message';
import type { Rejection } from '../core/rejection';
import { rejectRecord } from './check-values';
import type { ExportExpectation } from './export-record';

// English, German, French and Spanish Excel; other languages that we know of use the English ones.
const errorValues: ReadonlySet<string> = new Set(
  [
    '#N/A #REF! #VALUE! #DIV/0! #NAME? #NUM! #NULL! #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT! #GETTING_DATA',
    '#NV #BEZUG! #WERT! #ZAHL!',
    '#VALEUR! #NOM? #NOMBRE! #NUL!',
    '#N/D #¡REF! #¡VALOR! #¡DIV/0! #¿NOMBRE? #¡NUM! #¡NULO!',
  ].flatMap((words) => words.split(' ')),
);
const tooNarrow = /^#{3,}$/;

/** The character `#`, with which all of them begin; blanks have lower codes. */
const hash = 0x23;

/** Checks the value of a column that the settings read; returns the rejection or `null`. */
export type ErrorValueCheck = (value: string, line: number, column: string) => Rejection | null;

/** Makes the check of a file's values. A text that the settings name for a column is an ordinary value there. */
export const createErrorValueCheck = ({ knownTexts }: Pick<ExportExpectation, 'knownTexts'>): ErrorValueCheck => {
  const known = new Map(Object.entries(knownTexts).map(([column, texts]) => [column, new Set(texts)]));
  return (value, line, column) => {
    // Nearly all values return here.
    if (!(value.charCodeAt(0) <= hash)) return null;
    const text = value.trim();
    if (!errorValues.has(text) && !tooNarrow.test(text)) return null;
    if (known.get(column)?.has(text) === true) return null;
    return rejectRecord('excel-error-value', { column: quote(column), value: quote(text) }, line, column);
  };
};
