// The error of an expression that gave no result.
import type { ExpressionTrouble } from './mapping-codes';

/** Why an expression gave no result. `trouble` may quote the row, so the error's own message is the code. */
export class ExpressionFailure extends Error {
  override readonly name = 'ExpressionFailure';
  constructor(
    readonly code: 'expression-failed' | 'expression-limit',
    readonly trouble: ExpressionTrouble,
  ) {
    super(code);
  }
}
