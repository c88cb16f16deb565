import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import Papa from 'papaparse';
import type { CheckFinding } from '../../../shared/pipeline/check/findings';
import type { ScimUser } from '../../../shared/scim/user';
import { csvOf, newFolder, rollcall, sourceText } from './recorded-terminal';

/** The object that `--json` prints, with the members that the tests compute with. */
interface Report {
  readonly state: string;
  readonly reason: { readonly code: string; readonly message: string; readonly cure: string | null } | null;
  readonly rows: number;
  readonly users: number;
  readonly rejected: number;
  readonly collapsed: number;
  readonly superseded: number;
  readonly skipped: number;
  readonly held: number;
  readonly findings: readonly (CheckFinding & { readonly message: string })[];
  readonly cures: Readonly<Record<string, string | null>>;
}

interface BulkRequest {
  readonly schemas: readonly string[];
  readonly failOnErrors: null;
  readonly Operations: readonly { readonly data: ScimUser }[];
}

const accountedFor = ({ users, rejected, collapsed, superseded, skipped, held }: Report): number =>
  users + rejected + collapsed + superseded + skipped + held;

const usersIn = (path: string): readonly ScimUser[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ScimUser);

const folder = newFolder();
afterAll(() => folder.remove());
const source = folder.put('source.json', sourceText());

const clean = csvOf('1,Groß,gross@contoso.example,Active', '2,Li,li@contoso.example,Left');

const checkJson = async (file: string, ...more: string[]) => {
  const ran = await rollcall('check', file, '--source', more[0] ?? source, '--json', ...more.slice(1));
  return { ...ran, report: JSON.parse(ran.out) as Report };
};

describe('rollcall check --json', () => {
  test('prints exactly the members of the public interface, for an accepted file', async () => {
    const file = folder.put('clean.csv', clean);
    const { exitCode, report, err } = await checkJson(file);
    expect(exitCode).toBe(0);
    expect(err).toBe('');
    expect(report).toEqual({
      file,
      bytes: Buffer.byteLength(clean),
      state: 'accepted',
      reason: null,
      format: 'csv',
      encoding: 'utf-8',
      delimiter: ',',
      compression: null,
      rows: 2,
      users: 2,
      rejected: 0,
      collapsed: 0,
      enabled: 1,
      disabled: 1,
      superseded: 0,
      skipped: 0,
      held: 0,
      findings: [],
      cures: {},
    });
  });

  test('reports every finding with line, column and id, in file order, and ends with exit code 1', async () => {
    const file = folder.put(
      'findings.csv',
      csvOf(
        '1,Groß,gross@contoso.example,Active',
        '2,Li,li@contoso.example,A',
        '3,Lu,lu@contoso.example,Left',
        '3,Lu,lu@contoso.example,Left',
        '4,Lo,lo@contoso.example,Active',
        '4,La,la@contoso.example,Left',
        '5,Le,same@contoso.example,Active',
        '6,Ly,SAME@contoso.example,Active',
      ),
    );
    const { exitCode, report } = await checkJson(file);
    expect(exitCode).toBe(1);
    expect(report).toMatchObject({ rows: 8, users: 2, rejected: 5, collapsed: 1, superseded: 0 });
    const found = report.findings.map((one) => [one.severity, one.code, one.line, one.column, one.id]);
    expect(found).toEqual([
      ['reject', 'status-unknown', 3, 'Status', '2'],
      ['note', 'row-collapsed', 5, null, '3'],
      ['reject', 'duplicate-id', 6, 'EmployeeID', '4'],
      ['reject', 'duplicate-id', 7, 'EmployeeID', '4'],
      ['reject', 'duplicate-user-name', 8, 'Email', '5'],
      ['reject', 'duplicate-user-name', 9, 'Email', '6'],
    ]);
    expect(report.findings[1]?.message).toContain('line 4');
    expect(Object.keys(report.cures)).toEqual([
      'status-unknown',
      'row-collapsed',
      'duplicate-id',
      'duplicate-user-name',
    ]);
    expect(report.cures['status-unknown']).toMatch(/source\.json/);
  });

  test('a held file gives the reason, counts as far as it was read, and ends with exit code 2', async () => {
    const rows = Array.from({ length: 4000 }, (_, i) => `${i},Li,li${i}@contoso.example,Active`);
    const file = folder.put('cut.csv', `${csvOf(...rows)}"3,Lo`);
    const { exitCode, report } = await checkJson(file);
    expect(exitCode).toBe(2);
    expect(report).toMatchObject({ state: 'held', reason: { code: 'file-truncated' }, format: 'csv', delimiter: ',' });
    expect(report.rows).toBe(accountedFor(report));
    expect(report.users).toBeGreaterThan(0);
    expect(report.findings[0]).toMatchObject({ severity: 'hold', code: 'file-truncated', id: null });
  });

  test('a packed file says how it was packed', async () => {
    const { exitCode, report } = await checkJson(folder.put('packed.csv.gz', gzipSync(clean)));
    expect(exitCode).toBe(0);
    expect(report).toMatchObject({ compression: 'gzip', rows: 2 });
  });

  test('an Excel workbook is held before its shape is known', async () => {
    const { exitCode, report } = await checkJson(folder.put('book.csv', Buffer.from('504b030414000600', 'hex')));
    expect(exitCode).toBe(2);
    expect(report).toMatchObject({ state: 'held', format: null, encoding: null, delimiter: null, rows: 0 });
  });

  test('a missing file is an object too, with all members', async () => {
    const { exitCode, report } = await checkJson(folder.path('nobody.csv'));
    expect(exitCode).toBe(2);
    expect(Object.keys(report)).toHaveLength(19);
    expect(report).toMatchObject({ bytes: null, state: 'held', reason: { code: 'file-not-readable' } });
  });

  test('all mistakes in the settings are reported at once', async () => {
    const bad = folder.put(
      'bad.json',
      JSON.stringify({ ...(JSON.parse(sourceText()) as object), id: 7, mapping: { nope: 'X' } }),
    );
    const { exitCode, report } = await checkJson(folder.put('any.csv', clean), bad);
    expect(exitCode).toBe(2);
    expect(report.reason?.code).toBe('source-invalid');
    expect(report.reason?.message).toMatch(/\$\.id.*\$\.mapping\.nope/s);
  });

  test.each(['utf16le', 'utf8'] as const)('settings in %s with a byte order mark are read', async (encoding) => {
    const marked = folder.put(`${encoding}.json`, Buffer.from(`\ufeff${sourceText()}`, encoding));
    expect((await checkJson(folder.put('clean.csv', clean), marked)).exitCode).toBe(0);
  });

  test('a name that the container would not accept is a warning: the file is read all the same', async () => {
    const { exitCode, report } = await checkJson(folder.put('people.txt', clean));
    expect(exitCode).toBe(1);
    expect(report).toMatchObject({
      state: 'accepted',
      users: 2,
      findings: [{ severity: 'warning', code: 'file-not-expected' }],
    });
  });

  test('a loss through the settings is a warning, a doubt is a note', async () => {
    const settings = JSON.parse(sourceText()) as { mapping: Record<string, unknown> };
    settings.mapping['emails'] = [{ type: { const: 'home' }, value: 'Email' }];
    const { exitCode, report } = await checkJson(
      folder.put('lint.csv', clean),
      folder.put('lint.json', JSON.stringify(settings)),
    );
    expect(exitCode).toBe(1);
    const severities = Object.fromEntries(report.findings.map((one) => [one.code, one.severity]));
    expect(severities).toEqual({ 'lint-mail-not-written': 'note', 'lint-not-work': 'warning' });
  });
});

describe('the manifest of a file', () => {
  const sha256 = createHash('sha256').update(clean).digest('hex');
  const required = folder.put('required.json', sourceText({ manifest: 'required' }));
  test.each([
    ['that matches is accepted', { rows: 2, sha256 }, source, null],
    ['with other rows holds the file', { rows: 3, sha256 }, source, 'manifest-differs'],
    ['with another hash holds the file', { rows: 2, sha256: 'f'.repeat(64) }, source, 'manifest-differs'],
    ['that is not JSON holds the file', '{', source, 'manifest-invalid'],
    ['that is missing holds the file of a source that requires it', null, required, 'manifest-invalid'],
  ])('%s', async (name, manifest, settings, code) => {
    const file = folder.put(`${name}.csv`, clean);
    if (manifest !== null)
      folder.put(`${name}.csv.manifest.json`, typeof manifest === 'string' ? manifest : JSON.stringify(manifest));
    const { exitCode, report } = await checkJson(file, settings);
    expect(report.reason?.code ?? null).toBe(code);
    expect(exitCode).toBe(code === null ? 0 : 2);
    expect(report.rows).toBe(2);
  });
});

describe('users and requests', () => {
  const people = csvOf(
    ...Array.from(
      { length: 60 },
      (_, i) => `${i + 1},Name ${i + 1},p${i + 1}@contoso.example,${i % 20 === 0 ? 'Left' : 'Active'}`,
    ),
    '60,Other,p60@contoso.example,Active',
  );
  const file = folder.put('sixty.csv', people);

  test('--users writes the accepted users only, one JSON object per line, in file order', async () => {
    const users = folder.path('users.jsonl');
    await rollcall('check', file, '--source', source, '--users', users);
    expect(usersIn(users).map((user) => user.externalId)).toEqual(Array.from({ length: 59 }, (_, i) => String(i + 1)));
  });

  test('--users removes the output of an earlier check when the file is held', async () => {
    const users = folder.put('old.jsonl', '{"externalId":"old"}\n');
    const ran = await rollcall('check', folder.put('held.csv', `${clean}"3`), '--source', source, '--users', users);
    expect(ran.exitCode).toBe(2);
    expect(readFileSync(users, 'utf8')).toBe('');
  });

  test('--users never overwrites the file or the settings that are read', async () => {
    for (const read of [file, source]) {
      const before = readFileSync(read, 'utf8');
      const ran = await rollcall('check', file, '--source', source, '--users', read);
      expect([ran.exitCode, ran.out.includes('file-not-writable')]).toEqual([2, true]);
      expect(readFileSync(read, 'utf8')).toBe(before);
    }
  });

  test('--batch prints only the request: leavers first, at most 50, each person once over all batches', async () => {
    const ids: string[] = [];
    for (const number of ['1', '2']) {
      const ran = await rollcall('check', file, '--source', source, '--batch', number);
      const request = JSON.parse(ran.out) as BulkRequest;
      expect(request.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:BulkRequest']);
      expect(request.failOnErrors).toBeNull();
      expect(new Set(request.Operations.map((one) => one.data.active)).size).toBe(1);
      ids.push(...request.Operations.map((one) => one.data.externalId));
      expect(ran.err).toContain('59 users');
    }
    expect(ids.slice(0, 3)).toEqual(['1', '21', '41']);
    expect(ids).toHaveLength(53);
    const third = JSON.parse((await rollcall('check', file, '--source', source, '--batch', '3')).out) as BulkRequest;
    expect(third.Operations).toHaveLength(6);
  });

  test('for a batch that does not exist, the number of batches is given', async () => {
    const ran = await rollcall('check', file, '--source', source, '--batch', '9');
    expect(ran).toMatchObject({ exitCode: 2, out: '' });
    expect(ran.err).toContain('There is no batch 9: the file makes 3.');
  });

  test('--show prints the first accepted users after the text', async () => {
    const { out } = await rollcall('check', file, '--source', source, '--show', '2');
    const shown = out.slice(out.indexOf('First users') + 'First users'.length);
    expect(shown.match(/"externalId": "\d+"/g)).toEqual(['"externalId": "1"', '"externalId": "2"']);
  });
});

describe('the text', () => {
  test('proves the dialect, adds up the rows, and says where it cuts a long list', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `${i},Li,li${i}@contoso.example,Maybe`);
    const file = folder.put('text.csv', csvOf(...rows).replaceAll(',', ';'));
    const { out } = await rollcall('check', file, '--source', source, '--findings', '10');
    expect(out).toContain('semicolon, which gives 4 columns: "EmployeeID", "LastName", "Email", "Status"');
    expect(out).toContain('12 = 0 users + 12 rejected + 0 collapsed');
    expect(out.match(/\[status-unknown\]/g)).toHaveLength(10);
    expect(out).toContain('… and 2 more: --findings 12');
  });

  test('says how many accounts would be enabled and disabled, and beside the first of each mistake what to do', async () => {
    const rows = ['1,Li,li@contoso.example,Active', '2,Lu,lu@contoso.example,Left', '3,Lo,lo@contoso.example,Maybe'];
    const file = folder.put('cures.csv', csvOf(...rows, '4,La,la@contoso.example,Maybe'));
    const { out } = await rollcall('check', file, '--source', source);
    expect(out).toContain('accounts     1 enabled, 1 disabled');
    expect(out.match(/\[status-unknown\]/g)).toHaveLength(2);
    expect(out.match(/\[status-unknown\]\n {11}What to do: \S/g)).toHaveLength(1);
    const held = await rollcall('check', folder.put('cut.csv', `${csvOf()}"3`), '--source', source);
    expect(held.out).toMatch(/\[file-truncated\]\n {2}What to do: Upload/);
    expect(held.out).not.toContain('accounts');
  });

  test('cannot rewrite the screen with the content of the file', async () => {
    const { out } = await rollcall(
      'check',
      folder.put('esc.csv', csvOf('1,Li,li@contoso.example,\u009b2JActive')),
      '--source',
      source,
    );
    expect(out).toMatch(/line 2/);
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  test('wrong options end with exit code 2 and a hint, not a stack trace', async () => {
    for (const args of [
      ['check', 'x.csv'],
      ['check', 'x.csv', '-s', 'y', '--batch', '0'],
      ['check', 'x.csv', '-s', 'y', '--json', '--show', '1'],
      ['chekc'],
    ]) {
      const ran = await rollcall(...args);
      expect(ran.exitCode).toBe(2);
      expect(ran.err).toMatch(/error:.*\n/);
      expect(ran.err).not.toContain(' at ');
    }
    const help = await rollcall('check', '--help');
    expect(help.exitCode).toBe(0);
    expect(help.out).toContain('Examples:');
  });
});

test('rows = users + rejected + collapsed + superseded + skipped + held, each is reported, for all files', async () => {
  const row = fc.record({
    id: fc.constantFrom('1', '2', '3', '01', 'A4', ''),
    name: fc.constantFrom('Li', 'Lu', 'Ng'),
    mail: fc.constantFrom('a@x.example', 'b@x.example', 'A@x.example', 'c@x.example', 'no mail', ''),
    status: fc.constantFrom('Active', 'Left', 'active', '?'),
    more: fc.constantFrom('', '', '', ',ragged', '"'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (rows) => {
      const text = csvOf(...rows.map((one) => `${one.id},${one.name},${one.mail},${one.status}${one.more}`));
      const users = folder.path('random.jsonl');
      const { exitCode, report } = await checkJson(folder.put('random.csv', text), source, '--users', users);
      const count = (severity: string, code?: string): number =>
        report.findings.filter((one) => one.severity === severity && (code ?? one.code) === one.code).length;
      const written = usersIn(users);
      expect(report.rows).toBe(accountedFor(report));
      expect(count('reject')).toBe(report.rejected);
      expect(count('note', 'row-collapsed')).toBe(report.collapsed);
      expect(exitCode).toBe(report.state === 'held' ? 2 : report.rejected + count('warning') > 0 ? 1 : 0);
      if (report.state === 'held') return;
      expect(report.rows).toBe(Papa.parse(text, { skipEmptyLines: true }).data.length - 1);
      // Of a sign-in name under two ids, that of somebody who is active is sent, and somebody inactive of whom nothing is known is not.
      expect(written).toHaveLength(report.users - count('note', 'inactive-and-unknown'));
      // Two who have left may have had one name, or go without one; nobody else has the name of somebody who is active.
      const nameOf = (user: Record<string, unknown>): string => JSON.stringify(user['userName'] ?? null).toLowerCase();
      for (const user of written.filter(({ active }) => active))
        expect(written.filter((other) => nameOf(other) === nameOf(user))).toHaveLength(1);
    }),
    { numRuns: 60 },
  );
});
