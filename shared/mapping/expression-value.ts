// Evaluates one expression of the mapping (JSONata): over the row alone, within limits, with the same result every time. It runs in a process
// of its own (expression-process.ts): the limits here are the library's, which looks at them between two steps only.
import jsonata from 'jsonata';
import { quoteWords } from '../core/message';
import { forbiddenFunctions } from '../source/expression-syntax';
import { boundTexts } from './bounded-text';
import { ExpressionFailure } from './expression-failure';
import type { ExpressionResult, FailedExpression } from './expression-wire';

/** Time limit for the expressions of one row, ms; most take some microseconds. Our choice, 2026-11. */
export const expressionTimeoutMs = 250;

/** Deepest nesting of one evaluation, calls. Our choice, 2026-11; stops recursion long before the stack overflows. */
export const expressionMaxDepth = 500;

/** Longest list that an expression may make, items. Our choice, 2026-11. */
export const expressionMaxItems = 10_000;

// D1011 depth, D1012 time, D2014 and D2015 sizes of ranges and sequences.
const slowCode = 'D1012';
const limitCodes = ['D1011', 'D2014', 'D2015', slowCode];

function toFailed(error: unknown): FailedExpression {
  if (error instanceof ExpressionFailure) return { failed: error.code, trouble: error.trouble, isSlow: false };
  const { code = '', message = '' } = error as { code?: string; message?: string };
  const isLimit = limitCodes.includes(code) || error instanceof RangeError;
  return {
    failed: isLimit ? 'expression-limit' : 'expression-failed',
    trouble: { trouble: 'library', words: quoteWords(message) },
    isSlow: code === slowCode,
  };
}

/** Only single values leave the process: what else an expression makes may be of any size and shape. */
function toResult(value: unknown): ExpressionResult {
  if (value === null || value === undefined) return value;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : [];
}

/** Compiles an expression that the settings' check has passed. A failure is a value. */
export function compileExpression(
  text: string,
  timeoutMs: number = expressionTimeoutMs,
): (input: unknown) => Promise<ExpressionResult> {
  const expression = jsonata(text, { timeout: timeoutMs, stack: expressionMaxDepth, sequence: expressionMaxItems });
  // The settings' check refuses these names; here they are disabled as well.
  for (const name of Object.keys(forbiddenFunctions)) {
    expression.registerFunction(name, () => {
      throw new ExpressionFailure('expression-failed', { trouble: 'not-offered', name });
    });
  }
  boundTexts(expression);
  return async (input) => {
    try {
      return toResult(await expression.evaluate(input));
    } catch (error) {
      return toFailed(error);
    }
  };
}
