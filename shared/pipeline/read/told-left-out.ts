// The values that a row goes without, as its line in `rows.jsonl` keeps them for the report.
import type { LeftOut } from '../../mapping/mapped-record';
import type { LeftOutValue } from '../../run/run-files';

/** Values of one row that are told: enough to correct it, and a line stays short. Our choice, 2026-11. */
const MAX_TOLD = 10;

/** What is told of them: each column once, however many attributes are made of it. */
export function toldLeftOut(leftOut: readonly LeftOut[]): readonly LeftOutValue[] {
  const told = new Map<string, LeftOutValue>();
  for (const { why, inPlace } of leftOut) {
    const { code, values, at } = why;
    const key = JSON.stringify([code, at.column ?? values, inPlace]);
    if (told.size < MAX_TOLD && !told.has(key)) told.set(key, { code, values, column: at.column, inPlace });
  }
  return [...told.values()];
}
