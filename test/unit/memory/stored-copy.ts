// A value as storage returns it: written as JSON and read again.

/** A copy that shares nothing with the value. */
export const storedCopy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
