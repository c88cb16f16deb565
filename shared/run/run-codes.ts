// Why a run is held, refused or parked, the two rejections that only the whole file can tell, and the faults of the ledger and its files.
import { defineCodes } from '../core/catalogue';

/** Codes of `RunReason`, of amended rows, and of faults in reading and writing what a run consists of. */
export const runCodes = defineCodes({
  'source-unknown': {
    kind: 'hold',
    cause:
      'The file was dropped into a folder for which there are no settings: no `sources/<folder>/source.json`, or the file lies beside the folders.',
    cure: 'Put the file into the folder of its source. For a new source, write its source.json first, then drop the file again.',
  },
  'source-invalid': {
    kind: 'hold',
    cause: 'The source.json of the source has mistakes; the message lists all of them, each with its path.',
    cure: 'Mend the source.json, then drop the file again: a run keeps the settings with which it began.',
  },
  'file-not-expected': {
    kind: 'hold',
    cause: 'The name of the file does not fit the pattern that the source declares (`file.pattern`).',
    cure: 'Rename the file, or correct the pattern, then drop the file again.',
  },
  'corrected-row-shifted': {
    kind: 'hold',
    cause:
      'A to-correct file came back, and the id of a row is not the one that this row had when it was given out: rows were moved, or only some columns were sorted.',
    cure: 'Take the to-correct file out of the reports once more and correct the cells only; sort whole rows or none.',
  },
  'export-replaced': {
    kind: 'hold',
    cause:
      'The file was replaced or deleted between its arrival and its reading. The run is refused: it can never be read as it was.',
    cure: 'Nothing, if it was replaced: the newer version has a run of its own. If it was deleted by mistake, drop it again.',
  },
  'intake-poisoned': {
    kind: 'fault',
    cause: 'Reading the file ended in an error at every try, so the platform gave up. The run is parked.',
    cure: 'Look for the error of the function `intake` or `arrival` with this run; when its cause is mended, drop the file again.',
  },
  'delivery-poisoned': {
    kind: 'fault',
    cause:
      'Sending one batch ended in an error at every try, so the platform gave up. Its unsent rows are held, the run ends as parked.',
    cure: 'Look for the error of the function `deliver` with this run; when its cause is mended, drop the file again.',
  },
  'older-file-again': {
    kind: 'hold',
    cause: 'The file has the very content of an older one, and a newer file has carried the same people since.',
    cure: 'Nothing is to be done if it was dropped by mistake. If the older values are right after all, export them anew from the HR system.',
  },
  'duplicate-id': {
    kind: 'rejection',
    cause:
      'The same id stands in more than one row, with different values. (Case, spaces and leading zeros do not make ids different; a row that was rejected for another reason counts as well.)',
    cure: 'Leave the one right row in the file. Which one that is, only HR can know, so none of them was sent.',
  },
  'duplicate-user-name': {
    kind: 'rejection',
    cause: 'Two people of the file claim the same sign-in name.',
    cure: 'Give each person a sign-in name of their own. Neither of the two was sent.',
  },
  'run-file-missing': {
    kind: 'fault',
    cause:
      'A file that belongs to the run (kept export, packing, people index) is not in the container `runs`, though the run says that it was written.',
    cure: 'Look who deletes blobs in `runs` (a lifecycle rule, a hand) and stop that. Then drop the export again.',
  },
  'ledger-contended': {
    kind: 'fault',
    cause: 'A run or a batch was changed by somebody else at each of many tries to change it.',
    cure: 'None needed: the step is tried again. If it lasts, report it with the run.',
  },
  'storage-table': {
    kind: 'fault',
    cause: 'Table storage refused a call, or did not answer.',
    cure: 'It is tried again by itself. If it lasts: the status of the storage account, its firewall, and the role Storage Table Data Contributor.',
  },
  'storage-blob': {
    kind: 'fault',
    cause: 'Blob storage refused a call, or did not answer.',
    cure: 'It is tried again by itself. If it lasts: the status of the storage account, its firewall, and the role Storage Blob Data Owner.',
  },
} as const);
