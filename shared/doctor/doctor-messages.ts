// What the checks of a deployment and its tenant say, in English, for whoever runs the app.
import type { MessagesOf } from '../core/codes';
import { counted, grouped, listed, quoted } from '../core/english';
import type { Quote } from '../core/message';
import type { CheckName } from './check-names';
import type { doctorCodes } from './doctor-codes';

/** What is right if a check finds nothing. */
const PASSED: Readonly<Record<CheckName, string>> = {
  storage: 'Storage is in reach, and has every container, queue and table.',
  token: 'There is a token for Microsoft Graph.',
  permissions: 'The identity has the permissions that it needs, and no others that could do harm.',
  job: 'The provisioning job runs.',
  notification: 'Somebody is notified when the job fails.',
  threshold: 'The threshold of accidental deletions is on, and not below the limit of the guard.',
  scope: 'Everybody is in the scope of the job.',
  attributes: 'Every attribute that is sent is known to the job and mapped, and the job maps nothing else.',
  matching: 'People are matched by externalId and employeeId.',
  enabling: 'The attribute active enables and disables accounts.',
  creation: 'No value that is made at creation is made again later.',
  clearing: 'A blank cell does in the tenant what the settings of the source say.',
  references: 'No mapping is known to do harm.',
  agent: 'The provisioning agent is not known to be silent.',
  clock: 'The clock of this computer is right.',
  licence: 'The licence of the tenant covers the daily budget of calls.',
  budget: 'Nobody else is known to spend the daily budget of calls.',
};

/** Why a job is in quarantine (docs/reference/graph-provisioning.md §4.2), and what helps. */
const QUARANTINE: Readonly<Record<string, string>> = {
  EncounteredBaseEscrowThreshold: 'Too many people failed.',
  EncounteredTotalEscrowThreshold: 'Too many people failed.',
  EncounteredEscrowProportionThreshold: 'Too large a share of the people failed.',
  EncounteredQuarantineException: 'The service met an error of its own, or has nobody to notify.',
  QuarantinedOnDemand: 'Somebody put it there.',
  TooManyDeletes:
    'A cycle would have disabled or deleted more people than the threshold of accidental deletions allows.',
  IngestionInterrupted: 'Taking in what was sent was interrupted.',
};

const DIRECTORY: Readonly<Record<string, string>> = {
  entra: 'Microsoft Entra ID',
  'active-directory': 'Active Directory',
};
const LICENCE: Readonly<Record<string, string>> = {
  premium: 'Microsoft Entra ID P1 or P2',
  governance: 'Microsoft Entra ID Governance',
};

/** The most names that a sentence lists. */
const MAX_LISTED = 10;
const few = (names: readonly Quote[]): string =>
  names.length <= MAX_LISTED
    ? listed(names)
    : `${listed(names.slice(0, MAX_LISTED))} and ${grouped(names.length - MAX_LISTED)} more`;

const missing = (one: string, names: readonly string[]): string =>
  `Storage lacks ${counted(names.length, one)}: ${names.join(', ')}.`;
const MISSING_CURE =
  'Deploy the template again (`azd up`), which makes what is missing and leaves the rest as it is; on a computer, start the machine once.';
const because = (error: string | null): string => (error === null ? '' : ` The service says ${error}.`);

/** English. */
export const doctorMessages: MessagesOf<typeof doctorCodes> = {
  'check-passed': {
    sentence: ({ check }) => PASSED[check],
    cause: 'A check of `rollcall doctor` found nothing.',
    cure: 'Nothing to do.',
  },
  'check-needs': {
    sentence: ({ permission, role }) =>
      `Not checked: this needs the permission ${permission}${role === null ? '' : `, and in Entra the role ${role}`}.`,
    cause: 'Whoever runs the check may not read what it needs. Nothing is taken for right that nobody looked at.',
    cure: 'Have the permission granted, or have somebody run the command who has it.',
  },
  'check-needs-option': {
    sentence: ({ option }) => `Not checked: the command was not given ${option}.`,
    cause: 'The check needs to know something that the command was not told.',
    cure: 'Add the option that the message names.',
  },
  'check-unanswered': {
    sentence: ({ status }) =>
      status === null ? 'Not checked: the service did not answer.' : `Not checked: the service answered ${status}.`,
    cause: 'The request failed. That alone says nothing about the job.',
    cure: 'Run the command again in a few minutes.',
  },
  'check-unreadable': {
    sentence: () => 'Not checked: the answer of the service has a form that is not known here, or hides what is asked.',
    cause: 'The service answered with something else than its documentation shows; values of `secrets` may be hidden.',
    cure: 'Look in the portal. If the form of the answer has changed, report it.',
  },
  'storage-out-of-reach': {
    sentence: ({ reason }, tell) => reason.map((one) => tell(one)).join(' '),
    cause: 'The storage account cannot be reached, or not with this identity.',
    cure: 'Do what the message says; then run the command again, since the rest of storage was not looked at.',
  },
  'containers-missing': {
    sentence: ({ names }) => missing('container', names),
    cause: 'Somebody deleted a container, or the template was never deployed in full.',
    cure: MISSING_CURE,
  },
  'queues-missing': {
    sentence: ({ names }) => missing('queue', names),
    cause: 'Somebody deleted a queue, or the template was never deployed in full.',
    cure: MISSING_CURE,
  },
  'tables-missing': {
    sentence: ({ names }) => missing('table', names),
    cause: 'Somebody deleted a table, or the template was never deployed in full.',
    cure: MISSING_CURE,
  },
  'token-not-given': {
    sentence: ({ reason }, tell) =>
      `There is no token for Microsoft Graph. ${reason.map((one) => tell(one)).join(' ')}`,
    cause: 'Nobody is signed in, or the identity is not set up; then nothing can be sent and nothing read.',
    cure: 'Do what the message says.',
  },
  'upload-not-permitted': {
    sentence: () =>
      'The identity may not upload: it has no SynchronizationData-User.Upload, so every request would be answered 403.',
    cause: 'The app role was never granted to this identity, or to another one.',
    cure: 'Grant it: `rollcall setup`, or `infra/hooks/grant-graph.mjs`. A token that was given before lacks it for up to a day.',
  },
  'upload-needs-owner': {
    sentence: () =>
      'The identity has SynchronizationData-User.Upload.OwnedBy, but is no owner of the application of this job, so every request would be answered 403.',
    cause: 'The narrower permission is for applications that the identity made or owns.',
    cure: 'Make the identity an owner of the application, or grant SynchronizationData-User.Upload.',
  },
  'log-not-permitted': {
    sentence: () =>
      'The identity may not read the provisioning log: it has no ProvisioningLog.Read.All, so no row would ever get its verdict.',
    cause: 'The app role was never granted to this identity.',
    cure: 'Grant it: `rollcall setup`, or `infra/hooks/grant-graph.mjs`.',
  },
  'job-read-not-permitted': {
    sentence: () => 'The identity may not see its job: it has no Synchronization.Read.All, so nothing is sent.',
    cause:
      'The app role was never granted to this identity. A job that nobody watches may be paused, and what is sent to it lost.',
    cure: 'Grant it: `rollcall setup`, or `infra/hooks/grant-graph.mjs`.',
  },
  'permission-beyond-need': {
    sentence: ({ roles }) =>
      `The identity has ${counted(roles.length, 'permission')} that Rollcall never uses: ${roles.join(', ')}.`,
    cause:
      'The identity was given more than the three permissions of the app, perhaps for a set-up by script. Whoever gets its token gets them too.',
    cure: 'Take them away, unless another program needs them; then give that program an identity of its own.',
  },
  'job-missing': {
    sentence: () => 'The provisioning job is gone, or never was: the service does not know it.',
    cause:
      'The application or its job was deleted, or `job` in the source.json is wrong: `servicePrincipalId` is the object id of the enterprise application, not its application id.',
    cure: 'Correct `job`, or make the job again with `rollcall setup`.',
  },
  'job-not-running': {
    sentence: () => 'The provisioning job is paused: what is sent waits, and nothing is in the log.',
    cause: 'Somebody stopped it.',
    cure: 'Start it, in the portal (Start provisioning) or with `rollcall job start`. Do not restart it: that deletes what waits.',
  },
  'job-not-started': {
    sentence: ({ status }) => `The provisioning job was never started (${status}).`,
    cause: 'The set-up was not brought to its end.',
    cure: 'Start it, in the portal (Start provisioning) or with `rollcall job start`; a notification address must be there first.',
  },
  'job-quarantined': {
    sentence: ({ reason, error }) =>
      `The provisioning job is in quarantine (${reason}): uploads are accepted, but not processed. ${QUARANTINE[reason] ?? 'The service gives no reason that is known here.'}${because(error)}`,
    cause:
      'The service stops a job in which too much fails, that would disable too many people, or that has nobody to notify.',
    cure: 'Remove the cause first: the provisioning log shows what failed; without a notification address, set one. Then restart the job, wait 40 minutes, and let the people who were not confirmed be sent again. For too many disabled people that are right, restart with `ForceDeletes`.',
  },
  'job-switched-off': {
    sentence: () => 'The provisioning job is switched off.',
    cause: 'The service switches a job off that was in quarantine for four weeks.',
    cure: 'Remove what brought it into quarantine, then restart it. What was sent since is lost: let those people be sent again.',
  },
  'job-failed-last': {
    sentence: ({ error }) => `The last cycle of the provisioning job failed.${because(error)}`,
    cause: 'The service could not finish a cycle. It tries again by itself.',
    cure: 'Look at the job in the portal. If it fails again, do what its error says.',
  },
  'job-of-other-target': {
    sentence: ({ target, other }) =>
      `The settings say that the job writes to ${DIRECTORY[target] ?? target}, but by its id it writes to ${DIRECTORY[other] ?? other}.`,
    cause:
      '`job.target` of the source.json does not fit the job. Dates and sign-in names follow the rules of the target.',
    cure: 'Correct `job.target`, or name the other job.',
  },
  'mapping-switched-off': {
    sentence: () => 'The mapping of people in the job is switched off, so nobody is written.',
    cause: 'The object mapping is not enabled.',
    cure: 'Switch it on in the portal: Provisioning, Mappings, Enabled.',
  },
  'actions-switched-off': {
    sentence: ({ actions }) => `The job may not do everything: ${actions.join(' and ')} is switched off.`,
    cause: 'A target object action is unticked. That is right for a source that only adds to people of another one.',
    cure: 'If the source makes people, or changes them, tick the action in the portal: Provisioning, Mappings, Target Object Actions.',
  },
  'notification-missing': {
    sentence: () =>
      'Nobody is notified when the job fails, and without an address the job goes into quarantine as soon as it starts.',
    cause: '`SyncNotificationSettings` has no address, or is not enabled.',
    cure: 'Set an address: `rollcall setup`, or in the portal: Provisioning, Settings, Send an email notification when a failure occurs. Then restart the job.',
  },
  'threshold-off': {
    sentence: () =>
      "The service's threshold of accidental deletions is off, so the guard of Rollcall alone stops a file that would disable everybody.",
    cause: '`DeleteThresholdEnabled` is not set, or has no value. The guard knows only what comes through Rollcall.',
    cure: 'Set it to the limit of the guard, or above: `rollcall setup`, or in the portal: Provisioning, Settings, Prevent accidental deletion.',
  },
  'threshold-below-guard': {
    sentence: ({ threshold, guard }) =>
      `The service's threshold of accidental deletions is ${grouped(threshold)}, but the guard lets up to ${grouped(guard)} people be disabled: such a file would put the whole job into quarantine, joiners included.`,
    cause: 'The threshold counts disables too, per cycle.',
    cure: 'Raise the threshold to the limit of the guard, or lower `guard.disabled` in the source.json.',
  },
  'threshold-unlike-guard': {
    sentence: ({ threshold, percent }) =>
      `The service's threshold of accidental deletions is ${grouped(threshold)} people. The guard counts a share (${percent} %), so whether it is above that depends on how many people there are.`,
    cause: 'Without storage nobody knows how many people are enabled.',
    cure: 'Add --storage or --data, and the command compares them.',
  },
  'scope-filtered': {
    sentence: ({ attributes, unsent, skipsOutOfScope }) =>
      `A scoping filter decides who is written, by ${few(attributes)}. ${unsent.length > 0 ? `This source never sends ${few(unsent)}, so it may keep everybody out. ` : ''}${
        skipsOutOfScope === null
          ? 'Whether people who leave the scope are disabled is not known.'
          : skipsOutOfScope
            ? 'People who leave the scope stay as they are, even if they are sent as inactive.'
            : 'People who leave the scope are disabled or deleted, whatever their status is.'
      }`,
    cause:
      'The job has a scoping filter. Whoever is not in scope is skipped; `SkipOutOfScopeDeletions` decides about those who were.',
    cure: 'Leave people out in the settings of the source instead (`file.only`, `file.except`), where the report says so, and remove the filter; or make sure that no leaver falls out of scope.',
  },
  'out-of-scope-kept': {
    sentence: () => 'SkipOutOfScopeDeletions is on; without a scoping filter it does nothing.',
    cause: 'The job keeps people as they are who leave its scope, and nobody can.',
    cure: 'Nothing to do.',
  },
  'attribute-not-in-job': {
    sentence: ({ attribute }) =>
      `The source sends ${quoted(attribute)}, but the schema of the job does not know it, so it is accepted and never written.`,
    cause: 'A custom attribute was not added to the attribute list of the job, or its name is written otherwise there.',
    cure: 'Add it and map it: `rollcall setup`, or in the portal: Attribute Mapping, Show advanced options, Edit attribute list for API.',
  },
  'attribute-not-in-mapping': {
    sentence: ({ attribute }) =>
      `The source sends ${quoted(attribute)}, but no mapping of the job uses it, so it is never written.`,
    cause: 'The job knows the attribute and maps it to nothing.',
    cure: 'Map it (`rollcall setup`), or remove it from the mapping of the source: what is not used need not be sent.',
  },
  'attribute-never-sent': {
    sentence: ({ attribute, target }) =>
      `The job maps ${quoted(attribute)} to ${quoted(target)}, but the source never sends it, so the target keeps what it has.`,
    cause: 'The default mapping has more attributes than most sources.',
    cure: 'Nothing to do, unless HR has the value: then map it in the source.json. Where null flow is on, what is never sent is cleared: switch it off for this attribute.',
  },
  'attribute-with-many-values': {
    sentence: ({ attribute }) => `The job takes ${quoted(attribute)} for a list. Lists are not supported here.`,
    cause: 'The attribute has the flag for several values in the attribute list of the job.',
    cure: 'Remove the flag, or use an attribute for each value.',
  },
  'work-type-needed': {
    sentence: ({ list }) => `No entry of ${list} has the type work, and the service reads no other.`,
    cause: 'Of addresses, e-mail addresses and phone numbers, only the entry of the type `work` is processed.',
    cure: 'Send the value under `work`, or in a custom attribute.',
  },
  'matching-missing': {
    sentence: () => 'No mapping of the job is used to match people, so nobody can be found.',
    cause: 'No attribute mapping has a matching precedence.',
    cure: 'Match employeeId by externalId, precedence 1: in the portal, Attribute Mapping, employeeId, Match objects using this attribute.',
  },
  'matching-by-other': {
    sentence: ({ target, source }) =>
      `The job matches people by ${quoted(source)} and ${quoted(target)}, not by externalId and employeeId.`,
    cause:
      'The pair by which people are found was changed. By anything but the id, two people may be taken for one, or a person whose value changes for a new one; and entries of the log cannot be told to rows.',
    cure: 'Match employeeId by externalId, precedence 1. If another attribute holds the ids on purpose, every person must have it.',
  },
  'matching-more-than-one': {
    sentence: ({ targets }) =>
      `The job matches people by ${counted(targets.length, 'attribute')}: ${few(targets)}. Whoever is not found by the first is looked for by the next.`,
    cause: 'More than one mapping has a matching precedence.',
    cure: 'If it is for taking over people once, remove it afterwards: later it may take a new person for an old one.',
  },
  'matching-unsupported': {
    sentence: ({ target }) => `The job matches people by ${quoted(target)}, which cannot be used for matching.`,
    cause: 'Extension attributes are not supported as matching attributes.',
    cure: 'Match employeeId by externalId.',
  },
  'enabling-not-mapped': {
    sentence: ({ target }) =>
      `No mapping writes ${target}, so nobody is ever enabled or disabled: leavers keep their account.`,
    cause: 'The mapping of `active` was removed.',
    cure: 'Map it again: `[active]` to accountEnabled, or `Not([active])` to accountDisabled in Active Directory.',
  },
  'enabling-mapped-wrongly': {
    sentence: ({ target, expression, needed }) =>
      `The job writes ${target} as ${quoted(expression)}. It should be ${needed}: anything else may enable leavers, or disable people who stay.`,
    cause:
      'The mapping of `active` was changed. Entra takes the value as it is; the flag of Active Directory says the opposite.',
    cure: 'Restore the expression that the message names, unless yours is meant: then read what it does for true and for false.',
  },
  'enabling-at-creation-only': {
    sentence: ({ target }) => `The job writes ${target} at creation only, so nobody is disabled later.`,
    cause: 'The mapping of `active` is applied only during object creation.',
    cure: 'Apply it always: in the portal, Attribute Mapping, Apply this mapping.',
  },
  'creation-value-always': {
    sentence: ({ target, expression }) =>
      `${quoted(target)} is made anew at every change (${quoted(expression)}), so people are renamed.`,
    cause: 'An expression that makes a random or a free value, or a password, is applied always.',
    cure: 'Apply the mapping only during object creation.',
  },
  'null-flow-off': {
    sentence: ({ attributes }) =>
      `A blank cell should clear ${few(attributes)}, but "Flow null values" is off in the job, so the old value stays.`,
    cause:
      'The settings of the source send a null (`whenEmpty: "clear"`); the service ignores it until null flow is on for the attribute and for its mapping.',
    cure: 'Switch "Flow null values" on at both places, or remove `whenEmpty`.',
  },
  'null-flow-half': {
    sentence: ({ attributes }) =>
      `Null flow is seen at one of its two places only, for ${few(attributes)}: at the attribute, or at its mapping. Until both are on, nothing is cleared.`,
    cause:
      '"Flow null values" is needed in the attribute list and in the mapping. How the mapping writes it is not documented, so it may be on without being seen.',
    cure: 'Look in the portal at both places, and make them the same.',
  },
  'null-flow-on': {
    sentence: ({ attributes }) =>
      `Null flow is on for ${few(attributes)}: a blank cell, and a column that is no longer exported, clears the value.`,
    cause: 'With null flow, a value that is left out is cleared like a null.',
    cure: 'If that is meant, write `whenEmpty: "clear"` for the attribute, so that the settings say so too. Otherwise switch null flow off.',
  },
  'null-flow-on-matching': {
    sentence: ({ attribute }) => `Null flow is on for ${quoted(attribute)}, by which people are matched.`,
    cause: 'A matching attribute must never be cleared.',
    cure: 'Switch null flow off for it.',
  },
  'leave-date-stays': {
    sentence: ({ attribute }) =>
      `A leave date that HR takes back would stay: ${quoted(attribute)} is neither cleared nor replaced by a date far away, so the workflow for leavers would start.`,
    cause: '`employeeLeaveDateTime` starts Lifecycle Workflows. A blank cell changes nothing while null flow is off.',
    cure: 'Write `whenEmpty: "clear"` and switch null flow on for it; or give it a `default` far in the future, such as 2099-12-31.',
  },
  'manager-not-direct': {
    sentence: ({ expression }) =>
      `The manager is mapped by an expression (${quoted(expression)}), which references do not support.`,
    cause: 'A reference must be mapped directly.',
    cure: 'Map manager directly from the attribute of the enterprise extension.',
  },
  'sponsors-mapped': {
    sentence: () =>
      'The job maps sponsors, which is a list of references: the service documents no way to send it here.',
    cause:
      'Attributes of several values are not supported in such jobs, and no page says that sponsors is an exception.',
    cure: 'Remove the mapping. Set sponsors with a workflow, or by Microsoft Graph.',
  },
  'mail-mapped': {
    sentence: () => 'The job maps mail, which belongs to Exchange: the service does not write it.',
    cause: 'The mapping of `mail` is part of some templates.',
    cure: 'Nothing to do.',
  },
  'agent-silent': {
    sentence: ({ error }) =>
      `The provisioning agent in your network does not answer, or cannot work (${error}), so nothing is written and nothing is in the log.`,
    cause: 'The job says so with its last error. The agent is stopped, has no network, or lacks rights in the domain.',
    cure: 'Start the service "Microsoft Entra Connect Provisioning Agent" on its server, and look at its state in the portal: Entra Connect, Cloud sync, Agents.',
  },
  'agent-unseen': {
    sentence: () =>
      'The job shows no trouble with its provisioning agent. Whether the agent is alive, this interface does not tell.',
    cause: 'The state of agents is in the portal only.',
    cure: 'Nothing to do, unless nothing comes into the log: then look at Entra Connect, Cloud sync, Agents.',
  },
  'agent-without-domain': {
    sentence: () => 'The job has no domain of Active Directory to write to, as far as this interface shows it.',
    cause: '`SyncAgentADContainer` and `SyncAgentCompatibilityKey` are not among the settings of the job.',
    cure: 'Choose the domain and the organisational unit in the portal: Provisioning, Admin Credentials.',
  },
  'clock-wrong': {
    sentence: ({ seconds, isAhead }) =>
      `The clock of this computer is ${counted(seconds, 'second')} ${isAhead ? 'ahead of' : 'behind'} that of the service.`,
    cause:
      'The clock is not set by a time server. Tokens look expired, and entries of the log older than what they answer.',
    cure: 'Have the clock set by a time server.',
  },
  'licence-missing': {
    sentence: () => 'The tenant has no licence for this: Microsoft Entra ID P1, P2 or Governance.',
    cause: 'No subscription that can be used has a service plan of these.',
    cure: 'Get one; everybody who comes through the API needs a seat.',
  },
  'licence-found': {
    sentence: ({ licence, calls }) =>
      `The tenant is licensed for ${LICENCE[licence] ?? licence}: ${grouped(calls)} calls a day.`,
    cause: 'The daily budget of calls follows from the licence.',
    cure: 'Nothing to do. The app setting `ROLLCALL_LICENCE` should say the same.',
  },
  'budget-above-licence': {
    sentence: ({ calls, licensed }) =>
      `The app is set to ${grouped(calls)} calls a day, but the tenant is licensed for ${grouped(licensed)}: the rest would be refused.`,
    cause: '`ROLLCALL_LICENCE` is `governance`, and no subscription has Microsoft Entra ID Governance.',
    cure: 'Set `ROLLCALL_LICENCE` to `premium`.',
  },
  'budget-below-licence': {
    sentence: ({ calls, licensed }) =>
      `The app is set to ${grouped(calls)} calls a day, and the tenant is licensed for ${grouped(licensed)}.`,
    cause: '`ROLLCALL_LICENCE` is `premium`, and a subscription has Microsoft Entra ID Governance.',
    cure: 'Set `ROLLCALL_LICENCE` to `governance` if nobody else sends.',
  },
  'budget-spent-by-others': {
    sentence: ({ refusals, calls, licensed }) =>
      `The service said "wait" ${refusals === 1 ? 'once' : `${grouped(refusals)} times`} since it last accepted a call, although Rollcall made ${counted(calls, 'call')} of ${grouped(licensed)} in a day: another program may spend the same budget.`,
    cause:
      'Pace and daily budget belong to the tenant. A second installation, or another client of `bulkUpload`, spends them too.',
    cure: 'Find the other client in the sign-in logs (service principals that ask for Microsoft Graph), and let one of them send only.',
  },
};
