// The declared form of an id (`id.pattern`), which its author may have written so that a match takes for ever.
import { boundedRegexClass, regexTimeoutCode } from '../core/bounded-regex';
import { holdFile } from './hold-file';

/** Time for one match, ms; a usual one takes less than a microsecond. Our choice, 2026-11. */
const matchTimeoutMs = 50;
/** Matches over the time limit after which the file is held: at 50 ms each, a large file would never end. Our choice, 2026-11. */
const maxSlowMatches = 20;

/** Ids up to this length, UTF-16 code units, keep no pattern busy for long; most ids are such. Our choice, 2026-11. */
const maxHarmlessLength = 12;

const PatternRegex = boundedRegexClass(matchTimeoutMs);

const isTimeout = (cause: unknown): boolean =>
  typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === regexTimeoutCode;

/** Makes the test of the whole id against a valid pattern. What takes too long does not fit; row after row, it throws the hold `id-pattern-slow`. */
export const createIdForm = (pattern: string): ((id: string) => boolean) => {
  const whole = `^(?:${pattern})$`;
  const form = new RegExp(whole, 'u');
  const bounded = new PatternRegex(whole, 'u');
  let slow = 0;
  return (id) => {
    if (id.length <= maxHarmlessLength) return form.test(id);
    try {
      return bounded.test(id);
    } catch (cause) {
      if (!isTimeout(cause)) throw cause;
      slow++;
      if (slow < maxSlowMatches) return false;
      throw holdFile(
        'id-pattern-slow',
        `The form of the id (${pattern}) took more than ${matchTimeoutMs} ms to compare, ${slow} times.`,
      );
    }
  };
};
