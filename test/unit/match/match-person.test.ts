import { matchPerson, type TenantUser, type TenantUsers } from '../../../shared/match/match-person';

const account = (change: Partial<TenantUser> = {}): TenantUser => ({
  id: 'u1',
  employeeId: '4711',
  userName: 'ada@contoso.example',
  isEnabled: true,
  isSynchronised: false,
  ...change,
});
const tenantOf = (users: readonly TenantUser[], roles: readonly string[] | null = []): TenantUsers => ({
  withEmployeeId: (id) => users.filter(({ employeeId }) => employeeId?.toLowerCase() === id.toLowerCase()),
  withUserName: (name) => users.find(({ userName }) => userName === name) ?? null,
  holdsRole: ({ id }) => roles && roles.includes(id),
});
const ada = { externalId: '4711', userName: 'ada@contoso.example', active: true };

test.each([
  ['one account is matched', tenantOf([account()]), ada, 'matched', []],
  ['no account is new', tenantOf([]), ada, 'new', []],
  [
    'two accounts are several',
    tenantOf([account(), account({ id: 'u2', userName: 'ada2@contoso.example' })]),
    ada,
    'several',
    [],
  ],
  [
    'an account of Active Directory cannot be written',
    tenantOf([account({ isSynchronised: true })]),
    ada,
    'matched',
    ['synchronised'],
  ],
  ['an administrator is told', tenantOf([account()], ['u1']), ada, 'matched', ['directory-role']],
  ['roles that may not be read are not taken for none', tenantOf([account()], null), ada, 'matched', ['roles-unknown']],
  [
    'whoever is disabled there would be enabled',
    tenantOf([account({ isEnabled: false })]),
    ada,
    'matched',
    ['disabled-there'],
  ],
  ['whoever left would be disabled', tenantOf([account()]), { ...ada, active: false }, 'matched', ['enabled-there']],
  ['a name that somebody else has', tenantOf([account({ employeeId: null })]), ada, 'new', ['user-name-taken']],
  [
    'a name without a domain is nobody yet',
    tenantOf([account({ employeeId: null, userName: 'ada' })]),
    { ...ada, userName: 'ada' },
    'new',
    [],
  ],
])('%s', (_what, tenant, person, kind, notes) => {
  expect(matchPerson(person, tenant)).toMatchObject({ kind, notes });
});
