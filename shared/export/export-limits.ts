// Bounds that keep memory flat and stop a damaged file from being read as people.

/** Characters in one cell; Excel's own limit for a cell (support.microsoft.com, "Excel specifications and limits", 2026-11). */
export const maxCellChars = 32_767;

/** Characters of one record, CSV or JSON. Our choice, 2026-11: 24 columns of 400 characters are 10 thousand. */
export const maxRecordChars = 1_048_576;

/** Records of one file, which bounds what is kept for each of them (docs/limits.md). Our choice, 2026-11: five times the largest company. */
export const maxRecords = 5_000_000;

/** Columns of a header; Excel's limit for columns (same source). */
export const maxColumns = 16_384;

/** Cells of one row. Our choice, 2026-11: two of the widest rows, between which a line end is missing. */
export const maxCells = 2 * maxColumns;

/** Members, objects and lists in one JSON record: as many as columns. */
export const maxJsonParts = maxColumns;

/** Depth of nested objects and arrays in one JSON record. Our choice, 2026-11; HR exports nest three or four deep. */
export const maxJsonDepth = 32;

/** Bytes examined before the encoding is chosen, counted from the first byte that is not ASCII. */
export const encodingSampleBytes = 262_144;

/** Characters examined before delimiter, header and dialect are settled. */
export const dialectSampleChars = 65_536;

/** Lines searched for the header when no lines to skip are declared. */
export const maxPreambleLines = 30;

/** Records per chunk. Few, so that most die young: with 500 the heap grew by 40 MB more between full collections and saved no CPU (2026-11). */
export const recordsPerChunk = 50;

/** Inflated bytes per compressed byte. Real exports reach some 50; deflate's maximum is 1,032 (zlib.net, "Technical Details"). */
export const maxInflationRatio = 250;

/** Inflated bytes below which the ratio is not checked. */
export const inflationRatioFromBytes = 16_777_216;

/** Characters of text after which records are handed on, however few: huge records must not accumulate. Our choice, 2026-11: eight blocks. */
export const charsPerChunk = 524_288;

/** Longest time for comparing the lines of one file with patterns, ms. Our choice, 2026-11: as for the pattern of ids (`idMatchBudgetMs`). */
export const lineMatchBudgetMs = 10_000;
