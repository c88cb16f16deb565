// The expressions of a mapping over one row: they share its time, and a row that was too slow has a second try.
import { compose } from '../columns/record-value';
import { compileExpression, expressionTimeoutMs } from './expression-value';
import type { ExpressionResult, ExpressionSetup, FailedExpression, RowInput, RowResults } from './expression-wire';
import { isFailed } from './expression-wire';

/**
 * Makes the input object of a CSV row: column → cell, composed and without outer spaces. JSON records are their own input. Columns that share
 * a name are not in it: an expression that computes the name of its column would read one of them by chance.
 */
function compileRowInput(columns: readonly string[]): (cells: readonly string[]) => unknown {
  const counts = new Map<string, number>();
  for (const name of columns) counts.set(name, (counts.get(name) ?? 0) + 1);
  const single = columns.flatMap((name, index) => (counts.get(name) === 1 ? [{ name, index }] : []));
  return (cells) => {
    // Without a prototype, so that a column may have the name of an object's method.
    const input = Object.create(null) as Record<string, string>;
    for (const { name, index } of single) input[name] = compose(cells[index] ?? '').trim();
    return input;
  };
}

const outOfTime: FailedExpression = {
  failed: 'expression-limit',
  trouble: { trouble: 'too-slow', maxMs: expressionTimeoutMs },
  isSlow: true,
};

/** Evaluates the expressions of one row. `beforeAgain` is awaited before a second try. */
export type EvaluateRow = (row: RowInput, beforeAgain?: () => Promise<void>) => Promise<RowResults>;

/** Compiles the expressions of a setup. `now`: ms. */
export function compileRowExpressions(
  { texts, columns }: ExpressionSetup,
  now: () => number = () => performance.now(),
): EvaluateRow {
  const expressions = texts.map((text) => compileExpression(text));
  const toInput = columns === null ? null : compileRowInput(columns);
  const evaluateAll = async (input: unknown): Promise<RowResults> => {
    const endsAt = now() + expressionTimeoutMs;
    const results: ExpressionResult[] = [];
    for (const evaluate of expressions) {
      // One failure rejects the row, whatever the others give.
      if (results.some(isFailed)) results.push(null);
      else results.push(now() > endsAt ? outOfTime : await evaluate(input));
    }
    return results;
  };
  return async (row, beforeAgain) => {
    const input = toInput === null ? row : toInput(row as readonly string[]);
    const results = await evaluateAll(input);
    if (!results.some(isSlow)) return results;
    // Time is that of the clock, and the computer may have stood still: that is no reason to reject a row.
    await beforeAgain?.();
    return evaluateAll(input);
  };
}

const isSlow = (result: ExpressionResult): boolean => isFailed(result) && result.isSlow;
