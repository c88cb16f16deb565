// UTF-16 to which a program has appended text of one byte a character (PowerShell's `>>` and Add-Content do): two letters of it become one, mostly
// Chinese.

/** Such characters in a row that are taken for appended text: 32 bytes, less than a row has. By chance, Chinese has 16 in one of 10⁷ places. */
const MIN_RUN = 16;

const mayBePair = /[\u0920-\u7e7e]/;

const isAsciiByte = (byte: number): boolean =>
  (byte >= 0x20 && byte <= 0x7e) || byte === 0x09 || byte === 0x0a || byte === 0x0d;
const isPair = (unit: number): boolean => isAsciiByte(unit >> 8) && isAsciiByte(unit & 0xff);

/** Makes the search through one text: the index in each next part at which appended text is seen, or -1. */
export const createAppendedTextSearch = (): ((text: string) => number) => {
  let run = 0;
  return (text) => {
    if (run === 0 && !mayBePair.test(text)) return -1;
    for (let at = 0; at < text.length; at++) {
      run = isPair(text.charCodeAt(at)) ? run + 1 : 0;
      if (run >= MIN_RUN) return at;
    }
    return -1;
  };
};
