// Which rows of a file are not sent because of another one, in a few bytes a row: the plan reads the file again, and must tell them.
import { Column } from '../../people/number-tables';
import type { Dropped, Duplicate } from '../../people/people';

const KINDS = ['collapsed', 'superseded', 'skipped', 'duplicate-id', 'duplicate-user-name'] as const;

/** The dropped rows of one file. */
export class DroppedRows {
  private readonly kinds = new Column(Uint8Array);
  private readonly otherLines = new Column(Uint32Array);

  readonly note = (row: number, why: Dropped): void => {
    this.kinds.set(row, KINDS.indexOf(why.kind) + 1);
    if ('otherLine' in why) this.otherLines.set(row, why.otherLine);
  };

  /** Null for a row that is not dropped. */
  of(row: number): Exclude<Dropped['kind'], Duplicate['kind']> | Duplicate | null {
    const kind = KINDS[this.kinds.get(row) - 1];
    if (kind === undefined) return null;
    if (kind !== 'duplicate-id' && kind !== 'duplicate-user-name') return kind;
    return { kind, otherLine: this.otherLines.get(row) };
  }
}
