// Members that no document names: every kind of object has one, with a name and a value by chance, so that a client neither
// relies on what it happens to see nor drops what it does not know.
import { createHash } from 'node:crypto';

/** One member for a kind of object; same seed and kind, same member. */
export function inventMember(seed: number, ...key: readonly string[]): Readonly<Record<string, unknown>> {
  const digest = createHash('sha256')
    .update(`undocumented\n${seed}\n${key.join('\n')}`)
    .digest('hex');
  const values: readonly unknown[] = [null, true, digest.slice(8, 16), Number.parseInt(digest.slice(8, 12), 16), []];
  return { [`x${digest.slice(0, 6)}`]: values[Number.parseInt(digest.slice(6, 8), 16) % values.length] };
}
