// The end of a text as DOS marks it: Ctrl-Z (U+001A). Programs that come from there still write it, bcp and `copy` among them.

const CTRL_Z = 0x1a;
const isLineEnd = (code: number): boolean => code === 10 || code === 13;

/** Characters of a mark: one, or as many as fill up the last sector. Our choice, 2026-11: sectors have 512 to 4,096 bytes. */
const MAX_MARK_CHARS = 4_096;

/** Where the mark begins that the text ends in, line ends behind it included; the length of the text if there is none. */
const startOfMark = (text: string): number => {
  let end = text.length;
  while (end > 0 && isLineEnd(text.charCodeAt(end - 1))) end--;
  let from = end;
  while (from > 0 && text.charCodeAt(from - 1) === CTRL_Z) from--;
  return from === end ? text.length : from;
};

/** The text without the mark at its very end. Elsewhere Ctrl-Z is a control character as any other. */
export async function* withoutEndMark(text: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  for await (const part of text) {
    const all = held + part;
    const from = startOfMark(all);
    held = all.length - from > MAX_MARK_CHARS ? '' : all.slice(from);
    const rest = held === '' ? all : all.slice(0, from);
    if (rest !== '') yield rest;
  }
}
