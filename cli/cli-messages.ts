// What the commands say about files on this computer, in English.
import type { MessagesOf } from '../shared/core/codes';
import { quoted } from '../shared/core/english';
import type { cliCodes, FileTrouble } from './cli-codes';

const FILE_TROUBLES: Readonly<Record<string, string>> = {
  missing: 'there is no such file or folder',
  'no-permission': 'you have no permission',
  folder: 'it is a folder',
  'no-folder': 'a part of its path is not a folder',
  exists: 'it already exists',
  'not-a-file': 'it is not a file',
  'is-read': 'it is the file that is read',
};

const describeFile = (reason: FileTrouble): string => FILE_TROUBLES[reason] ?? `the system says "${reason}"`;

/** English. */
export const cliMessages: MessagesOf<typeof cliCodes> = {
  'file-not-readable': {
    sentence: ({ path, reason }) => `The file ${quoted(path)} cannot be read: ${describeFile(reason)}.`,
    cause: 'The path given to the command is wrong, or you are not allowed to read it.',
    cure: 'Check the path and the permissions.',
  },
  'source-not-readable': {
    sentence: ({ path, reason }) => `The settings ${quoted(path)} cannot be read: ${describeFile(reason)}.`,
    cause: 'The path given with `--source` is wrong, or you are not allowed to read it.',
    cure: 'Check the path and the permissions; `rollcall init` proposes a first source.json.',
  },
  'file-not-writable': {
    sentence: ({ path, reason }) => `The file ${quoted(path)} cannot be written: ${describeFile(reason)}.`,
    cause: 'The path given with `--out` already exists, is in a folder that does not, or is not yours to write.',
    cure: 'Check the path and the permissions; `--out` never overwrites a file.',
  },
  'proposal-invalid': {
    sentence: ({ problems }, tell) =>
      `The proposed settings are not valid, which is a fault in Rollcall. ${problems.map((problem) => `${problem.path}: ${tell(problem)}`).join(' ')}`,
    cause: '`rollcall init` checks what it proposes, and this proposal failed the check.',
    cure: 'Report it with the header row of the file, and write the source.json by hand (`docs/mapping.md`).',
  },
};
