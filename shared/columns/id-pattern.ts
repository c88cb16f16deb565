// The form of an id (`id.pattern`), matched in linear time. The engine of JavaScript goes back and tries again, so that a pattern such as
// (?:a|a)+ can take years over forty letters, and nothing in the process can stop it (docs/adr/0029-hostile-settings.md).
import { RE2JS } from 're2js';

/** Longest pattern, UTF-16 code units. Our choice, 2026-11: forms of ids have ten to forty. */
export const maxIdPatternChars = 500;

/**
 * Largest compiled pattern, instructions of the engine: `\d{6}` has 8, a UUID some 40. A match takes at most instructions × characters steps;
 * at this size, 25 ms for an id of 256 characters (measured 2026-11).
 */
const maxIdPatternSize = 1_000;

/**
 * Longest id, UTF-16 code units. Neither SCIM (RFC 7643 §3.1) nor the service's documentation bounds `externalId`; the attributes that it is
 * mapped to hold 16 (`employeeId`) to 256 characters, so no longer one could ever be matched. Our choice, 2026-11: each row of a batch keeps
 * its id, and a batch must fit into one entity of a table (shared/storage/azure-entity.ts).
 */
export const maxIdChars = 256;

/** Why a pattern cannot be used: not a regular expression, one that needs to look around or back, or one that repeats too much. */
export type IdPatternFault = 'syntax' | 'not-linear' | 'too-large';

export type IdPattern =
  | { readonly ok: true; readonly fits: (id: string) => boolean }
  | { readonly ok: false; readonly fault: IdPatternFault };

const backReference = /(?<!\\)(?:\\\\)*\\k/;

const faulty = (fault: IdPatternFault): IdPattern => ({ ok: false, fault });

/** Compiles a pattern for the whole of an id. It must mean something to JavaScript (with the flag `u`), by whose rules it is documented. */
export function compileIdPattern(pattern: string): IdPattern {
  if (pattern.length > maxIdPatternChars) return faulty('too-large');
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
  if (form.programSize() > maxIdPatternSize) return faulty('too-large');
  return { ok: true, fits: (id) => id.length <= maxIdChars && form.testExact(id) };
}
