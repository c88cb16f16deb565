// Bounds the texts that an expression may make: the library checks the time only between two steps, and one step can make a huge text.
import type { Expression } from 'jsonata';
import { ExpressionFailure } from './expression-failure';

/** Longest text that any step of an expression may make, UTF-16 units: three of the longest cells. Our choice, 2026-11. */
export const expressionMaxChars = 100_000;

const checkLength = (chars: number): void => {
  if (chars <= expressionMaxChars) return;
  throw new ExpressionFailure('expression-limit', {
    trouble: 'text-too-long',
    maxChars: expressionMaxChars,
  });
};

/** As `$pad` of JSONata: counts and pads by whole characters, on the left for a negative width. */
const pad = (text: string | undefined, width: number, filling = ' '): string | undefined => {
  if (text === undefined) return undefined;
  checkLength(Math.abs(width));
  const missing = Math.abs(Math.trunc(width)) - Array.from(text).length;
  if (missing <= 0) return text;
  const signs = Array.from(filling === '' ? ' ' : filling);
  const padding = Array.from({ length: missing }, (_, at) => signs[at % signs.length]).join('');
  return width > 0 ? text + padding : padding + text;
};

/** As `$join` of JSONata. */
const join = (texts: readonly string[] | undefined, separator = ''): string | undefined => {
  if (texts === undefined) return undefined;
  checkLength(texts.reduce((chars, text) => chars + text.length + separator.length, 0));
  return texts.join(separator);
};

// The library's own hook after every step. `assign` takes any name, but its types allow only strings.
const afterEachStep = Symbol.for('jsonata.__evaluate_exit') as unknown as string;

/** Makes an expression fail with `expression-limit` at a step that makes too long a text. */
export const boundTexts = (expression: Expression): void => {
  expression.registerFunction('pad', pad, '<s-ns?:s>');
  expression.registerFunction('join', join, '<a<s>s?:s>');
  expression.assign(afterEachStep, (_step: unknown, _input: unknown, _environment: unknown, result: unknown) => {
    if (typeof result === 'string') checkLength(result.length);
  });
};
