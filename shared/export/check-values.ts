// Checks the values of a record: damaged text holds the file, control and invisible characters reject the record.
import { quote } from '../core/message';
import type { ValuesOf } from '../core/codes';
import type { Rejection } from '../core/rejection';
import { maxCellChars } from './export-limits';
import { holdFile } from './hold-file';
import type { ExportCode, exportCodes } from './export-codes';
import { findTextTrouble, nameHiddenCharacter } from './text/text-damage';

/** Makes the rejection of one record with a code of intake. */
export const rejectRecord = <C extends ExportCode>(
  code: C,
  values: ValuesOf<typeof exportCodes, C>,
  line: number,
  column: string | null,
): Rejection => ({ code, values, at: { line, column } });

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
        {
          damage: trouble === 'replaced' ? 'letter-lost' : 'letters-split',
          line,
          column: quote(column),
          value: quote(value),
        },
        { line, column },
      );
    case 'control':
      return rejectRecord(
        'control-character',
        { column: quote(column), character: nameHiddenCharacter(value), value: quote(value) },
        line,
        column,
      );
    case 'invisible':
      return isRead
        ? rejectRecord(
            'invisible-character',
            { column: quote(column), character: nameHiddenCharacter(value), value: quote(value) },
            line,
            column,
          )
        : null;
  }
};

/** Most damaged values of a record whose id and status are still believed: every attribute that settings may have, and more. Our choice, 2026-11. */
export const maxDamagedValues = 1_000;

/** The rejection of a value that is longer than any cell may be, or `null`. */
export const checkLength = (value: string, line: number, column: string): Rejection | null =>
  value.length <= maxCellChars
    ? null
    : rejectRecord(
        'cell-too-long',
        { column: quote(column), chars: value.length, maxChars: maxCellChars },
        line,
        column,
      );
