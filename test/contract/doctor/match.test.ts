// `rollcall match` against the simulator: every page of its users, and a CSV that says what would become of each person.
import { readFileSync, statSync } from 'node:fs';
import { startEntra, type Entra } from '../../../local/entra/entra';
import { csvOf, newFolder, rollcall, sourceText } from '../../pipeline/cli/recorded-terminal';

const folder = newFolder();
let entra: Entra;

beforeAll(async () => {
  entra = await startEntra();
});
afterAll(async () => {
  folder.remove();
  await entra.stop();
});

test('each person is matched, new or several, with what somebody should look at', async () => {
  const add = (employeeId: string, change: object = {}): string =>
    entra.addUser({ employeeId, userPrincipalName: `p${employeeId}@contoso.example`, ...change });
  // More than one page.
  for (let at = 0; at < 1_000; at++) add(`x${at}`);
  add('1', { directoryRoles: ['User Administrator'] });
  add('2', { onPremisesSyncEnabled: true, accountEnabled: false });
  add('3');
  add('3', { userPrincipalName: 'twin@contoso.example' });
  const people = csvOf(
    '1,Able,p1@contoso.example,Active',
    '2,Baker,p2@contoso.example,Active',
    '3,Cook,p3@contoso.example,Left',
    '4,Dale,px1@contoso.example,Active',
    '5,Ellis,new@contoso.example,Active',
  );
  const file = folder.put('people.csv', people);
  const source = folder.put('source.json', sourceText());
  const { out, exitCode } = await rollcall(
    'match',
    file,
    '-s',
    source,
    '--graph',
    entra.url,
    '-o',
    folder.path('out'),
    '--json',
  );
  const told = JSON.parse(out) as { csv: string };
  expect(told).toMatchObject({
    people: 5,
    kinds: { matched: 2, new: 2, several: 1 },
    notes: {
      synchronised: 1,
      'directory-role': 1,
      'disabled-there': 1,
      'enabled-there': 1,
      'user-name-taken': 1,
      'roles-unknown': 0,
    },
  });
  expect(exitCode).toBe(1);
  const lines = readFileSync(told.csv, 'utf8').split('\r\n');
  expect(lines[2]).toMatch(
    /^2,p2@contoso\.example,active,matched,synchronised disabled-there,p2@contoso\.example,disabled,/,
  );
  expect(statSync(told.csv).mode & 0o077).toBe(0);

  entra.script([{ on: 'directoryRoles', answers: [{ status: 403 }] }]);
  const unseen = await rollcall('match', file, '-s', source, '--graph', entra.url, '-o', folder.path('out'));
  expect(unseen.out).toContain('RoleManagement.Read.Directory [roles-unknown]');
  expect(unseen.out).toContain('have several accounts');
});

test('a file that would be held is not matched with anybody', async () => {
  const file = folder.put('empty.csv', '');
  const { exitCode, err } = await rollcall(
    'match',
    file,
    '-s',
    folder.put('source.json', sourceText()),
    '--graph',
    entra.url,
  );
  expect(err).toContain('[file-empty]');
  expect(exitCode).toBe(2);
});
