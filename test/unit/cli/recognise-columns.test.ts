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

test('every column ends in exactly one place', () => {
  const known = columnRoles.flatMap((role) => [...namesOfRoles[role].sure, ...namesOfRoles[role].perhaps]);
  const columns = fc.uniqueArray(fc.oneof(fc.constantFrom(...known), fc.string()), { maxLength: 30 });
  fc.assert(
    fc.property(columns, (names) => {
      const found = recogniseColumns(names);
      const places = [...[...found.roles.values()].map((one) => one.column), ...found.private, ...found.rest];
      expect([...places].sort()).toEqual([...names].sort());
      expect(countKnown(names)).toBeLessThanOrEqual(names.length);
    }),
  );
});
