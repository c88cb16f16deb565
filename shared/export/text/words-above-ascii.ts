// The distinct words of a file that have bytes above ASCII, as Latin-1: what tells its encoding, and whether it makes sense.
import { isAscii } from 'node:buffer';

/** Distinct words examined in one file. Our choice, 2026-11: more hardly change the answer. */
const MAX_WORDS = 10_000;
/** Longest run of letters that is taken as one word, bytes; a longer one is cut. Our choice, 2026-11. */
const MAX_WORD_BYTES = 60;

const aboveAscii = /[\x80-\xff]/g;
const hasAboveAscii = /[\x80-\xff]/;

const isOfWord = (code: number): boolean =>
  code >= 0x80 || (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);

/** Where the word begins that the text ends in; the length of the text if it ends in none. */
const startOfLastWord = (text: string): number => {
  let from = text.length;
  while (from > 0 && text.length - from < MAX_WORD_BYTES && isOfWord(text.charCodeAt(from - 1))) from--;
  return from;
};

/** Copies a word: a slice of a longer text would keep all of that text in memory. */
const copyOf = (word: string): string => Buffer.from(word, 'latin1').toString('latin1');

/** Collects the words of a file, part by part; where the parts are cut changes nothing. */
export class WordsAboveAscii {
  private readonly found = new Set<string>();
  /** The word in which the bytes so far end; it may go on. */
  private last = '';

  /** How many words are complete. */
  get size(): number {
    return this.found.size;
  }

  /** The words so far, in the order in which they were met. */
  all(): readonly string[] {
    return hasAboveAscii.test(this.last) ? [...new Set([...this.found, this.last])] : [...this.found];
  }

  /** Takes the words of the next part. The time is proportional to its length. */
  look(part: Buffer): void {
    if (this.found.size >= MAX_WORDS) return;
    const isPlain = isAscii(part) && !hasAboveAscii.test(this.last);
    const more = isPlain ? part.subarray(Math.max(0, part.length - MAX_WORD_BYTES)) : part;
    const text = (more.length === part.length ? this.last : '') + more.toString('latin1');
    const end = startOfLastWord(text);
    this.last = copyOf(text.slice(end));
    if (!isPlain) this.take(text, end);
  }

  private take(text: string, end: number): void {
    let behind = 0;
    aboveAscii.lastIndex = 0;
    for (let sign = aboveAscii.exec(text); sign !== null && sign.index < end; sign = aboveAscii.exec(text)) {
      let from = sign.index;
      while (from > behind && sign.index - from < MAX_WORD_BYTES && isOfWord(text.charCodeAt(from - 1))) from--;
      const most = Math.min(end, Math.max(from + MAX_WORD_BYTES, sign.index + 1));
      let to = sign.index + 1;
      while (to < most && isOfWord(text.charCodeAt(to))) to++;
      behind = to;
      aboveAscii.lastIndex = to;
      const word = text.slice(from, to);
      if (!this.found.has(word)) this.found.add(copyOf(word));
      if (this.found.size >= MAX_WORDS) return;
    }
  }
}
