// A hash table of numbers under 64-bit keys in typed arrays: 24 bytes an entry, where a Map would take over 100.

const EMPTY = -1;
/** The table is doubled when it is fuller than this. */
const MAX_FILL = 0.6;

/** Remembers for each key the first value that was put under it. Values are whole numbers from 0 to 2^31 - 1. */
export class HashSlots {
  private keys = new BigUint64Array(1024);
  private values = new Int32Array(1024).fill(EMPTY);
  private size = 0;

  /** Puts `value` under `key` if the key is new; returns the value that was there before, or null. */
  putIfAbsent(key: bigint, value: number): number | null {
    if (this.size >= this.values.length * MAX_FILL) this.grow();
    const at = this.find(key);
    const held = this.values[at] ?? EMPTY;
    if (held !== EMPTY) return held;
    this.keys[at] = key;
    this.values[at] = value;
    this.size++;
    return null;
  }

  private find(key: bigint): number {
    const mask = this.values.length - 1;
    let at = Number(key & 0x7fff_ffffn) & mask;
    while (this.values[at] !== EMPTY && this.keys[at] !== key) at = (at + 1) & mask;
    return at;
  }

  private grow(): void {
    const { keys, values } = this;
    this.keys = new BigUint64Array(keys.length * 2);
    this.values = new Int32Array(values.length * 2).fill(EMPTY);
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? EMPTY;
      if (value === EMPTY) continue;
      const at = this.find(keys[i] ?? 0n);
      this.keys[at] = keys[i] ?? 0n;
      this.values[at] = value;
    }
  }
}
