// The delimiters of a table that are detected without being declared.

/** The delimiters that are tried, likeliest first. */
export const DELIMITERS = [',', ';', '\t', '|'] as const;
