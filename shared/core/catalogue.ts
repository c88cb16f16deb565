// The shape of the tables of codes. Each concept keeps its own table beside its code; docs/errors.md lists all of them.

/** What a code does: to a row, a file, a run, a batch or the gate; `finding` only tells. */
export type CodeKind = 'rejection' | 'hold' | 'finding' | 'fault' | 'halt' | 'verdict';

/** One entry of docs/errors.md: what raises the code and what cures it, in plain words. */
export interface CodeEntry {
  readonly kind: CodeKind;
  readonly cause: string;
  readonly cure: string;
}

/** A table of codes; written `defineCodes({ … })` so that the code names become a closed union. */
export const defineCodes = <const T extends Readonly<Record<string, CodeEntry>>>(codes: T): T => codes;
