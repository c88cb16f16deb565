// What a run says, in English: for HR about its files and rows, for the operator about faults.
import type { MessagesOf } from '../core/codes';
import { DAY_MS } from '../core/clock';
import { agree, counted, grouped, listed, moment, quoted } from '../core/english';
import type { HoldListMistake } from '../holdlist/hold-list';
import type { JobKept, QuotaOf, runCodes, VoidedBy } from './run-codes';

const JOB_KEPT: Readonly<Record<JobKept, (owner: string) => string>> = {
  named: (owner) => `belongs to ${owner}, whose settings name it too. Nothing was sent. Tell your identity team.`,
  unreadable: (owner) =>
    `belongs to ${owner}, and the settings there have mistakes, so it is unclear whether it still does. Nothing was sent. Tell your identity team.`,
  unfinished: (owner) =>
    `belonged to ${owner} until now, and a file from there may still be sent. Nothing of this file was sent. Drop it again when that file is finished.`,
};

const VOIDED_BY: Readonly<Record<VoidedBy, string>> = {
  settings: 'the settings of this source were',
  'hold-list': 'the hold list of this source was',
};

const QUOTAS: Readonly<Record<QuotaOf, (most: number, day: string) => string>> = {
  files: (most, day) =>
    `Before this file, ${counted(most, 'file')} came from this source on ${day}, as many as are read in a day.`,
  bytes: (most, day) =>
    `With this file, more than ${counted(most, 'byte')} would come from this source on ${day}, as many as are read in a day.`,
  rows: (most, day) =>
    `With this file, more than ${counted(most, 'row')} would come from this source on ${day}, as many as are read in a day.`,
};

const HOLD_LIST_MISTAKES: Readonly<Record<HoldListMistake, string>> = {
  'too-large': 'it is larger than any hold list should be',
  unreadable: 'it is damaged or not a CSV file',
  columns: 'it must begin with a line that names the columns id, until and why',
  row: 'the line cannot be read',
  'id-missing': 'the id is missing',
  'until-missing': 'the day in the column "until" is missing',
  'until-form': 'the day in the column "until" is not a date written like 2026-12-31',
  'id-twice': 'the id is on an earlier line too, with another day',
};

const dayOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 10)} (UTC)`;

/** English. */
export const runMessages: MessagesOf<typeof runCodes> = {
  'source-unknown': {
    sentence: ({ folder }) =>
      `There are no settings for the folder ${quoted(folder)}, so nothing was sent. Put the file into the agreed folder.`,
    cause:
      'The file was dropped into a folder for which there are no settings: no `sources/<folder>/source.json`, or the file is in no folder at all.',
    cure: 'Put the file into the folder of its source. For a new source, write its source.json first, then drop the file again.',
  },
  'source-invalid': {
    sentence: ({ settings, problems, more }, tell) =>
      `The settings ${quoted(settings)} have ${counted(problems.length + more, 'mistake')}, so no file can be read with them. Tell your identity team. ${problems.map((problem) => `${problem.path}: ${tell(problem)}`).join(' ')}${more === 0 ? '' : ` … and ${grouped(more)} more.`}`,
    cause:
      'The source.json has mistakes; the message lists the first twenty, each with its path. Every file of the source is held until they are fixed.',
    cure: 'Fix the source.json, then drop the file again: a run keeps the settings it began with.',
  },
  'job-not-allowed': {
    sentence: ({ app, job }) =>
      `The settings of this folder name the provisioning job ${quoted(job)} of the application ${quoted(app)}, to which this installation may not send. Nothing was sent. Tell your identity team.`,
    cause:
      'The app setting `ROLLCALL_JOBS` lists the provisioning jobs that may be sent to, so that whoever writes a source.json cannot aim at another application of the tenant. It has neither this job nor all jobs of this application.',
    cure: 'Find out who changed `job` in the source.json, and why. If it is wrong, correct it; if it is right, add `servicePrincipalId/jobId` to `ROLLCALL_JOBS`. Then drop the file again, or give the order again.',
  },
  'job-of-another-source': {
    sentence: ({ owner, why }) => `The provisioning job in the settings of this folder ${JOB_KEPT[why](quoted(owner))}`,
    cause:
      'Two sources name one provisioning job. Each keeps the order of its own files only, so they would overwrite each other with older records. The job belongs to the source whose file came first.',
    cure: 'Give each source a job of its own. To hand a job over, take it out of the settings of its owner, or delete the folder of those settings; wait until the files of the owner have ended (with unanswered rows, seven days longer), then drop the file again.',
  },
  'hold-list-broken': {
    sentence: ({ mistake, line }) =>
      `The hold list of this source cannot be used${line === null ? '' : ` (line ${line})`}: ${HOLD_LIST_MISTAKES[mistake]}. Nothing was sent. Tell your identity team.`,
    cause:
      'The `hold.csv` of the source has a mistake, so it is not known whom it keeps out. Every file of the source is held until the list is fixed.',
    cure: 'Fix the line of `hold.csv` that the message names, then drop the file again: a run keeps the list it began with.',
  },
  'file-name-unusable': {
    sentence: ({ name }) =>
      `The name of the file or of its folder has characters that cannot be used (shown here: ${quoted(name)}). Nothing was read or sent. Rename it and drop it again.`,
    cause:
      'A name with a control character, a backslash, an empty part, or a part that is only `.` or `..`: storage or a program on the way would take it for another file.',
    cure: 'Rename the file or the folder to letters, digits, spaces, `.`, `-` and `_`, then drop the file again.',
  },
  'manifest-alone': {
    sentence: ({ name }) =>
      `The manifest ${quoted(name)} announces a file, but no file with that name has come. Drop the file beside it, or delete the manifest.`,
    cause: 'A `<file>.manifest.json` has been in the container for a while, and there is no `<file>`.',
    cure: 'Drop the file under exactly that name. If the manifest was left over, delete it.',
  },
  'file-not-expected': {
    sentence: ({ source, pattern, name, isDropped }) =>
      isDropped
        ? `The file is named ${quoted(name)}, but files of ${quoted(source)} are named like ${quoted(pattern)}. Nothing was read or sent; rename the file.`
        : `Files of ${quoted(source)} are named like ${quoted(pattern)}. Dropped under the name ${quoted(name)}, this file would be held.`,
    cause: 'The name of the file does not match the pattern that the source declares (`file.pattern`).',
    cure: 'Rename the file, or correct the pattern, then drop the file again.',
  },
  'corrected-row-shifted': {
    sentence: ({ line }) =>
      `The id on line ${line} is not the one that this row had in the file to correct, so rows may be mixed up. Nothing was sent. Take the file from the reports again and correct cells only.`,
    cause:
      'A to-correct file came back, and the id of a row is not the one that this row had when the file was written. Usually rows were moved, or only some columns were sorted.',
    cure: 'Take the to-correct file from the reports again and correct cells only; sort whole rows or none.',
  },
  'quota-exceeded': {
    sentence: ({ what, most, day }) =>
      `${QUOTAS[what](most, dayOf(day))} Nothing was sent. Drop the file again after ${moment(day + DAY_MS)}, or ask your identity team to approve it.`,
    cause:
      'The files that arrived from the source on that day (UTC) have reached what it may drop in a day: `quota` in the source.json.',
    cure: 'Find out why so much arrives. If it is right, approve the file (`rollcall approve <run> --reason "…"`) or have it dropped again the next day, and raise the `quota`. If not, stop whatever drops it, and refuse the files.',
  },
  'rows-repeated': {
    sentence: ({ repeated, rows, line }) =>
      `Of the first ${grouped(rows)} rows, ${grouped(repeated)} only repeat an earlier row (the last one on line ${line}). Nothing was sent. Export each person once, and drop the file again.`,
    cause:
      'The file has more than 10,000 rows that say exactly what an earlier row of the same person says, and they are more than three quarters of it. Usually the query behind it multiplies people by something else.',
    cure: 'Correct the export so that it has one row for each person, then drop it again.',
  },
  'export-replaced': {
    sentence: () =>
      'The file was replaced or deleted before it could be read. If it was deleted by mistake, drop it again.',
    cause: 'The version of the file that arrived no longer exists, so its run is refused.',
    cure: 'None if it was replaced: the newer version has a run of its own. If it was deleted by mistake, drop it again.',
  },
  'dates-outdated': {
    sentence: () =>
      'The settings of the source were changed while people whose day has come were about to be sent. They are looked at again tomorrow, or by your next file.',
    cause:
      'The mapping, the status words or the job changed between the tick that found the people and the moment at which their run was read.',
    cure: 'None. The next day finds them by the settings of then; a file sends them at once.',
  },
  'intake-poisoned': {
    sentence: () => 'Reading this file failed repeatedly. Tell your identity team.',
    cause:
      'The function failed at every attempt for a day, so it was given up. The run is parked; if its users were committed already, they are sent first.',
    cure: 'Look for the exception of the function `arrival` with this run. When its cause is fixed, have the file dropped again.',
  },
  'delivery-poisoned': {
    sentence: ({ part }) =>
      part === 'file'
        ? 'Sending a part of this file failed repeatedly; the report shows which rows. Tell your identity team.'
        : 'Sending failed repeatedly, so this row was not sent. Tell your identity team, and drop the file again later.',
    cause:
      'The function failed at every attempt to send one batch, so the platform gave up. The unsent rows of the batch are held, and the run ends as parked.',
    cure: 'Look for the exception of the function `deliver` with this run. When its cause is fixed, have the file dropped again.',
  },
  'approval-void': {
    sentence: ({ changed }) =>
      `This file was approved, but ${VOIDED_BY[changed]} changed after it was read, so the approval no longer says what would happen. Nothing was sent. Drop the file again.`,
    cause:
      'Between the reading of a held file and its approval, the hold list of the source changed, or settings that decide what rows say and what becomes of people. An approval is for exactly what was looked at.',
    cure: 'Drop the file again. It is read with the settings and the hold list of today, and held again if it still does too much.',
  },
  'held-replaced': {
    sentence: ({ newerName, newerArrivedAt }) =>
      `This file was held, and a newer full file has taken its place: ${quoted(newerName)} of ${moment(newerArrivedAt)}. Nothing of this file will be sent. There is nothing to do.`,
    cause:
      'A held file was not approved before a newer full file of the source was accepted. The newer one has everybody in it, so the held one is not needed.',
    cure: 'Nothing. What counts is the verdict of the newer file.',
  },
  'order-overtaken': {
    sentence: ({ newerName, newerArrivedAt }) =>
      `This order to disable a person was held, and a newer full file has come since: ${quoted(newerName)} of ${moment(newerArrivedAt)}. The order was not sent and never will be. If the account must still be disabled, give the order again.`,
    cause:
      'An order (`rollcall disable`) was held, and before that was cured, a newer full file of the source was accepted. Whatever the file says of the person is newer than the order, so the order can no longer be sent; the account may still be enabled.',
    cure: 'Look into `order.json` of the run to see whom it was about. If the account must be disabled and the file does not say so, cure what held the order, then run `rollcall disable` again, or disable the account in Entra.',
  },
  'refused-by-person': {
    sentence: ({ by, why }) =>
      `This file was held, and ${quoted(by)} refused it: ${quoted(why)}. Nothing of it was sent. Correct the data in the HR system, export again, and drop the new file.`,
    cause: 'An operator looked at the held file and refused it (`rollcall refuse`).',
    cure: 'Correct the data in the HR system, export again, and drop the new file.',
  },
  'held-too-long': {
    sentence: ({ days }) =>
      `This file was held, and nobody approved or refused it within ${counted(days, 'day')}. Nothing of it was sent. Export the data again and drop the new file.`,
    cause:
      'Nobody decided about a held file (`rollcall approve`, `rollcall refuse`) for 30 days, so its data is too old to be sent.',
    cure: 'Drop a new export of the data, and decide about it in time if it is held.',
  },
  'run-parked': {
    sentence: ({ by, why }) =>
      `${quoted(by)} has parked this file: ${quoted(why)}. Nothing more of it is sent until somebody resumes or abandons it; what was sent gets its verdicts as usual.`,
    cause: 'An operator has parked the run (`rollcall park`).',
    cure: 'When what spoke against it is cured, `rollcall resume <run>`. If it must not go on, `rollcall abandon <run>`; then HR drops a new file.',
  },
  'run-not-served': {
    sentence: ({ step, fault, ticks, minutes }) =>
      `This file is parked, because the step "${step}" failed for it in ${counted(ticks, 'tick')} in a row, over ${counted(minutes, 'minute')}, with [${fault}]. Nothing more of it is sent until somebody resumes or abandons it; all other files go on.`,
    cause:
      'Something about this one run makes a step of the timer fail every time, and it is no outage: storage answers, and the fault is not one that everybody would get. So it was parked by itself.',
    cure: 'Cure what the fault says, then `rollcall resume <run>`. If it cannot be cured, `rollcall abandon <run>`: rows that were never sent are held, and HR drops a new file.',
  },
  'run-abandoned': {
    sentence: (at) =>
      at.part === 'file'
        ? `${quoted(at.by)} has given this file up: ${quoted(at.why)}. Rows that were not sent are held, and never will be; the report shows which. Export these people again, and drop a new file.`
        : 'The file was given up before this row was sent. Export the person again, and drop a new file.',
    cause: 'An operator has abandoned the run (`rollcall abandon`). It is final.',
    cure: 'Export the data again and drop a new file. Rows that were sent have their verdicts as usual.',
  },
  'older-file-again': {
    sentence: (at) =>
      `This is the same file as ${quoted(at.name)} of ${moment(at.arrivedAt)}, and the newer file ${quoted(at.newerName)} of ${moment(at.newerArrivedAt)} ${at.inDoubt ? 'may have replaced values in it: it is too long ago to know' : 'has replaced values in it'}. Nothing was sent. If the older values are right after all, export them again; an exact copy would be held again.`,
    cause:
      'The file has exactly the content of an older one. Since then a newer file has come with some of the same people, or a newer full file; or it is so long ago that nobody knows any more who was in it.',
    cure: 'None if it was dropped by mistake. If the older values are right after all, export them again; the new file must not be an exact copy, so leave out people who need no change.',
  },
  'duplicate-id': {
    sentence: ({ otherLine }) =>
      `Line ${otherLine} has the same id, so none of the rows with this id was sent. Leave only the right one in the file.`,
    cause:
      'The same id is in more than one row, with different values, and the rules in the settings (`rowsPerPerson`) do not decide for certain which one counts: there is no rule, the rules find no difference, or one of the rows cannot be read; or the row that would count says that the person has left, while another one may say the opposite. (Case, spaces and leading zeros do not make ids different; a row that was rejected for another reason counts as well.)',
    cure: 'Leave only the right row in the file. If the HR system always writes several rows for some people, have a rule added to the settings that says which of them counts.',
  },
  'duplicate-user-name': {
    sentence: ({ otherLine }) =>
      `Line ${otherLine} has the same sign-in name, so neither row was sent. Give each person a different one.`,
    cause:
      'Two rows with different ids have the same sign-in name, where case does not count, and the person of each may be active. (A row that was rejected for another reason counts as well; a row of somebody who has left keeps nobody from the name.)',
    cure: 'Give each person a different sign-in name. If the rows are about one person, leave only the right one in the file.',
  },
  'run-file-missing': {
    sentence: () => 'A file of this run is missing from the container "runs".',
    cause: 'The run says that its kept export, packing or people index was written, but the blob is not there.',
    cure: 'Find out who deletes blobs in `runs` (a lifecycle rule, a person) and stop that. Then have the file dropped again.',
  },
  'kept-settings-unreadable': {
    sentence: () => 'This version cannot read the settings by which the file was read.',
    cause:
      'A version was deployed that no longer knows the form of settings that an older one accepted, while a file was on its way; or somebody has changed the copy in `runs`.',
    cure: 'Deploy the version that read the file until the file has settled. Other files go on meanwhile.',
  },
  'user-line-differs': {
    sentence: () => 'The staged record of a person is not where the batch says; nothing of the batch was sent.',
    cause:
      'The list of users of this run and its packing do not belong together: somebody has changed a blob in the container "runs", or it is a mistake of ours.',
    cure: 'Find out who writes to the container `runs`, and report it with the run. Then have the file dropped again.',
  },
  'ledger-contended': {
    sentence: () =>
      'A run or batch could not be updated, because other processes kept changing it; the step is tried again.',
    cause: 'Another process changed the same entity at every one of many attempts.',
    cure: 'None needed. If it lasts, report it with the run.',
  },
  'storage-table': {
    sentence: () => 'Table storage refused a call or did not answer; it is tried again.',
    cause: 'The storage account was unavailable or overloaded, or it denied access.',
    cure: 'None if it is transient. If it lasts, check the status of the storage account, its firewall, and the role Storage Table Data Contributor.',
  },
  'entity-too-large': {
    sentence: () => 'A run or batch holds more than table storage takes; writing it fails at every try.',
    cause:
      'What is known about one run or batch has more than 1 MiB. Every text in it is bounded, so this is a mistake of ours.',
    cure: 'Report it with the run. All other runs go on.',
  },
  'storage-blob': {
    sentence: () => 'Blob storage refused a call or did not answer; it is tried again.',
    cause: 'The storage account was unavailable or overloaded, or it denied access.',
    cure: 'None if it is transient. If it lasts, check the status of the storage account, its firewall, and the role Storage Blob Data Owner.',
  },
  'name-unusable': {
    sentence: () => 'A name that cannot be part of a path was refused.',
    cause:
      'The name of a blob, or the id of a job, has a part such as `..`. Such names are refused where they come in, so this points to a fault of ours.',
    cure: 'None needed: nothing was read or sent. Report it with the run.',
  },
  'people-on-hold': {
    sentence: ({ people, leavers }) =>
      `The hold list names ${counted(people, 'person', 'people')} of this file, ${leavers === 0 ? 'none of them a leaver' : `${counted(leavers, 'leaver')} among them`}; their rows would be held.`,
    cause: 'The check found a `hold.csv` beside the settings, with people of this file in it.',
    cure: 'Nothing to do.',
  },
  'people-not-yet': {
    sentence: ({ people }) =>
      `For ${counted(people, 'person', 'people')} in the file the first day is still to come: nothing would be sent yet.`,
    cause: 'The settings let rows wait for the first day (`active.from` with `"before": "not-yet"`).',
    cure: 'Nothing to do if the number is as expected. `rollcall check --date` shows the file as on another day.',
  },
  'inactive-values-left-out': {
    sentence: ({ people, columns, isKnown }) =>
      `In this file, ${counted(people, 'inactive person goes', 'inactive people go')} without values that cannot be read (${listed(columns)})${isKnown ? ', because Entra was not confirmed to hold any of them' : ', unless Entra was confirmed to hold them'}. If "Flow null values" is on for such an attribute in the provisioning job, Entra clears it; if the job's mapping of the sign-in name is applied always, a row without one may fail.`,
    cause:
      'Rows of inactive people are sent even if some of their values cannot be read, so that their accounts are disabled. Such a value is taken from the record that Entra was last confirmed to hold; here there is none, its files are gone, or an earlier file that is on its way says something else.',
    cure: 'Nothing if "Flow null values" is off in the job, as it is by default. Otherwise correct the values, or look at the attributes of these people in Entra.',
  },
  'inactive-people-unknown': {
    sentence: ({ skipped, sent }) =>
      `A check does not know what was sent before. In a first run, ${counted(skipped, 'inactive person', 'inactive people')} in this file would be skipped and ${grouped(sent)} sent; in later runs, every inactive person for whom nothing was ever sent is skipped.`,
    cause:
      'The settings say that inactive people for whom nothing was ever sent are skipped (`unknownInactive`), and the file has inactive people.',
    cure: 'Nothing to do if the numbers are as expected. To skip people who left long ago in the first run too, name the column with the leave date (`unknownInactive.leaveDate`).',
  },
  'people-set-aside': {
    sentence: ({ people }) =>
      `In this file ${counted(people, 'person', 'people')} whom earlier files sent as active ${agree(people, 'is', 'are')} not for this source. Their accounts stay as they are, and none of them counts as missing.`,
    cause:
      'All rows of these people are set aside by `file.only` or `file.except`. A word that HR renamed does that as well: then it is nearly everybody.',
    cure: 'Check the values of the column against the settings. An account that is no longer wanted is disabled with `rollcall disable`, or with a row that is for the source.',
  },
  'rows-to-correct-left-out': {
    sentence: ({ written, total }) =>
      `The file of rows to correct has the first ${grouped(written)} of ${counted(total, 'row')}; the report of verdicts names all of them.`,
    cause: 'More rows are to be corrected than fit into the file: 100,000 rows, or 64 MiB of text.',
    cure: 'Correct the export itself, by what the first rows show, and drop it again.',
  },
  'row-collapsed': {
    sentence: ({ firstLine }) => `The row is the same as the one on line ${firstLine}; the two count as one.`,
    cause:
      'The file contains the same row, with the same values, more than once. All of them get the verdict of the first.',
    cure: 'Nothing to do.',
  },
};
