// An expression that gave no result.

/** Why an expression gave no result. The message is the library's and may quote the row. */
export class ExpressionFailure extends Error {
  override readonly name = 'ExpressionFailure';
  constructor(
    readonly code: 'expression-failed' | 'expression-limit',
    message: string,
  ) {
    super(message);
  }
}
