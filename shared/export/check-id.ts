// What Excel does to ids: scientific notation, formulas, and leading zeros taken away.
import type { Rejection } from '../core/rejection';
import { rejectRecord } from './check-values';
import { createIdForm } from './id-form';
import { quoteValue } from './text/quote-value';

/** Zeros that are tried in front of an id that does not fit its form. Our choice, 2026-11: ids of HR systems have 5 to 12 digits. */
const maxLostZeros = 12;

// Excel always writes the sign of the exponent; 1E5 may well be somebody's id.
const scientific = /^[+-]?\d(?:[.,]\d+)?E[+-]\d+$/i;

// ="00123": what people write so that Excel keeps zeros, and what other programs take for the id.
const textFormula = /^="[^"]*"$/;

/** Makes the check of one id; a blank id is left to the mapping. Returns the rejection, or `null` for a sound id. */
export const createIdCheck = (
  column: string,
  pattern: string | null,
): ((id: string, line: number) => Rejection | null) => {
  const fits = pattern === null ? null : createIdForm(pattern);
  return (written, line) => {
    const id = written.trim();
    if (id === '' || (fits?.(id) ?? false)) return null;
    if (scientific.test(id)) {
      return rejectRecord(
        'id-in-scientific-notation',
        `The id ${quoteValue(id)} was turned into scientific notation, which loses its digits.`,
        line,
        column,
      );
    }
    if (textFormula.test(id)) {
      return rejectRecord(
        'id-as-formula',
        `The id ${quoteValue(id)} is a formula of Excel, not the id itself.`,
        line,
        column,
      );
    }
    if (fits === null) return null;
    for (let zeros = 1; zeros <= maxLostZeros; zeros++) {
      const restored = '0'.repeat(zeros) + id;
      if (fits(restored)) {
        return rejectRecord(
          'id-lost-zeros',
          `The id ${quoteValue(id)} lacks its leading zeros; it probably was ${quoteValue(restored)}.`,
          line,
          column,
        );
      }
    }
    return rejectRecord(
      'id-of-wrong-form',
      `The id ${quoteValue(id)} does not have the form ${quoteValue(pattern ?? '')}.`,
      line,
      column,
    );
  };
};
