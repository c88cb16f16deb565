// Reproducible randomness: every draw is a pure function of the seed and of what it is drawn for, so that the order
// in which requests arrive does not change what happens to a person.
import { createHash } from 'node:crypto';

/** Draws a number in [0, 1) for a key. Same seed and key, same number. */
export function drawChance(seed: number, ...key: readonly (string | number)[]): number {
  const digest = createHash('sha256')
    .update(`${seed}\n${key.join('\n')}`)
    .digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}

/** Makes a GUID for a key. Same seed and key, same GUID. */
export function makeGuid(seed: number, ...key: readonly (string | number)[]): string {
  const hex = createHash('sha256')
    .update(`guid\n${seed}\n${key.join('\n')}`)
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
