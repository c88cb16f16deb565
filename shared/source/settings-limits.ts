// How large the settings of a source may be. Everything is measured before it is parsed or compiled, so that one source.json can neither use
// up the memory nor stop the process. All are our choice, 2026-11.

/** Longest source.json, bytes as UTF-8: 1 MiB. Tables of 20,000 departments fit. */
export const MAX_SETTINGS_BYTES = 1024 * 1024;

/** Bytes of a source.json that are read: as UTF-16 it has up to two for each one of UTF-8; then a longer one shows that it is. */
export const MAX_SETTINGS_BYTES_READ = 2 * MAX_SETTINGS_BYTES + 4;

/** Deepest nesting of the JSON; settings need 7. */
export const MAX_SETTINGS_DEPTH = 100;

/** Most values of any kind in the JSON. */
export const MAX_SETTINGS_VALUES = 50_000;

/** Most attributes in a mapping. SCIM's schemas have some 100. */
export const MAX_ATTRIBUTES = 1_000;

/** Most entries in a list of the mapping, such as `emails`. */
export const MAX_LIST_ENTRIES = 100;

/** Longest expression, UTF-16 code units. Parsing takes the square of it: 0.2 s at this length, 1.7 s at 10,000 (measured 2026-11). */
export const MAX_EXPRESSION_CHARS = 4_000;

/** Longest text or key in the JSON, UTF-16 code units: the longest expression. */
export const MAX_SETTINGS_TEXT_CHARS = MAX_EXPRESSION_CHARS;

/** All expressions of a source together, UTF-16 code units: parsing the worst of them takes 2 s. */
export const MAX_EXPRESSIONS_CHARS = 40_000;

/** Deepest nesting of an expression, nodes of its syntax tree; `A & B & C` has 3. */
export const MAX_EXPRESSION_DEPTH = 200;

/** Mistakes that are told one by one; of the others only the number. With their values they fit a property of a table. */
export const MAX_PROBLEMS_TOLD = 20;

/** Characters that are kept of the path of a mistake. */
export const MAX_PATH_CHARS = 300;

/** Most columns that say together whether an account is enabled (`active.all`). HR systems have one to three. */
export const MAX_STATUS_COLUMNS = 20;

/** Earliest day on which a row that waits for its first day goes, days before it: a year. */
export const MAX_DAYS_BEFORE = 366;
