// Regular expressions of settings, matched in linear time. The engine of JavaScript goes back and tries again, so that a pattern such as
// (?:a|a)+ can take years over forty letters, and nothing in the process can stop it (docs/adr/0029-hostile-settings.md).
import { RE2JS } from 're2js';

/** Longest pattern, UTF-16 code units. Our choice, 2026-11: forms of ids have ten to forty. */
export const maxPatternChars = 500;

/**
 * Largest compiled pattern, instructions of the engine: `\d{6}` has 8, a UUID some 40. A match takes at most instructions × characters steps;
 * at this size, 25 ms for a text of 256 characters (measured 2026-11).
 */
const maxPatternSize = 1_000;

/** Why a pattern cannot be used: not a regular expression, one that needs to look around or back, or one that repeats too much. */
export type PatternFault = 'syntax' | 'not-linear' | 'too-large';

/** A compiled pattern. `groups`: the names of its groups. */
export type LinearPattern =
  | { readonly ok: true; readonly form: RE2JS; readonly groups: readonly string[] }
  | { readonly ok: false; readonly fault: PatternFault };

const backReference = /(?<!\\)(?:\\\\)*\\k/;

const faulty = (fault: PatternFault): LinearPattern => ({ ok: false, fault });

/** Compiles a pattern. It must mean something to JavaScript (with the flag `u`), by whose rules it is documented. */
export function compileLinearPattern(pattern: string): LinearPattern {
  if (pattern.length > maxPatternChars) return faulty('too-large');
  try {
    new RegExp(pattern, 'u');
  } catch {
    return faulty('syntax');
  }
  // The engine takes \k for a letter.
  if (backReference.test(pattern)) return faulty('not-linear');
  let form: RE2JS;
  try {
    form = RE2JS.compile(RE2JS.translateRegExp(pattern));
  } catch (cause) {
    return faulty(/repeat|too large/.test(String(cause)) ? 'too-large' : 'not-linear');
  }
  if (form.programSize() > maxPatternSize) return faulty('too-large');
  return { ok: true, form, groups: Object.keys(form.namedGroups()) };
}
