// A value as storage returns it: written as JSON and read again.

/** A copy that shares nothing with the value. */
export const storedCopy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The copy that is kept: whoever gets it cannot change it, so it need not be copied for each reader. */
export const storedForGood = <T>(value: T): T => deepFreeze(storedCopy(value));

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null)
    for (const part of Object.values(Object.freeze(value))) deepFreeze(part);
  return value;
}
