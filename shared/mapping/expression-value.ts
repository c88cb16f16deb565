// Runs the mapping's expressions (JSONata): over the row alone, within limits, with the same result every time.
import jsonata from 'jsonata';
import { compose } from '../columns/record-value';
import { boundedRegexClass, regexTimeoutCode } from '../core/bounded-regex';
import { holdsOf } from '../core/errors';
import { quoteWords } from '../core/message';
import type { mappingCodes } from './mapping-codes';
import type { ExportShape } from '../export/export-record';
import { forbiddenFunctions } from '../source/expression-syntax';
import { boundTexts } from './bounded-text';
import { ExpressionFailure } from './expression-failure';

/** Time limit for one expression over one row, ms; most take some microseconds. Our choice, 2026-11. */
export const expressionTimeoutMs = 250;

/** Deepest nesting of one evaluation, calls. Our choice, 2026-11; stops recursion long before the stack overflows. */
export const expressionMaxDepth = 500;

/** Longest list that an expression may make, items. Our choice, 2026-11. */
export const expressionMaxItems = 10_000;

/** Rows over the time limit after which the file is held: at 250 ms each, a large file would outlive every function timeout. */
export const maxSlowRows = 40;

/** Evaluates one expression over a row's input; a failure is a value. Throws `FileHold` when too many rows are too slow. */
export type ExpressionRunner = (input: unknown) => Promise<unknown>;

// D1011 depth, D1012 time, D2014 and D2015 sizes of ranges and sequences.
const slowCodes = ['D1012', regexTimeoutCode];
const limitCodes = ['D1011', 'D2014', 'D2015', ...slowCodes];

const toFailure = (error: unknown): ExpressionFailure => {
  if (error instanceof ExpressionFailure) return error;
  const { code, message } = error as { code?: string; message?: string };
  const kind =
    limitCodes.includes(code ?? '') || error instanceof RangeError ? 'expression-limit' : 'expression-failed';
  return new ExpressionFailure(kind, { trouble: 'library', words: quoteWords(message ?? '') });
};

const holdByMapping = holdsOf<typeof mappingCodes>();

/** Compiles an expression that the settings' check has passed. */
export function compileExpression(text: string, timeoutMs: number = expressionTimeoutMs): ExpressionRunner {
  const expression = jsonata(text, {
    timeout: timeoutMs,
    stack: expressionMaxDepth,
    sequence: expressionMaxItems,
    // The library's types ask for the built-in class, but the library only makes instances and calls exec.
    RegexEngine: boundedRegexClass(timeoutMs) as unknown as RegExpConstructor,
  });
  // The settings' check refuses these names; here they are disabled as well.
  for (const name of Object.keys(forbiddenFunctions)) {
    expression.registerFunction(name, () => {
      throw new ExpressionFailure('expression-failed', { trouble: 'not-offered', name });
    });
  }
  boundTexts(expression);
  let slowRows = 0;
  return async (input) => {
    try {
      return (await expression.evaluate(input)) as unknown;
    } catch (error) {
      const failure = toFailure(error);
      if (slowCodes.includes((error as { code?: string }).code ?? '')) slowRows += 1;
      if (slowRows >= maxSlowRows) {
        throw holdByMapping('expression-always-slow', { maxMs: timeoutMs, rows: slowRows });
      }
      return failure;
    }
  };
}

/** Makes the input object of a CSV row: column → cell, composed and without outer spaces. JSON records are their own input. */
export function compileRowInput(shape: ExportShape): (cells: readonly string[]) => unknown {
  const columns = shape.columns ?? [];
  return (cells) => {
    // Without a prototype, so that a column may have the name of an object's method.
    const input = Object.create(null) as Record<string, string>;
    for (let index = 0; index < columns.length; index += 1) {
      input[columns[index] ?? ''] = compose(cells[index] ?? '').trim();
    }
    return input;
  };
}
