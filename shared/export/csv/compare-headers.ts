// A header that changed since the last file of the source is worth telling: it is how renamed and dropped columns announce themselves.
import type { Finding } from '../export-record';
import { quoteValue } from '../text/quote-value';

const list = (names: readonly string[]): string => names.map(quoteValue).join(', ');

/** What changed from the previous header to this one (both as they stand in the files); nothing if they are the same. */
export const compareHeaders = (previous: readonly string[], current: readonly string[]): readonly Finding[] => {
  const gone = previous.filter((name) => !current.includes(name));
  const added = current.filter((name) => !previous.includes(name));
  const changes = [
    ...(gone.length > 0 ? [`gone: ${list(gone)}`] : []),
    ...(added.length > 0 ? [`new: ${list(added)}`] : []),
    ...(gone.length + added.length === 0 && previous.some((name, index) => name !== current[index])
      ? ['another order']
      : []),
  ];
  if (changes.length === 0) return [];
  return [
    {
      severity: gone.length > 0 ? 'warning' : 'note',
      code: 'header-changed',
      message: `The header changed since the previous file: ${changes.join('; ')}.`,
      line: null,
      column: gone[0] ?? added[0] ?? null,
      id: null,
    },
  ];
};
