// Numbers of a million people in a few bytes each: a list that grows without copying, and a hash table of places under 64-bit keys.

type Numbers = Uint32Array | Float64Array | BigUint64Array | Uint8Array | Uint16Array;

const SEGMENT_BITS = 14;
const SEGMENT_LENGTH = 1 << SEGMENT_BITS;
const PLACE_MASK = SEGMENT_LENGTH - 1;

/** Numbers by index. An index that was never set is 0. */
export class Column<T extends Numbers> {
  private readonly segments: T[] = [];
  /** 0 as this kind of numbers writes it. */
  private readonly zero: T[number];

  constructor(private readonly make: new (length: number) => T) {
    this.zero = new make(1)[0] as T[number];
  }

  get(at: number): T[number] {
    return this.segments[at >>> SEGMENT_BITS]?.[at & PLACE_MASK] ?? this.zero;
  }

  set(at: number, value: T[number]): void {
    while (at >>> SEGMENT_BITS >= this.segments.length) this.segments.push(new this.make(SEGMENT_LENGTH));
    const segment = this.segments[at >>> SEGMENT_BITS];
    if (segment !== undefined) segment[at & PLACE_MASK] = value;
  }
}

const EMPTY = -1;
/** Share of used slots above which the table is doubled. */
const MAX_FILL = 0.6;
const FIRST_SLOTS = 1_024;

/**
 * Remembers for each 64-bit key the first place that was put under it: 4 bytes a slot, where a Map would take over 100. The keys are not
 * copied: the table asks the list that has them. Places are whole numbers from 0 to 2^31 - 1.
 */
export class HashSlots {
  private places = new Int32Array(FIRST_SLOTS).fill(EMPTY);
  private size = 0;

  /** `keyAt` returns the key of a place in the table. */
  constructor(private readonly keyAt: (place: number) => bigint) {}

  /** Puts `place` under `key` if the key is new; returns the place that was there before, or null. */
  putIfAbsent(key: bigint, place: number): number | null {
    if (this.size >= this.places.length * MAX_FILL) this.grow();
    const slot = this.find(key);
    const held = this.places[slot] ?? EMPTY;
    if (held !== EMPTY) return held;
    this.places[slot] = place;
    this.size++;
    return null;
  }

  /** The place under `key`, or null. */
  get(key: bigint): number | null {
    const place = this.places[this.find(key)] ?? EMPTY;
    return place === EMPTY ? null : place;
  }

  private find(key: bigint): number {
    const mask = this.places.length - 1;
    let slot = Number(key & 0x7fff_ffffn) & mask;
    for (;;) {
      const place = this.places[slot] ?? EMPTY;
      if (place === EMPTY || this.keyAt(place) === key) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private grow(): void {
    const { places } = this;
    this.places = new Int32Array(places.length * 2).fill(EMPTY);
    for (const place of places) if (place !== EMPTY) this.places[this.find(this.keyAt(place))] = place;
  }
}

/** A set of 64-bit keys, some 20 bytes for each. */
export class HashSet {
  private readonly keys = new Column(BigUint64Array);
  private readonly places = new HashSlots((at) => this.keys.get(at));
  private size = 0;

  add(key: bigint): void {
    this.keys.set(this.size, key);
    if (this.places.putIfAbsent(key, this.size) === null) this.size++;
  }

  has(key: bigint): boolean {
    return this.places.get(key) !== null;
  }
}
