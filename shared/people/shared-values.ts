// One of a few values for each of many rows: four bytes a row, whatever the value is.
import { Column } from './number-tables';

/** Values by row, those of one key kept once. */
export class SharedValues<T> {
  private readonly places = new Column(Uint32Array);
  private readonly values: T[] = [];
  private readonly placeOf = new Map<string, number>();

  /** Values with equal keys must be equal. */
  set(row: number, key: string, value: T): void {
    let place = this.placeOf.get(key);
    if (place === undefined) {
      place = this.values.push(value);
      this.placeOf.set(key, place);
    }
    this.places.set(row, place);
  }

  /** The value of a row; undefined if it was never set. */
  get(row: number): T | undefined {
    return this.values[this.places.get(row) - 1];
  }
}
