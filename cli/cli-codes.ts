// What the commands say about files that they cannot use. Codes about the content are defined where it is read. The English is in
// cli-messages.ts.
import { fault, hold } from '../shared/core/codes';
import type { PlacedMessage, Quote } from '../shared/core/message';

/** Why a file on this computer cannot be used; `code` is the system's own where we have no words for it. */
export type FileTrouble =
  'missing' | 'no-permission' | 'folder' | 'no-folder' | 'exists' | 'not-a-file' | 'is-read' | `code ${string}`;

/** Codes of the command line. */
export const cliCodes = {
  'file-not-readable': hold<{ path: Quote; reason: FileTrouble }>(),
  'source-not-readable': hold<{ path: Quote; reason: FileTrouble }>(),
  'file-not-writable': hold<{ path: Quote; reason: FileTrouble }>(),
  'proposal-invalid': fault<{ problems: readonly PlacedMessage[] }>(),
};

/** A code of this table. */
export type CliCode = keyof typeof cliCodes;
