// What the steps of a set-up say, in English, for the administrator.
import type { MessagesOf } from '../core/codes';
import { counted, grouped, listed, quoted, sentences } from '../core/english';
import type { setupCodes } from './setup-codes';
import type { StepName, StepState } from './step-names';

/** What is planned, what was done, what was so already. */
const byState = (state: StepState, planned: string, done: string, unchanged: string): string => {
  if (state === 'done') return done;
  return state === 'unchanged' ? unchanged : planned;
};

const UNDONE: Readonly<Record<StepName, string>> = {
  licence: 'nothing',
  application: 'delete the enterprise application, with its job',
  job: 'delete the provisioning job',
  notification: 'restore the notification settings',
  schema: 'take what was added out of the schema of the job',
  permissions: 'take the permissions back from the identity',
  start: 'pause the job',
  settings: 'restore the job in the source.json',
};

const TAKEN_BACK: Readonly<Record<StepName, string>> = {
  licence: 'nothing',
  application:
    'the enterprise application was deleted, with its job; Entra keeps it among the deleted ones for 30 days',
  job: 'the provisioning job was deleted',
  notification: 'the notification settings are as they were',
  schema: 'what was added is out of the schema of the job',
  permissions: 'the permissions were taken back from the identity',
  start: 'the job is paused',
  settings: 'the job in the source.json is what it was',
};

const NOTHING = 'Nothing to do.';

/** English. */
export const setupMessages: MessagesOf<typeof setupCodes> = {
  'setup-licence': {
    sentence: ({ licence, callsPerDay }) =>
      licence === 'none'
        ? 'No licence was found that includes API-driven provisioning (Microsoft Entra ID P1, P2 or ID Governance). Without one, the job may be created but will not work.'
        : `The tenant has ${licence === 'governance' ? 'Microsoft Entra ID Governance' : 'Microsoft Entra ID P1 or P2'}: ${grouped(callsPerDay)} calls a day. The app setting is ROLLCALL_LICENCE=${licence}.`,
    cause: 'The subscriptions of the tenant were read, and the service plans that are enabled in them.',
    cure: 'Without a licence: assign one, or start a trial, before people are sent. A plan that is newer than this program is not known to it.',
  },
  'setup-application': {
    sentence: ({ state, name, template, id }) =>
      byState(
        state,
        `Create the enterprise application ${quoted(name)} from "${template}".`,
        `The enterprise application ${quoted(name)} was created (${id ?? ''}).`,
        `The enterprise application ${quoted(name)} is there (${id ?? ''}).`,
      ),
    cause: 'Each source has an enterprise application of its own, made from a template of the gallery.',
    cure: NOTHING,
  },
  'setup-application-twice': {
    sentence: ({ name, count }) =>
      `There are ${counted(count, 'enterprise application')} named ${quoted(name)} from this template, so it cannot be told which is meant.`,
    cause: 'A display name may be given to several applications.',
    cure: 'Choose another `--name`, or rename or delete the others in the portal.',
  },
  'setup-template-missing': {
    sentence: ({ template }) => `The gallery of this tenant has no application named "${template}".`,
    cause: 'The template is looked up by its display name. Not every cloud has it.',
    cure: 'Check `--graph` and the cloud; look for the application in the gallery of the portal.',
  },
  'setup-job': {
    sentence: ({ state, id }) =>
      byState(
        state,
        'Create its provisioning job.',
        `The provisioning job was created (${id ?? ''}).`,
        `The provisioning job is there (${id ?? ''}).`,
      ),
    cause: 'The application has one provisioning job, made from the template that it offers.',
    cure: NOTHING,
  },
  'setup-job-twice': {
    sentence: ({ count }) =>
      `The application has ${counted(count, 'provisioning job')}, so it cannot be told which is meant.`,
    cause: 'Somebody has created another job in the same application.',
    cure: 'Delete the job that is not used, or choose another `--name`.',
  },
  'setup-notification': {
    sentence: ({ state, address, threshold, guard, isReplaced }) => {
      const what = `Notifications go to ${address.quote}, and the job stops before it disables more than ${grouped(threshold)} people in one cycle.`;
      const why =
        guard === null
          ? ' The guard of this source has no limit as a number of people.'
          : ` The guard of this source holds a file that disables more than ${grouped(guard)}.`;
      const replaced = isReplaced ? ' Other settings are there now, and are replaced.' : '';
      return byState(state, `${what}${why}${replaced}`, `${what}${why}`, `${what}${why}`);
    },
    cause:
      'Without an address a job goes into quarantine as soon as it starts. Entra counts who is disabled in one cycle and stops the whole job above its own threshold, joiners included; so that is never below what the guard lets through.',
    cure: 'To stop earlier or later, change `guard.disabled.hold.count` of the source, or name a number with `--threshold`.',
  },
  'setup-schema': {
    sentence: ({ state, isRead, attributes, mappings, unmapped }) => {
      const left =
        unmapped.length === 0
          ? null
          : `Sent, but mapped to nothing, so without effect: ${listed(unmapped)}. Map them in the portal, or take them out of the source.json.`;
      if (!isRead)
        return 'Add what this source sends to the schema of the job, and map what its name tells the target of. A copy of the schema is kept first.';
      if (state !== 'planned')
        return sentences('The schema of the job knows every attribute that this source sends.', left);
      return sentences(
        attributes.length === 0 ? null : `Add ${listed(attributes)} to the source attributes of the job.`,
        mappings.length === 0 ? null : `Map ${listed(mappings)}.`,
        'A copy of the schema is kept first.',
        left,
      );
    },
    cause:
      'An attribute that the schema does not know, or that is mapped to nothing, is accepted and has no effect. A mapping that is there is never replaced.',
    cure: 'Map in the portal what is left. A schema that was changed by mistake is restored with `rollcall setup schema --restore FILE`.',
  },
  'setup-schema-restored': {
    sentence: ({ file, backup }) =>
      `The schema of the job is that of ${quoted(file)} now; the one before is kept in ${quoted(backup)}. The service restarts the job by itself.`,
    cause: 'The schema was replaced as a whole by a copy that was kept before.',
    cure: NOTHING,
  },
  'setup-permissions': {
    sentence: ({ state, roles }) =>
      byState(
        state,
        `Grant ${roles.join(', ')} of Microsoft Graph to the identity.`,
        `The identity has ${roles.join(', ')} of Microsoft Graph. It may take a day until a managed identity gets a token with them.`,
        `The identity has ${roles.join(', ')} of Microsoft Graph.`,
      ),
    cause: 'The app uploads people, reads the provisioning log, and reads the state of the job: one permission each.',
    cure: 'Granting app roles of Microsoft Graph needs Privileged Role Administrator. If you are not, forward the request that the command prints.',
  },
  'setup-identity-unknown': {
    sentence: ({ id }) => `There is no identity with the object id ${id} in this tenant.`,
    cause:
      'The id is not that of a service principal. Often it is the client id (application id), or the object id of an app registration; or the identity is in another tenant, or a minute old.',
    cure: 'Take the object id of the managed identity, or that of the enterprise application: `azd env get-value ROLLCALL_IDENTITY_PRINCIPAL_ID`, or `az ad sp show --id CLIENT-ID --query id`.',
  },
  'setup-role-unknown': {
    sentence: ({ role }) => `Microsoft Graph has no app role named ${role} in this cloud.`,
    cause: 'App roles are looked up by their names, because their ids are not documented.',
    cure: 'Check `--graph` and the cloud. Otherwise report it.',
  },
  'setup-start': {
    sentence: ({ state }) => byState(state, 'Start the job.', 'The job was started.', 'The job is running.'),
    cause: 'A job that was not started takes uploads, and does nothing with them.',
    cure: NOTHING,
  },
  'setup-quarantined': {
    sentence: ({ reason }) => `The job is in quarantine${reason === '' ? '' : ` (${reason})`}, so it was not started.`,
    cause:
      'Too many changes failed, too many people would be disabled, or the set-up was not complete when it started.',
    cure: 'Read the reason in the portal, mend it, and restart the job there: what was uploaded and not processed is purged.',
  },
  'setup-settings': {
    sentence: ({ state, isReplaced }) =>
      byState(
        state,
        `Write the application and the job into the source.json.${isReplaced ? ' It names another job now, which is replaced.' : ''}`,
        'The source.json names the application and the job.',
        'The source.json names the application and the job.',
      ),
    cause: '`job` in the source.json says where the people of a source go.',
    cure: 'Put the changed source.json where the app reads it: `sources/<source>/source.json` in its storage.',
  },
  'setup-undo': {
    sentence: ({ step }) => `Taking it back will ${UNDONE[step]}.`,
    cause: 'What this command makes is kept in a record beside the source.json.',
    cure: NOTHING,
  },
  'setup-taken-back': {
    sentence: ({ state, step }) => (state === 'planned' ? `Will ${UNDONE[step]}.` : `Taken back: ${TAKEN_BACK[step]}.`),
    cause: 'Only what this command made is taken back, as its record says.',
    cure: NOTHING,
  },
  'setup-changed-since': {
    sentence: ({ step }) =>
      `Left as it is, because somebody has changed it since: it would have been to ${UNDONE[step]}.`,
    cause: 'What is there now is neither what this command wrote nor what was there before.',
    cure: 'Look at it in the portal, or in the source.json, and change it there.',
  },
};
