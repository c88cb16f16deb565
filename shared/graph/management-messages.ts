// What happened where the set-up of a tenant was read or changed, in English, for the administrator.
import type { MessagesOf } from '../core/codes';
import { quoted } from '../core/english';
import type { ManagementValues, managementCodes } from './management-codes';
import type { ManagementOperation } from './management-operations';

/** What a call was for, after "to". */
export const OPERATION_WORDS: Readonly<Record<ManagementOperation, string>> = {
  'list-application-templates': 'list the application templates of the gallery',
  'create-application': 'create an enterprise application',
  'delete-application': 'delete an enterprise application',
  'read-applications': 'read the enterprise applications',
  'change-application': 'change an enterprise application',
  'read-job': 'read the provisioning job',
  'change-job': 'change the provisioning job',
  'read-schema': 'read the schema of the provisioning job',
  'change-schema': 'change the schema of the provisioning job',
  'read-job-settings': 'read the notification settings of the provisioning job',
  'change-job-settings': 'change the notification settings of the provisioning job',
  'read-grants': 'read the permissions of an identity',
  'grant-role': 'grant a permission of Microsoft Graph to an identity',
  'take-back-role': 'take a permission of Microsoft Graph back from an identity',
  'read-licences': 'read the licences of the tenant',
  'read-log': 'read the provisioning log',
  'read-users': 'read the users of the tenant',
  'send-person': 'send a person to the provisioning job',
  other: 'make a call of Microsoft Graph',
};

const wordsOf = ({ status, graphCode, words }: ManagementValues): string => {
  const said = [status === null ? 'no answer' : String(status), graphCode].filter((part) => part !== null).join(', ');
  return words.quote === '' ? said : `${said}: ${quoted(words)}`;
};

/** English. */
export const managementMessages: MessagesOf<typeof managementCodes> = {
  'tenant-signed-out': {
    sentence: (values) => `Microsoft Graph does not accept the sign-in (${wordsOf(values)}).`,
    cause: 'The service answered 401: the token is of another tenant, has expired, or was revoked.',
    cure: 'Run the command again and sign in to the right tenant; name it with `--tenant`.',
  },
  'tenant-forbidden': {
    sentence: (values) => {
      const { operation, permission, role } = values;
      const needs =
        permission === null || role === null
          ? ''
          : ` It needs the permission ${permission}, and the role ${role} for whoever signs in.`;
      return `You may not ${OPERATION_WORDS[operation]} (${wordsOf(values)}).${needs}`;
    },
    cause: 'The service answered 403: whoever signed in lacks a role, or the client was not given the permission.',
    cure: 'Ask for the role that the sentence names, or have somebody run the command who has it. If the role was given a short time ago, sign in again.',
  },
  'tenant-lacks': {
    sentence: (values) =>
      `It was not possible to ${OPERATION_WORDS[values.operation]}: it does not exist (${wordsOf(values)}).`,
    cause:
      'The service answered 404: what the call is about does not exist, was deleted, or is so new that not every server of Entra knows it.',
    cure: 'Run the command again in a few minutes. If the answer is the same, check the ids in `job` of the source.json and the tenant.',
  },
  'tenant-refused': {
    sentence: (values) => `Microsoft Graph refused to ${OPERATION_WORDS[values.operation]} (${wordsOf(values)}).`,
    cause: 'The service found something wrong with the call, and says what.',
    cure: 'Read the words of the service. If they name nothing that you can change, report it with the id of the call.',
  },
  'tenant-unavailable': {
    sentence: (values) =>
      `Microsoft Graph could not be asked to ${OPERATION_WORDS[values.operation]} (${wordsOf(values)}). It was tried several times where that is safe.`,
    cause: 'There was no answer, a server error, or too many calls from this tenant.',
    cure: 'Run the command again later: it goes on where it stopped. If there is never an answer, check network and proxy.',
  },
  'tenant-unreadable': {
    sentence: ({ operation }) =>
      `Microsoft Graph was asked to ${OPERATION_WORDS[operation]}, and its answer cannot be read.`,
    cause: 'The answer is not JSON or not of the documented form, or its next page is at another address.',
    cure: 'Check proxies between here and Graph. Otherwise report it: the documented form may have changed.',
  },
};
