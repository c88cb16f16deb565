// What the commands say about files that they cannot use. Everything about the content has its code where it is found.
import { defineCodes } from '../shared/core/catalogue';

/** Codes of the command line. */
export const cliCodes = defineCodes({
  'file-not-readable': {
    kind: 'hold',
    cause: 'The file given to the command is not there, is a folder, or may not be read.',
    cure: 'Look at the path and at the permissions.',
  },
  'source-not-readable': {
    kind: 'hold',
    cause: 'The source.json given to the command is not there, is a folder, or may not be read.',
    cure: 'Look at the path and at the permissions; `rollcall init` proposes a first source.json.',
  },
  'file-not-writable': {
    kind: 'hold',
    cause: 'The command cannot write the file that it was asked to write.',
    cure: 'Look at the path and at the permissions; `--out` never overwrites a file.',
  },
  'proposal-invalid': {
    kind: 'fault',
    cause: '`rollcall init` made settings that are not valid. This is a fault of rollcall.',
    cure: 'Please report it with the header row of the file, and write the source.json by hand (docs/mapping.md).',
  },
} as const);

/** A code of this table. */
export type CliCode = keyof typeof cliCodes;
