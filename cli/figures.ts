// Numbers and times as the commands on state show them.
const numbers = new Intl.NumberFormat('en-US');

export const count = (value: number): string => numbers.format(value);

/** `1 file`, `2 files`. */
export const counted = (value: number, one: string): string => `${count(value)} ${one}${value === 1 ? '' : 's'}`;

/** UTC, to the minute. */
export const time = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
