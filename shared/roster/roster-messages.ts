// What can go wrong with a roster, in English, for the operator.
import type { MessagesOf } from '../core/codes';
import type { rosterCodes } from './roster-codes';

/** English. */
export const rosterMessages: MessagesOf<typeof rosterCodes> = {
  'roster-damaged': {
    sentence: () => 'The roster of the source is damaged, so nothing can be compared with it; nothing is sent.',
    cause:
      'A file in the container `rosters` is incomplete, was changed, or belongs to another source: its checksum, count or header is wrong.',
    cure: 'Nothing if it was a bad download: it is read again. If it lasts, find out who writes to `rosters`, then run `rollcall roster --rebuild --source NAME`, which makes it again from the files of the runs. A file whose run began with the damaged roster has to be dropped again. Never point `current.json` to an older roster: it knows nothing of the runs since.',
  },
  'roster-too-new': {
    sentence: () => 'The roster of the source was written by a newer version of Rollcall; nothing is sent.',
    cause: 'The roster has a format that this version does not know. Usually the app was set back to an older version.',
    cure: 'Deploy the newer version again.',
  },
  'roster-missing': {
    sentence: () => 'The roster that this run is compared with no longer exists.',
    cause: 'A blob in the container `rosters` was deleted or replaced while a run still needed it.',
    cure: 'Find out who deletes blobs in `rosters` (a lifecycle rule, a person) and stop that. If `rollcall roster` says so too, run `rollcall roster --rebuild --source NAME`. Then have the file dropped again.',
  },
  'roster-contended': {
    sentence: () =>
      'The roster could not be updated, because other processes kept changing it; the step is tried again.',
    cause: 'Another process wrote a newer roster of the source at every one of several attempts.',
    cure: 'None needed. If it lasts, report it with the source.',
  },
};
