// Hashes of content: ids that a repeated step finds again, and keys for "have I seen this before" over a million people.
import { createHash } from 'node:crypto';
import xxhash from 'xxhash-wasm';

/** An id that comes from content, never from a clock or a random number: lower-case hex of SHA-256 over the parts, each with its length in front so that ('ab','c') and ('a','bc') differ. */
export function stableHash(parts: readonly string[], hexDigits = 16): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex').slice(0, hexDigits);
}

/** Hash of bytes, or of a text's UTF-8 bytes. Not for secrets. The chance that any two of a million texts share one is about 3 in 10^8. */
export type Hash64 = (content: string | Uint8Array) => bigint;

let loaded: Promise<Hash64> | undefined;

/** Loads the hash once per process. */
export const loadHash64 = (): Promise<Hash64> =>
  (loaded ??= xxhash().then(
    (api) => (content) => (typeof content === 'string' ? api.h64(content) : api.h64Raw(content)),
  ));
