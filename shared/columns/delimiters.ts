// What separates the cells of a table, as far as it can be told without being declared.

/** The delimiters that are looked for, the likelier first. */
export const DELIMITERS = [',', ';', '\t', '|'] as const;
