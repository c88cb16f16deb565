// The id of a person: its text in a row, when two ids mean one person, and what is wrong with the form of an id: what Excel does to ids, and
// the form that the source declares (`id.pattern`), whose author may have written one that takes very long to match.
import { textOf, type RawValue } from './record-value';
import { boundedRegexClass, regexTimeoutCode } from '../core/bounded-regex';

/** The text of an id, without outer spaces: digits for a JSON number, '' for a value that is no id (blank, a list, an object). */
export const idTextOf = (raw: RawValue): string => textOf(raw)?.trim() ?? '';

/** The key under which ids are compared: ids that differ only in case, spaces or leading zeros are one person. */
export const foldId = (id: string): string =>
  id
    .replace(/\s+/g, '')
    .toLowerCase()
    .replace(/^0+(?=.)/, '');

/** Time limit for one match, ms; most take less than a microsecond. Our choice, 2026-11. */
export const idMatchTimeoutMs = 50;
/** Matches over the time limit after which the file is held: at 50 ms each, a large file would never end. Our choice, 2026-11. */
const maxSlowMatches = 20;

/** Ids up to this length, UTF-16 code units, are quick to match by any pattern; most ids are this short. Our choice, 2026-11. */
const maxHarmlessLength = 12;

/** Most leading zeros that are tried with an id that does not fit its form. Our choice, 2026-11: ids of HR systems have 5 to 12 digits. */
const maxLostZeros = 12;

// Excel always writes the sign of the exponent; 1E5 may be a real id.
const scientific = /^[+-]?\d(?:[.,]\d+)?E[+-]\d+$/i;

// ="00123": written so that Excel keeps the zeros, but other programs take all of it for the id.
const textFormula = /^="[^"]*"$/;

/** The trouble with an id, by code. `id-pattern-slow` is about the pattern: the file cannot be read with it. */
export type IdTrouble =
  | { readonly code: 'id-in-scientific-notation' | 'id-as-formula' | 'id-of-wrong-form' }
  | { readonly code: 'id-lost-zeros'; readonly restored: string }
  | { readonly code: 'id-pattern-slow'; readonly slowMatches: number };

const PatternRegex = boundedRegexClass(idMatchTimeoutMs);

const isTimeout = (cause: unknown): boolean =>
  typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === regexTimeoutCode;

/** Makes the judge of one file's ids, against a valid pattern if there is one. It returns null for a sound id; a blank one is sound. */
export const createIdJudge = (pattern: string | null): ((id: string) => IdTrouble | null) => {
  const whole = `^(?:${pattern ?? ''})$`;
  const form = new RegExp(whole, 'u');
  const bounded = new PatternRegex(whole, 'u');
  let slowMatches = 0;

  // An id whose match takes too long does not fit.
  const fits = (id: string): boolean => {
    if (id.length <= maxHarmlessLength) return form.test(id);
    try {
      return bounded.test(id);
    } catch (cause) {
      if (!isTimeout(cause)) throw cause;
      slowMatches++;
      return false;
    }
  };

  const judge = (id: string): IdTrouble | null => {
    if (pattern !== null && fits(id)) return null;
    if (scientific.test(id)) return { code: 'id-in-scientific-notation' };
    if (textFormula.test(id)) return { code: 'id-as-formula' };
    if (pattern === null) return null;
    for (let zeros = 1; zeros <= maxLostZeros && slowMatches < maxSlowMatches; zeros++) {
      const restored = '0'.repeat(zeros) + id;
      if (fits(restored)) return { code: 'id-lost-zeros', restored };
    }
    return { code: 'id-of-wrong-form' };
  };

  return (id) => {
    if (id === '') return null;
    const trouble = judge(id);
    return slowMatches < maxSlowMatches ? trouble : { code: 'id-pattern-slow', slowMatches };
  };
};
