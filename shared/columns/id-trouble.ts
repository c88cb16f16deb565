// Decides whether the trouble with a row is its id.

/** Rejections that another id may cure, and the service's code for an id that it cannot use. A test compares ours with the tables of codes. */
const ID_CODES: ReadonlySet<string> = new Set([
  'id-missing',
  'id-in-scientific-notation',
  'id-as-formula',
  'id-as-number',
  'id-lost-zeros',
  'id-of-wrong-form',
  'id-too-long',
  'id-with-control-characters',
  'duplicate-id',
  'InvalidAnchor',
]);

/** True if the trouble with a row is its id: by the code, or because it was found in the id's own column. */
export const isIdTrouble = (code: string | null, column: string | null, idColumn: string): boolean =>
  column === idColumn || (code !== null && ID_CODES.has(code));
