// What may not pass in the values of a record: damage holds the file, control and invisible characters reject the record.
import type { Rejection } from '../core/rejection';
import { maxCellChars } from './export-limits';
import { holdFile } from './hold-file';
import type { ExportCode } from './export-codes';
import { findTextTrouble, nameHiddenCharacter } from './text/text-damage';
import { quoteValue } from './text/quote-value';

/** Makes the rejection of one record with a code of intake. */
export const rejectRecord = (code: ExportCode, message: string, line: number, column: string | null): Rejection => ({
  code,
  message,
  at: { line, column },
});

/**
 * Checks one value. Throws the hold for damaged text; returns the rejection or `null`.
 * Invisible characters matter only in columns that the settings read; everything else matters everywhere.
 */
export const checkValue = (value: string, line: number, column: string, isRead: boolean): Rejection | null => {
  const trouble = findTextTrouble(value);
  switch (trouble) {
    case null:
      return null;
    case 'replaced':
    case 'mojibake':
      throw holdFile(
        'text-damaged',
        trouble === 'replaced'
          ? `On line ${line}, column ${quoteValue(column)}, a letter was lost: ${quoteValue(value)}.`
          : `On line ${line}, column ${quoteValue(column)}, accented letters are broken in two: ${quoteValue(value)}.`,
        { line, column },
      );
    case 'control':
      return rejectRecord(
        'control-character',
        `The column ${quoteValue(column)} holds the control character ${nameHiddenCharacter(value)}: ${quoteValue(value)}.`,
        line,
        column,
      );
    case 'invisible':
      return isRead
        ? rejectRecord(
            'invisible-character',
            `The column ${quoteValue(column)} holds the invisible character ${nameHiddenCharacter(value)}: ${quoteValue(value)}.`,
            line,
            column,
          )
        : null;
  }
};

/** The rejection of a value that is longer than any cell may be, or `null`. */
export const checkLength = (value: string, line: number, column: string): Rejection | null =>
  value.length <= maxCellChars
    ? null
    : rejectRecord(
        'cell-too-long',
        `The column ${quoteValue(column)} holds ${value.length} characters; ${maxCellChars} are the most.`,
        line,
        column,
      );
