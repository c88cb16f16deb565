import iconv from 'iconv-lite';
import { findHeader, type FoundHeader } from '../../../cli/init/find-header';
import { memoryFile } from './local-file';

const find = (
  content: string | Buffer,
  declared: { encoding?: string; delimiter?: string } = {},
): Promise<FoundHeader> =>
  findHeader(memoryFile(content), { encoding: declared.encoding ?? null, delimiter: declared.delimiter ?? null });

const header = 'EmployeeID;First Name;Last Name;Email;Status';
const columns = header.split(';');
const people = '1;Ann;Ost;ann.ost@contoso.example;Active\n2;Ben;West;ben.west@contoso.example;Left\n';

test.each([
  ['on the first line', `${header}\n${people}`, 0],
  ['behind sep=', `sep=;\n${header}\n${people}`, 0],
  ['below a title', `Employees of Contoso\n\n${header}\n${people}`, 2],
  [
    'below a report with a date',
    `Report:;Employee List;;;\nRun date:;01.11.2026 06:00;;;\nCompany:;Contoso;;;\n;;;;\n${header}\n${people}`,
    4,
  ],
  ['below a line that names whom to ask', `Questions: hr@contoso.example\n${header}\n${people}`, 1],
  ['below another line of headings', `Employee;Employee;Employee;Contact;Employment\n${header}\n${people}`, 1],
  ['above its technical names', `${header}\nuser-id;first-name;last-name;email;status\n${people}`, 0],
  ['that comes again', `${header}\n${people}${header}\n${people}`, 0],
])('the header %s is found', async (_where, text, skipLines) => {
  expect(await find(text)).toEqual({ format: 'csv', delimiter: ';', skipLines, columns });
});

test('a heading with line ends is one heading, as it is for the reader', async () => {
  const text = `Staff list\n"Employee\nID";"First\nName";"Last\r\nName";"E-Mail\n(work)";"Employment\nStatus"\n${people}`;
  expect(await find(text)).toEqual({
    format: 'csv',
    delimiter: ';',
    skipLines: 1,
    columns: ['Employee\nID', 'First\nName', 'Last\r\nName', 'E-Mail\n(work)', 'Employment\nStatus'],
  });
});

test('headings with stars, brackets and number signs are known ones', async () => {
  const text = 'Emp #;First Name *;Last Name (required);Email [work];Hire Date (Pflicht)\n';
  expect(await find(`A title;with;five;words;here\n${text}`)).toMatchObject({ skipLines: 1 });
});

test('unknown headings are found where there is nothing better', async () => {
  expect(await find('qq,ww,ee\n1,2,3\n')).toMatchObject({ delimiter: ',', columns: ['qq', 'ww', 'ee'] });
});

test.each([
  ['with mail addresses', people, ['1', 'Ann', 'Ost', 'ann.ost@contoso.example', 'Active']],
  [
    'one of whom has none',
    `${people}4;Cal;Nord;;Volunteer\n`,
    ['1', 'Ann', 'Ost', 'ann.ost@contoso.example', 'Active'],
  ],
  ['with numbers only', '17,Ann,Ost,2020-01-31\n18,Ben,West,2020-02-01\n', ['17', 'Ann', 'Ost', '2020-01-31']],
  ['with ids of letters', 'E-x,Ann,Active\nE-y,Ben,Active\n', ['E-x', 'Ann', 'Active']],
])('a table of people %s has no header', async (_what, text, cells) => {
  expect(await find(text)).toEqual({ format: 'none', line: 1, cells });
});

test('a year may be the name of a column', async () => {
  const text = 'Employee ID,First Name,Last Name,Email,2025,2026\n1,Ann,Ost,a@x.example,3,4\n';
  expect(await find(text)).toMatchObject({ columns: text.split('\n')[0]!.split(',') });
});

test('a declared encoding and delimiter are taken as they are', async () => {
  const text = 'Personalnummer^Straße^Vorname\n1^Überweg^Jörg\n';
  const found = await find(iconv.encode(text, 'cp850'), { encoding: 'cp850', delimiter: '^' });
  expect(found).toEqual({
    format: 'csv',
    delimiter: '^',
    skipLines: 0,
    columns: ['Personalnummer', 'Straße', 'Vorname'],
  });
});

test.each([['[{"id":1}]'], [' \n{"people":[]}']])('%j is JSON', async (text) => {
  expect(await find(text)).toEqual({ format: 'json' });
});
