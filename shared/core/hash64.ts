// 64-bit hashes for "have I seen this before" over a million people: XXH64 by xxhash-wasm, the same in every process.
import xxhash from 'xxhash-wasm';

/** Hash of bytes, or of a text's UTF-8 bytes. Not for secrets. The chance that any two of a million texts share one is about 3 in 10^8. */
export type Hash64 = (content: string | Uint8Array) => bigint;

let loaded: Promise<Hash64> | undefined;

/** Loads the hash once per process. */
export const loadHash64 = (): Promise<Hash64> =>
  (loaded ??= xxhash().then(
    (api) => (content) => (typeof content === 'string' ? api.h64(content) : api.h64Raw(content)),
  ));
