// Regular expressions with a time limit: a pattern such as (a+)+$ can run for years over forty letters, and nothing else stops it.
import { createContext, Script } from 'node:vm';

/** The code of the error that a stopped match throws, from node:vm. */
export const regexTimeoutCode = 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/** Texts up to this length, UTF-16 code units, are quick to match by a pattern without repeated groups. Our choice, 2026-11. */
const maxHarmlessLength = 256;

// Only a repeated group makes backtracking exponential; without one it takes a power of the text's length.
const repeatedGroup = /\)[*+{]/;

// V8 stops a match only where node:vm watches it; that costs some 70 µs, so harmless matches run without it.
const sandbox = createContext({ match: null });
const script = new Script('match()');

/** A class of regular expressions whose matches take at most `timeoutMs`; a match that would take longer throws `regexTimeoutCode`. */
export const boundedRegexClass = (timeoutMs: number) =>
  class BoundedRegex extends RegExp {
    override exec(text: string): RegExpExecArray | null {
      if (text.length <= maxHarmlessLength && !repeatedGroup.test(this.source)) return super.exec(text);
      sandbox['match'] = () => super.exec(text);
      return script.runInContext(sandbox, { timeout: timeoutMs }) as RegExpExecArray | null;
    }
  };
