// Whether an entry of the log enabled an account that was disabled, by its `modifiedProperties`. No page of Microsoft's prints them for a job
// of this kind, so case and quotation marks do not count, and what cannot be read says nothing.

/** Names under which the log may show the flag, in lower case, each with the value of a disabled account. */
const FLAGS: ReadonlyMap<string, string> = new Map([
  ['accountenabled', 'false'],
  ['active', 'false'],
  ['accountdisabled', 'true'],
]);

const wordOf = (value: unknown): string =>
  typeof value === 'string' ? value.replaceAll('"', '').trim().toLowerCase() : '';

/** True if the properties say that the account was disabled before and is enabled now. */
export function turnedOnBy(modifiedProperties: unknown): boolean {
  if (!Array.isArray(modifiedProperties)) return false;
  return modifiedProperties.some((one: unknown) => {
    if (typeof one !== 'object' || one === null) return false;
    const { displayName, oldValue, newValue } = one as Readonly<Record<string, unknown>>;
    const off = FLAGS.get(wordOf(displayName));
    if (off === undefined) return false;
    return wordOf(oldValue) === off && wordOf(newValue) === (off === 'false' ? 'true' : 'false');
  });
}
