// Who has which value in a column: an e-mail address or a name by which a manager is named. A person takes some 40 bytes (docs/limits.md), so that
// five million fit: a hash of the value, and the text of the id.
import { foldLookupValue } from '../columns/fold';
import { foldId } from '../columns/id';
import type { Hash64 } from '../core/hash';
import { Column, HashSlots } from './number-tables';
import { Texts } from './texts';

/** Who has a value: one person, nobody, or not one person for certain. `lines`: of two rows with the value, or of the one without an id. */
export type PersonOfValue =
  | { readonly kind: 'one'; readonly id: string }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'several' | 'without-id'; readonly lines: readonly number[] };

const NOBODY: PersonOfValue = { kind: 'nobody' };

/** Collects the people of a file, then finds them. Case, outer spaces and the number of inner ones do not count. */
export class PeopleByValue {
  private readonly keys = new Column(BigUint64Array);
  private readonly lines = new Column(Uint32Array);
  /** The line of another person with the same value; 0 if there is none. */
  private readonly otherLines = new Column(Uint32Array);
  /** The id of each; blank if it is not known. */
  private readonly ids = new Texts();
  private readonly byKey = new HashSlots((at) => this.keys.get(at));
  private count = 0;

  constructor(private readonly hash: Hash64) {}

  /** Notes the value of a row. `id` is null if it is not certain whose row it is. */
  add(value: string, id: string | null, line: number): void {
    const key = this.keyOf(value);
    if (key === null) return;
    this.keys.set(this.count, key);
    const first = this.byKey.putIfAbsent(key, this.count);
    if (first !== null) {
      if (this.otherLines.get(first) === 0 && !this.isSame(first, id)) this.otherLines.set(first, line);
      return;
    }
    this.lines.set(this.count, line);
    this.ids.add(id ?? '');
    this.count++;
  }

  /** Who has the value; complete when all rows were added. */
  find(value: string): PersonOfValue {
    const key = this.keyOf(value);
    const at = key === null ? null : this.byKey.get(key);
    if (at === null) return NOBODY;
    const [line, other, id] = [this.lines.get(at), this.otherLines.get(at), this.ids.at(at)];
    if (other !== 0) return { kind: 'several', lines: [line, other] };
    return id === '' ? { kind: 'without-id', lines: [line] } : { kind: 'one', id };
  }

  private keyOf(value: string): bigint | null {
    const folded = foldLookupValue(value);
    return folded === '' ? null : this.hash(folded);
  }

  private isSame(at: number, id: string | null): boolean {
    const known = this.ids.at(at);
    return id !== null && known !== '' && foldId(known) === foldId(id);
  }
}
