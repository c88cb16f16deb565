// The texts of a file that were made tidy (tidy-text.ts), reported once per file and kind.
import type { Position } from '../core/rejection';
import type { Finding } from './export-record';
import { findIn } from './find-in-file';
import type { Tidying } from './text/tidy-text';

/** Counts tidied values and reports them at the end. */
export interface TidiedText {
  /** `column` is null for a whole record. */
  note(tidying: Tidying, line: number, column: string | null): void;
  findings(): readonly Finding[];
}

/** Makes the counter of one file. */
export const createTidiedText = (): TidiedText => {
  const counts = new Map<Tidying, { values: number; readonly first: Position & { readonly line: number } }>();
  return {
    note(tidying, line, column) {
      const count = counts.get(tidying) ?? { values: 0, first: { line, column } };
      count.values++;
      counts.set(tidying, count);
    },
    findings: () =>
      [...counts].map(([tidying, { values, first }]) => findIn('note', tidying, { values, line: first.line }, first)),
  };
};
