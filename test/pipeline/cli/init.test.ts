import { readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { parseSourceSettings, type SourceSettings } from '../../../shared/source/source-settings';
import { newFolder, rollcall } from './recorded-terminal';

const folder = newFolder();
afterAll(() => folder.remove());

/** What init printed, as intake would read it. */
const proposed = (text: string): SourceSettings => {
  const { name } = JSON.parse(text) as { name: string };
  const parsed = parseSourceSettings(text, name);
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
        addresses: [{ country: { column: columns[9], country: 'alpha-2' } }],
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
      expect(check.exitCode).toBe(0);
      expect(JSON.parse(check.out)).toMatchObject({ state: 'accepted', rows: 2, users: 2 });
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
    expect(proposed(out).id).toMatch(/^REPLACE-WITH/);
    for (const path of ['$.id', '$.active.column', '$.active.active', '$.mapping.userName'])
      expect(err).toContain(`  ${path}: `);
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
