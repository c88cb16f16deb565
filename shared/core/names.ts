// Names that become part of a path: of a blob, a table's key, a URL of Graph. The clients of storage build URLs, and a URL has no room for a
// segment `..`: `hr/../../runs/x` reads another container (seen with storage-blob 12.32). So each kind of name has one judge, asked at every
// border where such a name comes in; the adapters ask again (shared/storage/azure-path.ts).

/** Longest name of a blob, UTF-16 code units (Naming and referencing containers, blobs, and metadata, Azure Storage, 2025). */
const MAX_BLOB_NAME = 1_024;

/** Control characters, which the service refuses or no listing can carry; lone surrogates, U+FFFE and U+FFFF, which are no text; `\`, which some clients turn into `/`. */
const UNUSABLE = /[\p{Cc}\p{Cs}\\\uFFFE\uFFFF]/u;

/** The text with `_` for every character that no path of ours may hold. */
export const withoutUnusable = (text: string): string => text.replace(new RegExp(UNUSABLE, 'gu'), '_');

/** One step of a path: not empty, not `.` or `..`, and one step only. */
export const isPathStep = (text: string): boolean =>
  text !== '' && text !== '.' && text !== '..' && !text.includes('/') && !UNUSABLE.test(text);

/** The name of a blob that every client addresses as exactly this blob. */
export const isBlobName = (text: string): boolean =>
  text.length <= MAX_BLOB_NAME && text.split('/').every((step) => isPathStep(step));

/** The name of a source: the folder of its settings, its files and its runs, and a key in the tables. */
export const isSourceName = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(text);

/** The id of a run; `runIdOf` makes it. */
export const isRunId = (text: string): boolean => /^\d{8}T\d{6}Z-[0-9a-f]{10}$/.test(text);

/** How often a batch can be split, in a row: it has 50 rows at most, and each split leaves some of them in both parts (`splitOff`). */
export const MAX_SPLITS = 49;

/** The name of a batch: its number, and one more for each time that it, or what it was split off, was split. */
export const isBatchName = (text: string): boolean => BATCH_NAME.test(text);
const BATCH_NAME = new RegExp(`^\\d{6,10}(?:\\.[1-9]\\d?){0,${MAX_SPLITS}}$`);
