// Which rows of a file are not sent because of another one, in a few bytes a row: the plan reads the file again, and must tell them.
import { Column } from '../../people/number-tables';
import type { Dropped, Duplicate } from '../../people/people';

const COLLAPSED = 1;
const KINDS: Readonly<Record<Dropped['kind'], number>> = {
  collapsed: COLLAPSED,
  'duplicate-id': 2,
  'duplicate-user-name': 3,
};

/** The dropped rows of one file. */
export class DroppedRows {
  private readonly kinds = new Column(Uint8Array);
  private readonly otherLines = new Column(Uint32Array);

  readonly note = (row: number, why: Dropped): void => {
    this.kinds.set(row, KINDS[why.kind]);
    if (why.kind !== 'collapsed') this.otherLines.set(row, why.otherLine);
  };

  /** Null for a row that is not dropped. */
  of(row: number): 'collapsed' | Duplicate | null {
    const kind = this.kinds.get(row);
    if (kind === 0) return null;
    if (kind === COLLAPSED) return 'collapsed';
    const otherLine = this.otherLines.get(row);
    return { kind: kind === KINDS['duplicate-id'] ? 'duplicate-id' : 'duplicate-user-name', otherLine };
  }
}
