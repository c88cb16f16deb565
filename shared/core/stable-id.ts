// Identifiers that come from content, never from a clock or a random number: a repeated step finds what it wrote the first time.
import { createHash } from 'node:crypto';

/** Lower-case hex of SHA-256 over the parts, each with its length in front so that ('ab','c') and ('a','bc') differ. */
export function stableHash(parts: readonly string[], hexDigits = 16): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex').slice(0, hexDigits);
}
