// What goes between the mapping and the process in which its expressions run.
import type { JsonObject, JsonValue } from '../core/json-value';
import type { ExpressionTrouble } from './mapping-codes';

/** What the process is told first: the expressions of a mapping, and the columns of a CSV file (null for JSON). */
export interface ExpressionSetup {
  readonly texts: readonly string[];
  readonly columns: readonly string[] | null;
}

/** What the expressions of one row read: the cells of a CSV row, or a JSON record. */
export type RowInput = readonly string[] | JsonObject;

/** Why an expression gave no result. `isSlow`: its time was up. */
export interface FailedExpression {
  readonly failed: 'expression-failed' | 'expression-limit';
  readonly trouble: ExpressionTrouble;
  readonly isSlow: boolean;
}

/** The result of one expression; a list, an object or a function is an empty list, because no attribute takes it. */
export type ExpressionResult = Exclude<JsonValue, JsonObject> | undefined | FailedExpression;

/** The results of one row, in the order of the setup. */
export type RowResults = readonly ExpressionResult[];

/** True for a result that is a failure. */
export const isFailed = (result: ExpressionResult): result is FailedExpression =>
  typeof result === 'object' && result !== null && 'failed' in result;

/** The first message from the process: it has compiled the setup. */
export const READY = 'ready';
