// A hash table from 64-bit keys to places: 4 bytes a slot, where a Map would take over 100. The keys are not copied: the table asks the
// list that has them.

const EMPTY = -1;
/** Share of used slots above which the table is doubled. */
const MAX_FILL = 0.6;
const FIRST_SLOTS = 1_024;

/** Remembers for each key the first place that was put under it. Places are whole numbers from 0 to 2^31 - 1. */
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
