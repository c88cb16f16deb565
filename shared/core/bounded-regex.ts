// Regular expressions with a time limit: a pattern such as (a+)+$ can take for ever over forty letters, and nothing else stops it.
import { createContext, Script } from 'node:vm';

/** What a stopped match throws: the error of node:vm. */
export const regexTimeoutCode = 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/** Texts up to this length, UTF-16 code units, cannot keep a pattern without repeated groups busy for long. Our choice, 2026-11. */
const maxHarmlessLength = 256;

// A repeated group is what makes backtracking exponential; without one it is a power of the text's length.
const repeatedGroup = /\)[*+{]/;

// V8 stops a match only where node:vm watches it; that costs some 70 µs, so harmless matches go without.
const sandbox = createContext({ match: null });
const script = new Script('match()');

/** A class of regular expressions of which no match takes longer than `timeoutMs`. A match that would, throws `regexTimeoutCode`. */
export const boundedRegexClass = (timeoutMs: number) =>
  class BoundedRegex extends RegExp {
    override exec(text: string): RegExpExecArray | null {
      if (text.length <= maxHarmlessLength && !repeatedGroup.test(this.source)) return super.exec(text);
      sandbox['match'] = () => super.exec(text);
      return script.runInContext(sandbox, { timeout: timeoutMs }) as RegExpExecArray | null;
    }
  };
