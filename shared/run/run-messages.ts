// What a run says, in English: for HR about its files and rows, for the operator about faults.
import type { MessagesOf } from '../core/codes';
import { counted, quoted } from '../core/english';
import type { runCodes } from './run-codes';

/** UTC, in the form that is read alike everywhere. */
const timeOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** English. */
export const runMessages: MessagesOf<typeof runCodes> = {
  'source-unknown': {
    sentence: ({ folder }) =>
      `There are no settings for the folder ${quoted(folder)}, so nothing was sent. Put the file into the folder of its source.`,
    cause:
      'The file was dropped into a folder for which there are no settings: no `sources/<folder>/source.json`, or the file is in no folder at all.',
    cure: 'Put the file into the folder of its source. For a new source, write its source.json first, then drop the file again.',
  },
  'source-invalid': {
    sentence: ({ settings, problems }, tell) =>
      `The settings ${quoted(settings)} have ${counted(problems.length, 'mistake')}, so no file can be read with them. ${problems.map((problem) => `${problem.path}: ${tell(problem)}`).join(' ')}`,
    cause: 'The source.json of the source has mistakes; the message lists all of them, each with its path.',
    cure: 'Fix the source.json, then drop the file again: a run keeps the settings with which it began.',
  },
  'file-not-expected': {
    sentence: ({ source, pattern, name, isDropped }) =>
      isDropped
        ? `The file is named ${quoted(name)}, but files of ${quoted(source)} are named like ${quoted(pattern)}. Nothing was read or sent.`
        : `Files of ${quoted(source)} are named like ${quoted(pattern)}. Dropped under the name ${quoted(name)}, this file would be held.`,
    cause: 'The name of the file does not match the pattern that the source declares (`file.pattern`).',
    cure: 'Rename the file, or correct the pattern, then drop the file again.',
  },
  'corrected-row-shifted': {
    sentence: ({ line }) =>
      `The id on line ${line} is not the one that this row had in the file to correct, so rows were moved or only some columns were sorted. Nothing was sent. Take the file from the reports again and correct cells only.`,
    cause:
      'A to-correct file came back, and the id of a row is not the one that this row had when the file was written: rows were moved, or only some columns were sorted.',
    cure: 'Take the to-correct file from the reports again and correct cells only; sort whole rows or none.',
  },
  'export-replaced': {
    sentence: () => 'The file was replaced or deleted before it could be read.',
    cause:
      'The file was replaced or deleted between its arrival and its reading. The run is refused: it can never be read as it was.',
    cure: 'Nothing, if it was replaced: the newer version has a run of its own. If it was deleted by mistake, drop it again.',
  },
  'intake-poisoned': {
    sentence: () => 'Reading this file failed repeatedly, so nothing was sent. Operations have been told.',
    cause: 'Reading the file failed at every attempt, so the platform gave up. The run is parked.',
    cure: 'Look for the error of the function `intake` or `arrival` with this run; when its cause is fixed, drop the file again.',
  },
  'delivery-poisoned': {
    sentence: ({ part }) =>
      part === 'file'
        ? 'Sending a part of this file failed repeatedly. Operations have been told; the report shows which rows.'
        : 'This row was not sent: sending failed repeatedly. Operations have been told; drop the file again later.',
    cause:
      'Sending one batch failed at every attempt, so the platform gave up. Its unsent rows are held, and the run ends as parked.',
    cure: 'Look for the error of the function `deliver` with this run; when its cause is fixed, drop the file again.',
  },
  'older-file-again': {
    sentence: (at) =>
      `This is the same file as ${quoted(at.name)} of ${timeOf(at.arrivedAt)}, and ${quoted(at.newerName)} of ${timeOf(at.newerArrivedAt)} has newer values for the same people. Nothing was sent. If the older values are right after all, export them again.`,
    cause: 'The file has exactly the content of an older one, and a newer file has carried the same people since.',
    cure: 'Nothing, if it was dropped by mistake. If the older values are right after all, export them again from the HR system.',
  },
  'duplicate-id': {
    sentence: ({ otherLine }) =>
      `The same id is on line ${otherLine} with different values. Neither row was sent; leave the right one in the file.`,
    cause:
      'The same id is in more than one row, with different values. (Case, spaces and leading zeros do not make ids different; a row that was rejected for another reason counts as well.)',
    cure: 'Leave the right row in the file. Only HR can know which one that is, so none of them was sent.',
  },
  'duplicate-user-name': {
    sentence: ({ otherLine }) =>
      `The row on line ${otherLine} has the same sign-in name. Neither row was sent; give each person a name of their own.`,
    cause: 'Two people in the file have the same sign-in name.',
    cure: 'Give each person a sign-in name of their own. Neither of the two was sent.',
  },
  'run-file-missing': {
    sentence: () => 'A file of this run is missing from storage.',
    cause:
      'A file that belongs to the run (kept export, packing, people index) is not in the container `runs`, although the run says that it was written.',
    cure: 'Find out who deletes blobs in `runs` (a lifecycle rule, a person) and stop that. Then drop the export again.',
  },
  'ledger-contended': {
    sentence: () => 'A run or batch kept changing while it was written; the step is tried again.',
    cause: 'Another process changed the run or the batch at each of many attempts to change it.',
    cure: 'None needed: the step is tried again. If it lasts, report it with the run.',
  },
  'storage-table': {
    sentence: () => 'Table storage refused a call or did not answer; it is tried again.',
    cause: 'Table storage refused a call, or did not answer.',
    cure: 'It is tried again by itself. If it lasts, check the status of the storage account, its firewall, and the role Storage Table Data Contributor.',
  },
  'storage-blob': {
    sentence: () => 'Blob storage refused a call or did not answer; it is tried again.',
    cause: 'Blob storage refused a call, or did not answer.',
    cure: 'It is tried again by itself. If it lasts, check the status of the storage account, its firewall, and the role Storage Blob Data Owner.',
  },
  'row-collapsed': {
    sentence: ({ firstLine }) => `The row is the same as the one on line ${firstLine}; it is sent once.`,
    cause: 'The same row is in the file more than once, with the same values.',
    cure: 'Nothing to do: it is sent once.',
  },
};
