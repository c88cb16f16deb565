import { readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { parseSourceSettings, type SourceSettings } from '../../../shared/source/source-settings';
import { newFolder, rollcall } from './recorded-terminal';

const folder = newFolder();
afterAll(() => folder.remove());

/** What init printed, as intake would read it once somebody has replaced what is to be replaced. */
const proposed = (text: string): SourceSettings => {
  const { name } = JSON.parse(text) as { name: string };
  const parsed = parseSourceSettings(text.replaceAll('REPLACE-WITH-', 'Replaced-'), name);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.settings;
};

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const headers = {
  english: {
    header:
      'Employee ID,First Name,Last Name,Work Email,Employment Status,Job Title,Department,Manager ID,Hire Date,Country,Cost Center,Date of Birth',
    row: '7,Ann,Lee,ann@x.example,Active,Clerk,Sales,,2020-05-13,Ireland,K1,1990-01-01',
    left: '8,Bob,Ray,bob@x.example,Terminated,Clerk,Sales,7,2020-05-14,IE,K1,1990-01-01',
  },
  german: {
    header:
      'Personalnummer;Vorname;Nachname;E-Mail-Adresse;Beschäftigungsstatus;Stellenbezeichnung;Abteilung;Vorgesetzten-ID;Eintrittsdatum;Land;Kostenstelle;Geburtsdatum',
    row: '7;Änne;Groß;ann@x.example;aktiv;Prokuristin;Vertrieb;;13.05.2020;Österreich;K1;01.01.1990',
    left: '8;Bob;Ray;bob@x.example;ausgeschieden;Prokurist;Vertrieb;7;14.05.2020;Deutschland;K1;01.01.1990',
  },
  french: {
    header:
      'Matricule;Prénom;Nom de famille;Adresse e-mail;Statut;Intitulé du poste;Service;Matricule responsable;Date d’embauche;Pays;Centre de coût;Date de naissance',
    row: '7;Zoé;Lefèvre;ann@x.example;Actif;Chargée;Ventes;;13/05/2020;Belgique;K1;01/01/1990',
    left: '8;Léo;Ray;bob@x.example;Parti;Chargé;Ventes;7;14/05/2020;France;K1;01/01/1990',
  },
  spanish: {
    header:
      'Número de empleado;Primer nombre;Apellidos;Correo electrónico;Estado del empleado;Puesto de trabajo;Departamento;ID del responsable;Fecha de ingreso;País;Centro de coste;Fecha de nacimiento',
    row: '7;Ana;Núñez;ann@x.example;Activo;Gestora;Ventas;;13/05/2020;España;K1;01/01/1990',
    left: '8;Leo;Ray;bob@x.example;Cesado;Gestor;Ventas;7;14/05/2020;México;K1;01/01/1990',
  },
};

describe('rollcall init', () => {
  test.each(Object.entries(headers))(
    '%s columns become a mapping with which the same file is clean',
    async (name, { header, row, left }) => {
      const columns = header.split(/[,;]/);
      const file = folder.put(`${name}.csv`, `${header}\n${row}\n${left}\n`);
      const { exitCode, out, err } = await rollcall('init', file);
      expect(exitCode).toBe(0);
      const settings = proposed(out);
      expect(settings.name).toBe(name);
      expect(settings.id).toEqual({ column: columns[0], pattern: '\\d+' });
      expect(settings.active.column).toBe(columns[4]);
      expect([settings.active.active?.length, settings.active.inactive?.length]).toEqual([1, 1]);
      expect(settings.mapping).toMatchObject({
        userName: { column: columns[3], required: true },
        name: { givenName: columns[1], familyName: columns[2] },
        title: columns[5],
        addresses: [{ country: { column: columns[9], country: 'alpha-2', onUnreadable: 'omit' } }],
        [enterprise]: {
          employeeNumber: columns[0],
          department: columns[6],
          manager: { value: columns[7] },
          costCenter: columns[10],
        },
        [`urn:ietf:params:scim:schemas:extension:${name}:1.0:User`]: { hireDate: { column: columns[8] } },
      });
      // An account does not need a date of birth.
      expect(out).not.toContain(columns[11]);
      expect(err).toContain(`"${columns[11] ?? ''}": personal data`);
      const check = await rollcall('check', file, '--source', folder.put(`${name}.json`, out), '--json');
      expect(JSON.parse(check.out)).toMatchObject({ state: 'accepted', rows: 2, users: 2, enabled: 1, disabled: 1 });
      // Only the job is missing.
      const { findings } = JSON.parse(check.out) as { findings: readonly { severity: string; code: string }[] };
      expect(findings.filter(({ severity }) => severity === 'warning').map(({ code }) => code)).toEqual([
        'lint-placeholder',
      ]);
    },
  );

  test('lists what is uncertain with its place, and puts an unknown word into no list', async () => {
    const file = folder.put(
      'unsure.csv',
      'ID,Status,Email\n1,A,a@x.example\n2,Sabbatical,b@x.example\n3,Left,c@x.example\n',
    );
    const { out, err } = await rollcall('init', file);
    expect(proposed(out).active).toEqual({ column: 'Status', active: ['A'], inactive: ['Left'] });
    expect(err).toContain('$.id: Is "ID" the right column?');
    expect(err).toContain('$.active.active: Does "A" mean active?');
    expect(err).toMatch(/\$\.active: "Sabbatical" is in neither list/);
    expect(err).toContain('$.mapping.userName: Is "Email"');
  });

  test('guesses no date format if a date is ambiguous', async () => {
    const rows = (dates: readonly string[]): string =>
      dates.map((date, i) => `${i},Active,p${i}@x.example,${date}`).join('\n');
    const header = 'Employee ID,Status,Email,Hire Date\n';
    const unclear = await rollcall('init', folder.put('unclear.csv', header + rows(['01/02/2024', '03/04/2024'])));
    expect(unclear.out).not.toContain('Hire Date');
    expect(unclear.err).toContain('can be read as dd/MM/yyyy or as MM/dd/yyyy');
    const clear = await rollcall('init', folder.put('clear.csv', header + rows(['01/02/2024', '03/24/2024'])));
    expect(clear.out).toContain('"format": "MM/dd/yyyy"');
  });

  test('maps no manager who is given by mail or by name', async () => {
    const file = folder.put(
      'boss.csv',
      'Employee ID,Status,Email,Manager\n1,Active,a@x.example,\n2,Active,b@x.example,Ann Lee\n',
    );
    const { out, err } = await rollcall('init', file);
    expect(out).not.toContain('manager');
    expect(err).toContain('"Manager": a manager must be named by id');
    expect(err).toContain('The first is "Ann Lee".');
  });

  test('says how a manager who is named by address can be looked up, and the lookup works', async () => {
    const rows = ['1,Active,a@x.example,', '2,Left,b@x.example,A@x.example', ''];
    const file = folder.put('mails.csv', ['Employee ID,Status,Email,Manager Email', ...rows].join('\n'));
    const { out, err } = await rollcall('init', file);
    const told = /as the "value" of "manager"/.test(err)
      ? /\{"column":"Manager Email","lookup":"Email"\}/.exec(err)?.[0]
      : null;
    const settings = JSON.parse(out) as { file: object; mapping: Record<string, object> };
    const answered = {
      ...settings,
      file: { ...settings.file, content: 'full' },
      mapping: { ...settings.mapping, [enterprise]: { manager: { value: JSON.parse(told ?? '') as unknown } } },
    };
    const source = folder.put('mails.json', JSON.stringify(answered));
    const check = await rollcall('check', file, '--source', source, '--show', '2');
    expect(check.out).toMatch(/"manager": \{\s+"value": "1"/);
  });

  test('finds the header below a title, in the encoding of Excel', async () => {
    const text =
      'Personalliste;;;\r\n\r\nPersonal-Nr.;Status;Nachname;E-Mail\r\n1;aktiv;Müßig;a@x.example\r\n2;aktiv;Größer;b@x.example\r\n';
    const file = folder.put('excel.csv', iconv.encode(text, 'windows-1252'));
    const settings = proposed((await rollcall('init', file)).out);
    expect(settings.file.skipLines).toBe(2);
    expect(settings.mapping).toMatchObject({ name: { familyName: 'Nachname' } });
  });

  test('reads the members of JSON records as paths', async () => {
    const person = {
      id: 12,
      name: { first: 'Ana' },
      job: { title: 'X' },
      department: { id: 3, name: 'D' },
      status: 'Active',
      email: 'a@x.example',
    };
    const file = folder.put('people.json', JSON.stringify({ export: { employees: [person] } }, null, 1));
    const { out } = await rollcall('init', file, '--records', 'export.employees');
    const settings = proposed(out);
    expect(settings).toMatchObject({ id: 'id', file: { format: 'json', records: 'export.employees' } });
    expect(settings.mapping).toMatchObject({ title: 'job.title', [enterprise]: { department: 'department.name' } });
    expect((await rollcall('init', file)).exitCode).toBe(0);
    const two = folder.put('two.json', JSON.stringify({ staff: [person], agency: [person] }));
    const lost = await rollcall('init', two);
    expect(lost).toMatchObject({ exitCode: 2, out: '' });
    expect(lost.err).toMatch(/several lists \("staff", "agency"\).*\[json-records-missing\]/);
  });

  test('a file with only unknown columns still gives valid settings, with every place marked', async () => {
    const { exitCode, out, err } = await rollcall('init', folder.put('zz.csv', 'qq,ww,ee\n1,2,3\n'));
    expect(exitCode).toBe(0);
    expect(proposed(out).id).toMatch(/^Replaced-/);
    for (const path of ['$.id', '$.active.column', '$.active.active', '$.mapping.userName'])
      expect(err).toContain(`  ${path}: `);
    const check = await rollcall('check', folder.path('zz.csv'), '--source', folder.put('zz.json', out));
    expect(check.exitCode).toBe(2);
    expect(check.out).toMatch(/have 4 mistakes.*\$\.id: "REPLACE-WITH-ID-COLUMN" is still to be replaced\./);
    expect(check.out).toContain('What to do: $.id: Write the name of the column');
  });

  test('a table without a header is refused, and the row is shown', async () => {
    const file = folder.put('bare.csv', '1;Ann;Ost;ann@x.example;Active\n2;Ben;West;ben@x.example;Left\n');
    const ran = await rollcall('init', file);
    expect(ran).toMatchObject({ exitCode: 2, out: '' });
    expect(ran.err).toMatch(/line 1: .*"1", "Ann", "Ost", "ann@x\.example", "Active".*\[header-is-person\]/);
    expect(ran.err).toContain('What to do: Have the export write a header row');
  });

  test('headings with line ends become columns with which the same file is read', async () => {
    const file = folder.put(
      'lines.csv',
      '"Employee\nID";"First\nName";"E-Mail\n(work)";"Employment\nStatus"\n1;Ann;a@x.example;Active\n2;Ben;b@x.example;Left\n',
    );
    const { out } = await rollcall('init', file);
    expect(proposed(out)).toMatchObject({
      file: { skipLines: 0 },
      id: { column: 'Employee\nID' },
      active: { column: 'Employment\nStatus', active: ['Active'], inactive: ['Left'] },
    });
    const check = await rollcall('check', file, '--source', folder.put('lines.json', out), '--json');
    expect(JSON.parse(check.out)).toMatchObject({ state: 'accepted', users: 2 });
  });

  test('a declared encoding and delimiter are read, and stand in the proposal', async () => {
    const text =
      'Personalnummer~Vorname~Nachname~E-Mail~Status\n1~Jörg~Groß~a@x.example~aktiv\n2~Käthe~Süß~b@x.example~aktiv\n';
    const file = folder.put('dos.csv', iconv.encode(text, 'cp850'));
    const { out } = await rollcall('init', file, '--encoding', 'CP850', '--delimiter', '~');
    expect(proposed(out).file).toMatchObject({ encoding: 'cp850', delimiter: '~' });
    const check = await rollcall('check', file, '--source', folder.put('dos.json', out), '--show', '1');
    expect(check.out).toContain('Jörg');
    for (const wrong of [
      ['--encoding', 'latin-77'],
      ['--delimiter', 'two'],
    ])
      expect((await rollcall('init', file, ...wrong)).exitCode).toBe(2);
  });

  test('of t and f neither means anything, and a proposal without an active word is never read', async () => {
    const user = (userId: string, status: string, managerId: string) => ({
      userId,
      status,
      managerId,
      email: `p${userId}@x.example`,
      hireDate: '/Date(1577836800000)/',
      manager: { __deferred: { uri: 'https://x.example' } },
    });
    const users = [user('31001', 't', '31003'), user('31002', 'f', 'NO_MANAGER'), user('31003', 't', 'NO_MANAGER')];
    const file = folder.put('sf.json', JSON.stringify({ d: { results: users } }));
    const { out, err } = await rollcall('init', file);
    expect(JSON.parse(out)).toMatchObject({
      file: { records: 'd.results' },
      active: { column: 'status', active: ['REPLACE-WITH-ACTIVE-WORD'], inactive: [] },
      mapping: { [enterprise]: { manager: { value: { column: 'managerId', blank: ['NO_MANAGER'] } } } },
    });
    expect(err).toContain('$.active: "t" is in neither list');
    expect(err).toContain('$.active: "f" is in neither list');
    expect(err).toContain('2 rows say "NO_MANAGER", which is nobody\'s id');
    const source = folder.put('sf.source.json', out);
    expect((await rollcall('check', file, '--source', source)).out).toContain('[source-invalid]');
    const answered = out.replace('"REPLACE-WITH-ACTIVE-WORD"', '"t"').replace('"inactive": []', '"inactive": ["f"]');
    const check = await rollcall('check', file, '--source', folder.put('sf.answered.json', answered), '--show', '1');
    expect(check.out).toContain('accounts     2 enabled, 1 disabled');
    expect(check.out).toContain('"hireDate": "2020-01-01T00:00:00Z"');
  });

  test('the manager is never taken for the person', async () => {
    const reportsTo = { id: '3332883884017713999', email: 'otto@x.example', displayName: 'Otto Dorn' };
    const person = (id: string, more: object) => ({
      '/work/startDate': { value: '2022-03-01' },
      id,
      fullName: `Person ${id}`,
      email: `p${id.slice(-3)}@x.example`,
      ...more,
    });
    const people = [
      person('3332883884017713238', {
        work: { title: '209192163', reportsTo },
        internal: { status: 'Active' },
        humanReadable: { work: { title: 'Designer' } },
      }),
      person('3332883884017713999', { work: { title: 'Head', reportsTo: null }, internal: { status: 'Inactive' } }),
    ];
    const file = folder.put('nested.json', `\ufeff${JSON.stringify({ employees: people })}`);
    const { out } = await rollcall('init', file, '--records', 'employees');
    expect(proposed(out)).toMatchObject({
      id: { column: 'id' },
      active: { column: 'internal.status' },
      mapping: {
        userName: { column: 'email' },
        displayName: 'fullName',
        title: 'humanReadable.work.title',
        [enterprise]: { manager: { value: 'work.reportsTo.id' } },
        'urn:ietf:params:scim:schemas:extension:nested:1.0:User': { hireDate: { column: '/work/startDate.value' } },
      },
    });
  });

  test('a day that has passed for people who work here is no last day', async () => {
    const header = 'Employee ID,Email,Status,Leave Date';
    const rows = ['1,a@x.example,Active,2019-08-31', '2,b@x.example,Terminated,2020-01-31', '3,c@x.example,Active,'];
    const { out, err } = await rollcall('init', folder.put('rehired.csv', [header, ...rows, ''].join('\n')));
    expect(proposed(out).active).toEqual({ column: 'Status', active: ['Active'], inactive: ['Terminated'] });
    expect(err).toContain('$.active.until: 1 row with an active status has a day in "Leave Date" that has passed');
  });

  test('blank cells of a status are asked about, unless they only leave out a mark', async () => {
    const rows = ['1,a@x.example,Active', '2,b@x.example,', '3,c@x.example,Left', ''];
    const blank = await rollcall('init', folder.put('gaps.csv', ['Employee ID,Email,Status', ...rows].join('\n')));
    expect(proposed(blank.out).active).toEqual({ column: 'Status', active: ['Active'], inactive: ['Left'] });
    expect(blank.err).toContain('$.active.blank: 1 row has no value in "Status" and is rejected');
    const marks = ['1,a@x.example,X', '2,b@x.example,', ''];
    const marked = await rollcall('init', folder.put('marks.csv', ['Employee ID,Email,Active', ...marks].join('\n')));
    // Nobody is disabled by a blank cell unless somebody says so.
    expect(proposed(marked.out).active).toEqual({ column: 'Active', active: ['X'], inactive: [] });
    expect(marked.err).toContain('$.active.blank: 1 row has no value in "Active" and is rejected');
  });

  test('a column without a value is no status, and the value that fits no form of dates is shown', async () => {
    const file = folder.put(
      'values.csv',
      [
        'Employee ID,Email,Status,Active,TERM_DATE,Action,Notes,Notes',
        '1,a@x.example,,Y,31/10/2026,A,,',
        '2,b@x.example,,N,soon,U,,',
        '3,c@x.example,,Y,30/09/2026,D,,',
        '',
      ].join('\n'),
    );
    const { out, err } = await rollcall('init', file);
    expect(proposed(out).active).toEqual({
      all: [
        { column: 'Active', active: ['Y'], inactive: ['N'] },
        { column: 'Action', inactive: ['D'], others: 'active' },
      ],
    });
    expect(err).toContain('$.active.all[0].active: Does "Y" mean active?');
    expect(err).toContain('"TERM_DATE": most of its dates are written as dd/MM/yyyy, but not "soon".');
    expect(err).toContain('"Status": it has no value in any row.');
    expect(err).toContain('$.active.all[1]: "Action" seems to say what changed ("A", "U", "D"): does "D" mean');
    expect(err).toContain('"Notes": several columns have this name');
  });

  test('--out writes a new file, named after its folder, and never overwrites one', async () => {
    const file = folder.put('out.csv', 'Employee ID,Status,Email\n1,Active,a@x.example\n');
    const first = await rollcall('init', file, '--out', folder.path('source.json'), '--name', 'acme');
    expect(first).toMatchObject({ exitCode: 0, out: '' });
    const written = readFileSync(folder.path('source.json'), 'utf8');
    expect(proposed(written).name).toBe('acme');
    const second = await rollcall('init', file, '--out', folder.path('source.json'));
    expect(second.exitCode).toBe(2);
    expect(second.err).toContain('it already exists');
    expect(readFileSync(folder.path('source.json'), 'utf8')).toBe(written);
  });

  test('a file that has lost its accented letters is refused as check refuses it', async () => {
    const rows = ['1,J?rg,M?ller,a@x.example,Active', '2,Ren?e,S?rensen,b@x.example,Active', ''];
    const header = 'Employee ID,First Name,Last Name,Email,Status';
    const ran = await rollcall('init', folder.put('ascii.csv', [header, ...rows].join('\n')));
    expect(ran).toMatchObject({ exitCode: 2, out: '' });
    expect(ran.err).toMatch(/"J\?rg".*\[text-damaged\]/);
  });

  test('for a workbook it says how to save it', async () => {
    const ran = await rollcall('init', folder.put('book.xlsx', Buffer.from('504b030414000600', 'hex')));
    expect(ran).toMatchObject({ exitCode: 2, out: '' });
    expect(ran.err).toMatch(/No settings can be proposed/);
  });

  test('words for blank are proposed from the values, and decide about nothing else', async () => {
    const file = folder.put(
      'nulls.csv',
      [
        'Employee ID,Email,Status,Job Title,Manager ID,Termination Date',
        '7,ann@x.example,Active,NULL,,0000-00-00',
        '8,bob@x.example,Terminated,null,7,2026-05-31',
        '9,eve@x.example,NULL,Clerk,null,0000-00-00',
        '',
      ].join('\n'),
    );
    const { out, err } = await rollcall('init', file);
    const settings = proposed(out);
    expect(settings.file.blank).toEqual(['NULL', '0000-00-00']);
    expect(err).toContain('$.file.blank: 6 cells say "NULL" or "0000-00-00": do they mean that there is no value?');
    expect(settings.active).toMatchObject({ active: ['Active'], inactive: ['Terminated'] });
    expect(settings.mapping).toMatchObject({
      'urn:ietf:params:scim:schemas:extension:nulls:1.0:User': { leaveDate: { date: { format: 'yyyy-MM-dd' } } },
    });
  });
});
