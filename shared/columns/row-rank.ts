// What the rules for several rows of one person (`rowsPerPerson.prefer` of the settings) see in a row.

/**
 * A number for each rule, in the order of the rules: the greater one is preferred, NaN is a value that cannot be read. Empty if the settings have no
 * rules.
 */
export type RowRank = readonly number[];
