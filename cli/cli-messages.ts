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
    cause: 'The file given to the command is not there, is a folder, or may not be read.',
    cure: 'Check the path and the permissions.',
  },
  'source-not-readable': {
    sentence: ({ path, reason }) => `The settings ${quoted(path)} cannot be read: ${describeFile(reason)}.`,
    cause: 'The source.json given to the command is not there, is a folder, or may not be read.',
    cure: 'Check the path and the permissions; `rollcall init` proposes a first source.json.',
  },
  'file-not-writable': {
    sentence: ({ path, reason }) => `The file ${quoted(path)} cannot be written: ${describeFile(reason)}.`,
    cause: 'The command cannot write the file that it was asked to write.',
    cure: 'Check the path and the permissions; `--out` never overwrites a file.',
  },
  'proposal-invalid': {
    sentence: ({ problems }, tell) =>
      `The proposed settings are not valid, which is a fault in rollcall. ${problems.map((problem) => `${problem.path}: ${tell(problem)}`).join(' ')}`,
    cause: '`rollcall init` made settings that are not valid. This is a fault in rollcall.',
    cure: 'Please report it with the header row of the file, and write the source.json by hand (docs/mapping.md).',
  },
};
