// A list of numbers that grows by segments of typed arrays, so that nothing is copied and no garbage is made while a million people are
// noted.

type Numbers = Uint32Array | Float64Array | BigUint64Array | Uint8Array;

const SEGMENT_BITS = 14;
const SEGMENT_LENGTH = 1 << SEGMENT_BITS;
const PLACE_MASK = SEGMENT_LENGTH - 1;

/** Numbers by index. An index that was never set is 0 if it is below one that was. */
export class Column<T extends Numbers> {
  private readonly segments: T[] = [];

  constructor(private readonly make: new (length: number) => T) {}

  get(at: number): T[number] {
    return this.segments[at >>> SEGMENT_BITS]?.[at & PLACE_MASK] as T[number];
  }

  set(at: number, value: T[number]): void {
    while (at >>> SEGMENT_BITS >= this.segments.length) this.segments.push(new this.make(SEGMENT_LENGTH));
    const segment = this.segments[at >>> SEGMENT_BITS];
    if (segment !== undefined) segment[at & PLACE_MASK] = value;
  }
}
