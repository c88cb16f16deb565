// Users of the directory as a client reads them: GET /users, /users/{id}, /me.
import { notFound } from './application-routes';
import { ANY_USER } from './access-token';
import { nameTarget } from './attribute-mapping';
import { printTime } from './application-documents';
import type { StoredUser } from './directory';
import { GraphRefusal, type Answer } from './graph-answer';
import type { Call } from './http-call';
import { answerList, answerObject, type List } from './list-answer';
import type { Tenant } from './tenant';

/** What is shown without `$select`. user-list.md, 2026 */
const SHOWN = [
  'businessPhones',
  'displayName',
  'givenName',
  'id',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
];

/** Properties by the name of the attribute that a job writes. */
const WRITTEN: Readonly<Record<string, string>> = {
  displayName: 'displayName',
  givenName: 'givenName',
  surname: 'surname',
  jobTitle: 'jobTitle',
  preferredLanguage: 'preferredLanguage',
  streetAddress: 'streetAddress',
  city: 'city',
  state: 'state',
  postalCode: 'postalCode',
  country: 'country',
  officeLocation: 'physicalDeliveryOfficeName',
  department: 'department',
};

const USERS: Pick<List, 'name' | 'type' | 'shown'> = { name: 'users', type: 'microsoft.graph.user', shown: SHOWN };
const TEXT = { kind: 'text', documented: ['eq', 'ne', 'in', 'startswith'] } as const;
const FLAG = { kind: 'boolean', documented: ['eq', 'ne', 'in'] } as const;
const TIME = { kind: 'date', documented: ['eq', 'ne', 'in', 'ge', 'le'] } as const;

/** GET /users. */
export function listUsers(tenant: Tenant, call: Call): Answer {
  return answerList(call, {
    ...USERS,
    documents: tenant.directory.stored().map(renderUser),
    members: Object.keys(renderUser(makeAdministrator(ANY_USER))),
    filterable: {
      id: { kind: 'text', documented: ['eq', 'ne', 'in'] },
      employeeId: TEXT,
      userPrincipalName: { ...TEXT, documented: [...TEXT.documented, 'endswith'] },
      displayName: TEXT,
      givenName: TEXT,
      surname: TEXT,
      jobTitle: TEXT,
      department: TEXT,
      userType: { kind: 'text', documented: ['eq', 'ne', 'in'] },
      accountEnabled: FLAG,
      onPremisesSyncEnabled: FLAG,
      createdDateTime: TIME,
    },
    maxTop: 999,
    options: ['$orderby', '$search', '$expand'],
    strict: tenant.settings.strictFilter,
  });
}

/** GET /users/{id or user principal name}. */
export function getUser({ directory }: Tenant, call: Call): Answer {
  const key = call.params.userId ?? '';
  const user = directory.findById(key) ?? directory.findByPrincipalName(key);
  if (!user) throw notFound(key);
  return answerObject(call, USERS, renderUser(user));
}

/** GET /me: the user of a delegated token; an administrator who is not in the directory if nobody is named. */
export function getMyself({ directory }: Tenant, call: Call): Answer {
  const id = call.caller === 'anyone' ? ANY_USER : call.caller.userId;
  if (id === undefined)
    throw new GraphRefusal(400, 'BadRequest', '/me request is only valid with delegated authentication flow.');
  return answerObject(call, USERS, renderUser(directory.findById(id) ?? makeAdministrator(id)));
}

function makeAdministrator(id: string): StoredUser {
  return {
    id,
    employeeId: undefined,
    userPrincipalName: 'admin@contoso.example',
    accountEnabled: true,
    manager: undefined,
    attributes: new Map([['displayName', 'Administrator']]),
    onPremisesSyncEnabled: false,
    createdAt: 0,
    updatedAt: 0,
  };
}

/** Graph's user: every member that may be selected, null where there is no value. */
function renderUser(user: StoredUser) {
  const written = new Map([...user.attributes].map(([path, value]) => [nameTarget(path), value]));
  const phone = written.get('telephoneNumber');
  return {
    id: user.id,
    deletedDateTime: null,
    accountEnabled: user.accountEnabled,
    businessPhones: phone === undefined ? [] : [phone],
    createdDateTime: printTime(user.createdAt),
    employeeId: user.employeeId ?? null,
    employeeHireDate: null,
    employeeLeaveDateTime: null,
    mail: null,
    mobilePhone: null,
    // Null, not false, where a user has never been synchronised. resources/user.md, 2026
    onPremisesSyncEnabled: user.onPremisesSyncEnabled || null,
    userPrincipalName: user.userPrincipalName,
    userType: 'Member',
    ...Object.fromEntries(Object.entries(WRITTEN).map(([name, target]) => [name, written.get(target) ?? null])),
  };
}
