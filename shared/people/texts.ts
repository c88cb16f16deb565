// Many short texts in one buffer, by the order in which they were added: a text of ten characters takes 18 bytes, where a string would take 40.
import { Column } from './number-tables';

const FIRST_BYTES = 16_384;

/** Texts by their place, from 0. */
export class Texts {
  private readonly ends = new Column(Float64Array);
  private bytes = Buffer.alloc(FIRST_BYTES);
  private count = 0;

  /** Adds a text; returns its place. */
  add(text: string): number {
    const begin = this.beginOf(this.count);
    const end = begin + Buffer.byteLength(text);
    if (end > this.bytes.length) this.bytes = Buffer.concat([this.bytes], Math.max(this.bytes.length * 2, end));
    this.bytes.write(text, begin);
    this.ends.set(this.count, end);
    return this.count++;
  }

  /** The text at a place that was returned. */
  at(place: number): string {
    return this.bytes.toString('utf8', this.beginOf(place), this.ends.get(place));
  }

  private beginOf(place: number): number {
    return place === 0 ? 0 : this.ends.get(place - 1);
  }
}
