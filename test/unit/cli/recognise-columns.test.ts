import fc from 'fast-check';
import { columnRoles, namesOfRoles } from '../../../cli/init/column-names';
import { countKnown, recogniseColumns } from '../../../cli/init/recognise-columns';
import { foldName } from '../../../shared/columns/fold';

const roleOf = (column: string, arePaths = false): readonly string[] =>
  [...recogniseColumns([column], arePaths).roles].map(([role, { isSure }]) => `${role}${isSure ? '' : '?'}`);

test('no name is sure for two roles', () => {
  const names = columnRoles.flatMap((role) => [...new Set(namesOfRoles[role].sure.map(foldName))]);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

test('every name of the vocabulary is recognised as its role, however it is written', () => {
  for (const role of columnRoles) {
    if (role === 'private') continue;
    for (const name of namesOfRoles[role].sure)
      for (const written of [name, name.toUpperCase(), name.replaceAll(' ', '_'), name.replaceAll(' ', '')])
        expect([written, roleOf(written)]).toEqual([written, [role]]);
  }
});

test.each([
  ['PersonalNr', 'id'],
  ['Pers.-Nr.', 'id'],
  ['Prénom', 'givenName'],
  ['Straße', 'street'],
  ['STRASSE', 'street'],
  ['E-Mail', 'email'],
  ['Name', 'familyName?'],
  ['Nombre', 'givenName?'],
  ['Titel', 'title?'],
  ['Primary Work Email', 'email'],
  ['Work Email', 'email'],
  ['Email - Primary Work', 'email'],
  ['Email – Primary Work', 'email'],
  ['Work Email (Primary)', 'email'],
  ['User Principal Name', 'userName'],
  ['Hire Date', 'hireDate'],
  ['Cost Center', 'costCenter'],
  ['Cost Center - ID', 'costCenter'],
  ['Worker ID', 'id'],
  ['Employee ID', 'id'],
  ['Employee_ID', 'id'],
  ['Emp #', 'id'],
  ['PERNR', 'id'],
  ['sourcedId', 'id'],
  ['EmployeeID*', 'id'],
  ['Employee\nID', 'id'],
  ['supervisorEId', 'manager'],
  ['Manager #', 'manager'],
  ["Worker's Manager ID", 'manager'],
  ['Manager Email', 'managerMail'],
  ['TERM_DATE', 'leaveDate'],
  ['Last Name (required)', 'familyName'],
  ['Email [work]', 'email'],
  ['ACTION', 'action'],
  ['Inactive', 'status?'],
])('%s is %s', (column, role) => {
  expect(roleOf(column)).toEqual([role]);
});

test('personal data that no account needs never gets a role', () => {
  for (const column of namesOfRoles.private.sure) {
    const found = recogniseColumns([column]);
    expect([column, [...found.roles.keys()], found.private]).toEqual([column, [], [column]]);
  }
});

test('a sure name goes before an uncertain one, wherever it is', () => {
  const { roles, rest } = recogniseColumns(['ID', 'Title', 'Employee ID', 'Job Title']);
  expect(roles.get('id')).toEqual({ column: 'Employee ID', isSure: true });
  expect(roles.get('title')).toEqual({ column: 'Job Title', isSure: true });
  expect(rest).toEqual(['ID', 'Title']);
});

test('a member of a JSON record is recognised by its parents if its own name says nothing', () => {
  expect(roleOf('department.name', true)).toEqual(['department']);
  expect(roleOf('department.id', true)).toEqual([]);
  expect(roleOf('manager.id', true)).toEqual(['manager']);
  expect(roleOf('contact.email', true)).toEqual(['email']);
});

test.each([
  ['department.value', 'department'],
  ['/work/startDate.value', 'hireDate'],
  ['/root/id.value', undefined],
  ['work.title', 'title?'],
  ['humanReadable.work.title', 'title?'],
  ['movie.title', undefined],
])('the member %s is %s', (path, role) => {
  expect(roleOf(path, true)).toEqual(role === undefined ? [] : [role]);
});

test('nothing below a manager is about the person, and its id is that of the manager', () => {
  const members = ['id', 'displayName', 'email', 'firstName', 'surname', 'title', 'uri', 'status'];
  for (const parent of ['reportsTo', 'work.reportsTo', 'manager', 'job.supervisor', 'vorgesetzter'])
    for (const member of members)
      expect([parent, member, roleOf(`${parent}.${member}`, true)]).toEqual([
        parent,
        member,
        member === 'id' ? ['manager'] : [],
      ]);
  for (const other of ['emergencyContact.phone', 'spouse.firstName', 'emergencyContacts.email'])
    expect(roleOf(other, true)).toEqual([]);
});

const profiled = (columns: Readonly<Record<string, readonly [filled: number, numbers: number]>>, arePaths = false) =>
  recogniseColumns(
    Object.keys(columns),
    arePaths,
    new Map(Object.entries(columns).map(([name, [filled, numbers]]) => [name, { filled, numbers }])),
  );

test('a column without a value is no status, no id and no sign-in name, whatever it is called', () => {
  const { roles, blank, rest } = profiled({
    'Employee ID': [0, 0],
    Number: [3, 3],
    Status: [0, 0],
    Active: [3, 0],
    UPN: [0, 0],
    Phone: [0, 0],
  });
  expect(roles.get('id')).toEqual({ column: 'Number', isSure: false });
  expect(roles.get('status')).toEqual({ column: 'Active', isSure: false });
  expect(roles.has('userName')).toBe(false);
  expect(roles.get('phone')?.column).toBe('Phone');
  expect([blank, rest]).toEqual([['Employee ID', 'Status', 'UPN'], []]);
});

test('of members of one name, the one with words, the one with more values, and the nearer one are the better', () => {
  const { roles } = profiled(
    {
      'work.department': [2, 1],
      'humanReadable.work.department': [2, 0],
      'humanReadable.work.startDate': [1, 0],
      'work.startDate': [2, 0],
      'work.contract.email': [2, 0],
      email: [2, 0],
    },
    true,
  );
  expect(roles.get('department')?.column).toBe('humanReadable.work.department');
  expect(roles.get('hireDate')?.column).toBe('work.startDate');
  expect(roles.get('email')?.column).toBe('email');
});

test('every column ends in exactly one place', () => {
  const known = columnRoles.flatMap((role) => [...namesOfRoles[role].sure, ...namesOfRoles[role].perhaps]);
  const columns = fc.uniqueArray(fc.oneof(fc.constantFrom(...known), fc.string()), { maxLength: 30 });
  fc.assert(
    fc.property(columns, (names) => {
      const found = recogniseColumns(names);
      const places = [
        ...[...found.roles.values()].map((one) => one.column),
        ...found.private,
        ...found.blank,
        ...found.rest,
      ];
      expect([...places].sort()).toEqual([...names].sort());
      expect(countKnown(names)).toBeLessThanOrEqual(names.length);
    }),
  );
});
