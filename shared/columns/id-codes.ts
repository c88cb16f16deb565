// The codes that say: the id itself is wrong.

/** Rejections whose cure may be another id. A test holds this list and the tables of codes together. */
const ID_CODES: ReadonlySet<string> = new Set([
  'id-missing',
  'id-in-scientific-notation',
  'id-as-formula',
  'id-lost-zeros',
  'id-of-wrong-form',
  'duplicate-id',
]);

/** True if the trouble of a row is its id: by the code, or because it was found in the id's own column. */
export const isIdTrouble = (code: string | null, column: string | null, idColumn: string): boolean =>
  column === idColumn || (code !== null && ID_CODES.has(code));
