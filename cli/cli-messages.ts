// What the commands say about files on this computer, about storage, and about what needs a person, in English.
import type { MessagesOf } from '../shared/core/codes';
import { counted, grouped, listed, moment, quoted } from '../shared/core/english';
import type { ShownState } from '../shared/run/run';
import type {
  cliCodes,
  FileTrouble,
  StopDecision,
  StorageRefusal,
  StorageService,
  StorageValueTrouble,
} from './cli-codes';

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

const STORAGE_VALUES: Readonly<Record<StorageValueTrouble, string>> = {
  neither:
    'The value of --storage is neither a connection string nor an address like https://ACCOUNT.blob.core.windows.net.',
  'connection-string':
    'The value of --storage looks like a connection string, but cannot be read as one. Copy it again, and put quotation marks around it.',
  'not-https': 'The address in --storage does not begin with https://, so no sign-in is sent to it.',
  'more-than-host':
    'The address in --storage has more than a host. Give it alone, like https://ACCOUNT.blob.core.windows.net.',
  'foreign-host':
    'The address in --storage is not one of Azure Storage, like https://ACCOUNT.blob.core.windows.net, so no sign-in is sent to it.',
};

const refused = (refusal: StorageRefusal, service: StorageService): string => {
  switch (refusal) {
    case 'role':
      return `Your sign-in may not read this storage account: it lacks the role Storage ${service} Data Reader.`;
    case 'write-role':
      return `Your sign-in may read this storage account, but not change it: it lacks the role Storage ${service} Data Contributor on what the command changes.`;
    case 'network':
      return `The ${service.toLowerCase()} service of the storage account does not let this computer in: its firewall refuses it, or the SAS allows too little.`;
    case 'key':
      return 'The storage account does not accept the key of the connection string.';
    case 'keys-off':
      return 'The storage account accepts no keys, so a connection string cannot be used. Give its address instead, and sign in.';
    case 'sign-in':
      return 'The storage account does not accept your sign-in.';
  }
};

const decide = (word: string, run: string, sameStorage: string): string =>
  `\`rollcall ${word} ${run} --reason "…"${sameStorage}\``;

function notStoppable(run: string, decision: StopDecision, state: ShownState, sameStorage: string): string {
  if (state === 'held') return `Nothing of it was sent; ${decide('refuse', run, sameStorage)} ends it.`;
  if (state === 'abandoned') return 'It was given up for good.';
  if (state === 'received' || state === 'checking')
    return `It is still being read, and nothing of it was sent; ${decision === 'resume' ? 'it is not parked' : `${decide('abandon', run, sameStorage)} ends it`}.`;
  return 'It has ended, so there is nothing to stop; what must still be sent is dropped again in a new file.';
}

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
  'header-is-person': {
    sentence: ({ cells }) =>
      cells.length === 0
        ? 'The file has no line that looks like the names of columns.'
        : `This line looks like a person, not like the names of columns: ${listed(cells)}. No line above or below it looks like a header.`,
    cause: 'The table has no header row, so nobody can say what its columns mean.',
    cure: 'Have the export write a header row with the names of its columns.',
  },
  'storage-not-named': {
    sentence: () =>
      'Say where storage is: --storage with the address of the storage account, or --data with the folder of a machine on this computer.',
    cause: 'The command reads the state of a machine, and was not told of which one.',
    cure: 'Add `--storage https://ACCOUNT.blob.core.windows.net`, or set `ROLLCALL_STORAGE`; or add `--data DIR`.',
  },
  'storage-malformed': {
    sentence: ({ trouble }) => STORAGE_VALUES[trouble],
    cause:
      'The value of `--storage` or `ROLLCALL_STORAGE` cannot be used. It is not repeated, because it may be a secret.',
    cure: 'Give the address of the blob, queue or table service as the portal shows it under Endpoints (`https://ACCOUNT.blob.core.windows.net`); or the connection string, in quotation marks.',
  },
  'storage-not-signed-in': {
    sentence: () => 'You are not signed in to Microsoft Entra on this computer. Run "az login", then try again.',
    cause:
      'With an address, storage is opened as whoever calls, and no sign-in was found: no Azure CLI, Azure PowerShell, Azure Developer CLI, environment or managed identity.',
    cure: 'Run `az login`, with `--tenant` if you belong to several. `AZURE_TOKEN_CREDENTIALS` chooses among several sign-ins.',
  },
  'storage-not-permitted': {
    sentence: ({ refusal, service }) => refused(refusal, service),
    cause:
      'Storage answered 401 or 403: the sign-in lacks a role, or the request was stopped by a firewall, a key or a SAS.',
    cure: 'Have Storage Blob Data Reader, Storage Queue Data Reader and Storage Table Data Reader assigned on the account (Owner and Contributor do not include them); it takes some minutes. A command that changes something needs more: its `--help` lists the roles. For a firewall, call from an allowed network. For a sign-in that is not accepted, sign in to the tenant of the account: `az login --tenant`.',
  },
  'storage-account-missing': {
    sentence: () => 'There is no storage account of this name, or this computer cannot resolve it.',
    cause: 'The name in the address or the connection string is unknown to DNS.',
    cure: 'Check the name of the account. If it has only a private endpoint, call from its network.',
  },
  'storage-unreachable': {
    sentence: () => 'Storage cannot be reached from this computer.',
    cause: 'No connection could be made, or it was cut: network, proxy, firewall, or an emulator that is not running.',
    cure: 'Check the network. For a machine on this computer, check that it is running.',
  },
  'storage-not-prepared': {
    sentence: () => 'This storage account has no tables of Rollcall.',
    cause: 'The account is another one, or the app has never been deployed to it.',
    cure: 'Check the name of the account; the template in `infra/` creates the tables.',
  },
  'storage-refused': {
    sentence: ({ service, status }) =>
      `The ${service.toLowerCase()} service of the storage account ${status === null ? 'failed without an answer' : `answered ${status}`}.`,
    cause: 'Storage was unavailable or overloaded, or does not know this version of the command.',
    cure: 'Try again; if it lasts, look at the service health of the account.',
  },
  'data-folder-unknown': {
    sentence: ({ path }) => `No machine has kept anything in the folder ${quoted(path)}.`,
    cause: 'The folder given with `--data` does not exist, or no machine was started with it.',
    cure: 'Check the path; `npm run local -- --data DIR` starts a machine that keeps its storage there.',
  },
  'data-folder-starting': {
    sentence: ({ path }) => `The machine in the folder ${quoted(path)} is just starting. Try again in a few seconds.`,
    cause: 'A machine has taken the folder given with `--data`, and its storage does not listen yet.',
    cure: 'Try again. If it lasts, end the process whose number is in `machine.lock.json`.',
  },
  'data-folder-failed': {
    sentence: ({ path, words }) => `The storage in the folder ${quoted(path)} cannot be started: ${quoted(words)}.`,
    cause:
      'No machine is running on the folder given with `--data`, and its storage could not be started for the command.',
    cure: 'Read the words of the system; check the permissions of the folder and the space on the disk.',
  },
  'data-cut-off': {
    sentence: () =>
      'The last machine on this folder did not end in order, so what it had not saved in its last seconds is lost.',
    cause: 'The process of the machine was killed, or the computer went down.',
    cure: 'Look at the newest files; drop a file again whose people are not all decided.',
  },
  'azurite-missing': {
    sentence: () =>
      'The storage in a folder needs Azurite, which this installation does not have. Run "npm ci" without --omit=dev.',
    cause: "`--data` is for a machine on a developer's computer; production installs have no Azurite.",
    cure: 'Run `npm ci && npm run build` in a checkout; or name a storage account with `--storage`.',
  },
  'graph-option-refused': {
    sentence: () =>
      'The value of --graph is not an address of Microsoft Graph, so no sign-in is sent to it. It is https://graph.microsoft.com, https://graph.microsoft.us, https://dod-graph.microsoft.us, or a simulator on this computer.',
    cause:
      '`--graph`, or `ROLLCALL_GRAPH_URL`, is not one of the published hosts of Microsoft Graph, letter by letter.',
    cure: 'Write the address of your cloud without port and path, or leave the option out.',
  },
  'job-not-set-up': {
    sentence: ({ path }) => `${quoted(path)} names no provisioning job yet.`,
    cause: '`job` of the source.json still has the words REPLACE-WITH- in it.',
    cure: 'Run `rollcall setup`, or write the ids of the job into the source.json.',
  },
  'schema-copy-unusable': {
    sentence: ({ path }) => `${quoted(path)} is not a copy of a job's schema, so nothing was changed.`,
    cause: 'The file is not JSON, or has no rule that maps people.',
    cure: 'Name a file that this command has kept: `schema-before-….json` beside the source.json.',
  },
  'job-maps-nobody': {
    sentence: () => 'The schema of the job maps no people, or has a form that is not known.',
    cause: 'No rule of the schema names objects of two directories that are in it.',
    cure: 'Look at the mapping in the portal. A copy that was kept before is restored with `rollcall setup schema --restore FILE`.',
  },
  'job-needs-yes': {
    sentence: () => 'Nothing was changed: add --yes to restart the job.',
    cause: 'A restart may purge what was uploaded, so it is asked about, and nobody answered, or somebody said no.',
    cure: 'Read what it would purge, and add `--yes`.',
  },
  'setup-incomplete': {
    sentence: ({ missing }) => `The set-up needs ${missing.join(' and ')}.`,
    cause: 'To set up a job, its name, an address for notifications and the identity of the app must be known.',
    cure: 'Add the options. `--identity` is the object id of the managed identity or of the service principal of the application: `rollcall setup --help`.',
  },
  'setup-of-another': {
    sentence: ({ name, graph }) =>
      `The record in this folder is of the set-up of ${quoted(name)} at ${quoted(graph)}, so nothing else is set up from it.`,
    cause: '`rollcall-setup.json` says what a set-up has made, so that it can be taken back. Each source has one.',
    cure: 'Give the same `--name`, `--target` and `--graph`; or take that set-up back with `--undo` first; or use the folder of another source.',
  },
  'setup-made-nothing': {
    sentence: ({ path }) => `There is no record of a set-up (${quoted(path)}), so there is nothing to take back.`,
    cause: 'Nothing was made by this command for this source, or everything was taken back already.',
    cure: 'If the set-up was run from another folder, name that one with `--source`.',
  },
  'setup-record-damaged': {
    sentence: ({ path }) => `The record of the set-up (${quoted(path)}) cannot be read, so nothing was changed.`,
    cause: 'The file was edited, or is of a later version of this program.',
    cure: 'Restore it from a copy. Without it, `--undo` does not know what was made.',
  },
  'sign-in-failed': {
    sentence: ({ number }) =>
      `You could not be signed in to Microsoft Graph${number === null ? '' : `: Entra answered ${number}`}.`,
    cause:
      'The sign-in was cancelled, or Entra refused it: a conditional access policy, a permission that an administrator has to consent to, another tenant.',
    cure: 'Look up the number (`https://login.microsoftonline.com/error`). If an administrator has to consent, have one run the command with `--plan`; if the browser of this computer is blocked, use `--device-code`; if the client is blocked, name a public client of your own with `--client-id`.',
  },
  'run-malformed': {
    sentence: () => 'This is not the id of a run. An id looks like 20261121T080000Z-0123456789.',
    cause: 'The argument of the command is no id of a run. It is not repeated, because it may be a secret.',
    cure: 'Take the id from `rollcall status`, or from the folder in `reports/`.',
  },
  'run-unknown': {
    sentence: ({ run }) => `There is no run ${run} in this storage.`,
    cause: 'No source has a run of this id.',
    cure: 'Take the id from `rollcall status`; check that storage is the right one.',
  },
  'run-approved': {
    sentence: ({ name, run, until, sameStorage }) =>
      `${quoted(name)} is approved: it is read again now, compared with what Entra holds today, and sent unless it would do more than you have seen. The approval is valid until ${moment(until)}. See \`rollcall status ${run}${sameStorage}\`.`,
    cause: '`rollcall approve` has let a held file go.',
    cure: 'Nothing. `rollcall status <run>` shows what becomes of it.',
  },
  'run-refused': {
    sentence: ({ name, run, sameStorage }) =>
      `${quoted(name)} is refused: nothing of it will ever be sent, and its report says so. See \`rollcall status ${run}${sameStorage}\`.`,
    cause: '`rollcall refuse` has ended a held file.',
    cure: 'Nothing. HR drops a corrected file.',
  },
  'run-is-parked': {
    sentence: ({ name, run, isNew, todo, open, sameStorage }) =>
      `${quoted(name)} ${isNew ? 'is parked now' : 'was parked already'}: ${counted(todo, 'row')} to be sent ${todo === 1 ? 'waits' : 'wait'}, but for those whose message is on the queue already; ${counted(open, 'row')} that ${open === 1 ? 'was' : 'were'} sent ${open === 1 ? 'is' : 'are'} judged as usual. Other files go on, and a newer one replaces its rows. Then: ${decide('resume', run, sameStorage)}, or ${decide('abandon', run, sameStorage)}.`,
    cause: '`rollcall park` has stopped the sending of a file.',
    cure: '`rollcall resume <run>` lets it go on, `rollcall abandon <run>` ends it.',
  },
  'run-is-resumed': {
    sentence: ({ name, run, isNew, todo, open, sameStorage }) =>
      `${quoted(name)} ${isNew ? 'goes on' : 'was not parked'}: ${counted(todo, 'row')} to be sent, from the next tick of the timer on; ${counted(open, 'row')} ${open === 1 ? 'waits' : 'wait'} for the provisioning log. See \`rollcall status ${run}${sameStorage}\`.`,
    cause: '`rollcall resume` has let a parked file go on where it stopped.',
    cure: 'Nothing. If what parked it is not cured, it is parked again.',
  },
  'run-is-abandoned': {
    sentence: ({ name, run, isNew, held, todo, open, isOver, sameStorage }) =>
      `${quoted(name)} ${isNew ? 'is given up for good' : 'was given up already'}: ${
        isOver
          ? 'nothing of it was sent, all its rows are held, and its report says so.'
          : `${counted(held, 'row')} that ${held === 1 ? 'was' : 'were'} never sent ${held === 1 ? 'is' : 'are'} held now${todo === 0 ? '' : `, ${grouped(todo)} more when the sender or intake that is at work with them has ended`}; ${counted(open, 'row')} that ${open === 1 ? 'was' : 'were'} sent ${open === 1 ? 'is' : 'are'} judged as usual. After the last verdict the report is written.`
      } See \`rollcall status ${run}${sameStorage}\`.`,
    cause: '`rollcall abandon` has ended a file for good.',
    cure: 'Have the people whose rows are held exported again, in a new file.',
  },
  'run-not-stoppable': {
    sentence: ({ run, decision, state, sameStorage }) =>
      `Nothing was changed: the state of this file is "${state}". ${notStoppable(run, decision, state, sameStorage)}`,
    cause:
      'Only a file on its way can be parked, from the moment at which its users are staged until its last verdict; only a parked one can be resumed. A file that is still read can be abandoned, but not parked. A held file is refused instead.',
    cure: 'See `rollcall status <run>`; for a held file, `rollcall refuse <run>`.',
  },
  'run-not-held': {
    sentence: ({ run, state, sameStorage }) =>
      `This file is not held (its state is "${state}"), so there is nothing to decide. See \`rollcall status ${run}${sameStorage}\`.`,
    cause:
      'Only a held file can be approved or refused. Perhaps somebody has decided already, or a newer full file has replaced it.',
    cure: 'See `rollcall status <run>`.',
  },
  'run-not-approvable': {
    sentence: ({ reason }, tell) =>
      `This file is not held for doing too much, nor for its quota, so no approval can let it go. ${reason.map((one) => tell(one)).join(' ')}`,
    cause:
      'Something is wrong with the file or the settings themselves. An approval is for a file that is right but does a lot, or is one of very many.',
    cure: 'Do what the reason of the hold says, then drop the file again; or `rollcall refuse <run>`.',
  },
  'approval-too-late': {
    sentence: ({ changed }) =>
      `The ${changed === 'settings' ? 'settings' : 'hold list'} of the source changed after this file was read, so its plan no longer shows what would happen. Drop the file again: it is read with the settings and the hold list of today.`,
    cause:
      'An approval is for exactly what was looked at: the file, read with the mapping, the job and the hold list of which the run has copies.',
    cure: 'Drop the file again, look at its plan, and approve that run if it is held.',
  },
  'approval-too-early': {
    sentence: ({ until }) =>
      `The file was read more than once, and another reader may still be at work. Approve it after ${moment(until)}.`,
    cause:
      'Two attempts at reading the held file began, after a crash or a repeated event. One that is still at work could get in the way of the approved run.',
    cure: 'Wait until the time that the message names, then repeat the command.',
  },
  'person-unknown': {
    sentence: ({ source }) => `The roster of ${source} does not have this person. Nothing was changed.`,
    cause:
      'Nothing was ever sent for the person, the person is in another source or has another id, or `rollcall roster --forget` took the person out.',
    cure: 'Check the id with `rollcall roster --person ID`. To disable somebody whom Rollcall never sent, use Entra.',
  },
  'person-not-confirmed': {
    sentence: () =>
      'Entra never confirmed a record of this person, so there is no record to disable the account with. Nothing was changed.',
    cause: 'Every record that was sent for the person failed, was skipped, or was never answered.',
    cure: 'If there is an account, disable it in Entra, and correct what failed: `rollcall status --person ID`.',
  },
  'person-in-other-job': {
    sentence: () =>
      'Another provisioning job confirmed the account of this person, and the job of this source has not since, so the account may be elsewhere. Nothing was changed.',
    cause:
      'The job in the settings of the source was changed after the record of this person was confirmed. Sent to the new job, the record might create a second account.',
    cure: 'Disable the account in Entra by hand, or have a file dropped that lists the person as inactive, so that the job of today sends it.',
  },
  'person-disabled': {
    sentence: ({ on }) => `This account is disabled already: Entra confirmed that on ${on}. Nothing was changed.`,
    cause: 'The last confirmed record of the person is inactive, and nothing newer is on its way.',
    cure: 'None needed. If somebody has enabled the account by hand since, disable it in Entra, or wait: a file that lists the person as inactive does it again within `refresh.inactiveEveryDays`.',
  },
  'person-on-hold': {
    sentence: ({ until }) =>
      `This person is on the hold list until the end of ${until}, so the record would be kept back. Nothing was changed.`,
    cause: 'The `hold.csv` of the source names the person.',
    cure: 'Take the person off the hold list, then run the command again.',
  },
  'person-record-gone': {
    sentence: ({ run }) =>
      `The record that Entra holds for this person can no longer be read from the files of run ${run}. Nothing was changed.`,
    cause: 'Somebody deleted or changed the files that hold it. A record with `active` alone would clear values.',
    cure: 'Disable the account in Entra, and have a file dropped that lists the person as inactive.',
  },
  'source-busy': {
    sentence: ({ run }) =>
      `The source is busy with run ${run}, which would write the person into the roster again. Nothing was changed.`,
    cause: 'A run of the source has not ended.',
    cure: 'Wait until it has ended (`rollcall status`), then run the command again.',
  },
  'forget-waits': {
    sentence: ({ source, run, state }) =>
      `Run ${run} of ${source} is ${state}: it has not ended, and would write the person again. Nothing was deleted.`,
    cause: 'A run of the source is being read or sent, or is held.',
    cure: 'Wait until it has ended, or decide about it (`rollcall status <run>`), then run the command again.',
  },
  'forget-nobody': {
    sentence: () => 'Rollcall keeps nothing of this person. Nothing was deleted.',
    cause: 'The person is in no roster and in no list of rows, or has another id; or everything was deleted before.',
    cure: 'Check the id. What HR drops is in `inbound/` until retention deletes it.',
  },
  'plan-source-unknown': {
    sentence: ({ source }) => `Storage has no settings for a source named ${quoted(source)}.`,
    cause: 'There is no `sources/<name>/source.json` of this name; or storage is not the right one.',
    cure: 'Check the name (`rollcall status` lists the sources), or give the path of a source.json.',
  },
  'plan-roster-unusable': {
    sentence: ({ reason }, tell) =>
      `The roster cannot be used, so nobody knows what the file would change. ${reason.map((one) => tell(one)).join(' ')}`,
    cause:
      'The roster of the source is damaged, missing, or of a newer version; or the file given with `--roster` is not the roster of this source.',
    cure: 'For a roster in storage, `rollcall roster` says what to do. With `--roster`, give a file from `rosters/<source>/`, complete and unchanged.',
  },
  'plan-against-nothing': {
    sentence: () =>
      'Neither storage nor a roster was named, so the file is compared with nobody: everybody counts as new.',
    cause: '`rollcall plan` was given a source.json and nothing to compare the file with.',
    cure: 'Add `--storage`, `--data` or `--roster` to see what the file would change.',
  },
  'plan-files-unsettled': {
    sentence: ({ files }) =>
      `This source still has ${counted(files, 'file')} on ${files === 1 ? 'its' : 'their'} way. What becomes of the people in ${files === 1 ? 'it' : 'them'} is not known yet, so this plan may change.`,
    cause: 'The plan compares with what Entra was last confirmed to hold, and an earlier file has not settled.',
    cure: 'Repeat the command when `rollcall status` shows the earlier files as settled.',
  },
  'credential-ends': {
    sentence: ({ at }) =>
      `The client secret or certificate that signs in to Microsoft Graph is valid until ${moment(at)}; after that nothing is sent.`,
    cause: 'The app has read that end in Key Vault, or in the certificate. It says so from 30 days before on.',
    cure: 'Create a new client secret or certificate for the application, and put it into Key Vault as a new version with its expiration date. Nothing needs restarting; the app takes it within a quarter of an hour.',
  },
  'poison-waiting': {
    sentence: ({ queue, messages }) => `The queue ${queue} has ${counted(messages, 'message')} that nobody has taken.`,
    cause:
      'A function failed at every attempt, and the function that parks such messages has not taken them, so the app may not be running.',
    cure: 'Look again in a few minutes. If they are still there, check that the app is running, and look for the exceptions of the functions `poison-…`. Do not move the messages.',
  },
  'messages-kept': {
    sentence: ({ messages }) => `The container evidence keeps ${counted(messages, 'message')} that nobody can read.`,
    cause:
      'Somebody put a message of another form on a queue: by hand, or with another version of the app. Nothing is lost by it: every batch and export that needs a message gets one.',
    cure: 'Find out who put it there: the blob is the message as it came. Then delete the blob; the end of life of evidence deletes it otherwise.',
  },
  'intake-silent': {
    sentence: ({ state, since }) => `Nothing has worked on this file since ${moment(since)}; it is still ${state}.`,
    cause:
      'Intake gives no sign of life. It fails again and again, and the pauses before the sweep starts it again have grown to an hour; or the app is not running.',
    cure: 'Check that the app is running; restarting it is always safe. Then look for exceptions of `arrival`.',
  },
  'dates-overdue': {
    sentence: ({ since }) =>
      `By the dates in HR's files, the status of somebody changed at ${moment(since)}, and Entra is not confirmed to hold it.`,
    cause:
      'A file of the source waits for a person, a run does not end, the hold list names the person, the settings were changed since, or what was sent failed.',
    cure: 'Look in this list for what waits in the source, and in the reports of the newest `dates-….json`. `rollcall roster` says how many people have days to come. A file with the row of the person always helps.',
  },
  'file-overdue': {
    sentence: ({ since }) => `No file came by ${moment(since)}, when the settings expect one.`,
    cause:
      'The system that exports the file, or the way on which it is dropped, failed; or `expectBy` of the settings is wrong.',
    cure: 'Ask whoever runs the export. A file that comes later is taken in as always.',
  },
  'log-not-read': {
    sentence: ({ since }) =>
      `The provisioning log of this job was last read at ${moment(since)}, and rows wait for it.`,
    cause: 'The timer does not run, or the log cannot be read.',
    cure: 'Check that the app is running, then look for the events `rollcall.reconcile.halted` and `rollcall.reconcile.postponed`.',
  },
  'proposal-invalid': {
    sentence: ({ problems }, tell) =>
      `The proposed settings are not valid, which is a fault in Rollcall. ${problems.map((problem) => `${problem.path}: ${tell(problem)}`).join(' ')}`,
    cause: '`rollcall init` checks what it proposes, and this proposal failed the check.',
    cure: 'Report it with the header row of the file, and write the source.json by hand (`docs/mapping.md`).',
  },
};
