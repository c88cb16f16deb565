// The benchmark's export: invented people in 24 columns, written as a stream, the same bytes every time. One cell in three rows is
// quoted and one name in three is not ASCII, as in files from real HR systems.
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** The header, in the order of the cells. */
export const PEOPLE_COLUMNS = [
  'EmployeeID',
  'Status',
  'Email',
  'FirstName',
  'LastName',
  'DisplayName',
  'Title',
  'Dept',
  'Division',
  'CostCenter',
  'Company',
  'ManagerID',
  'HireDate',
  'Phone',
  'Mobile',
  'Street',
  'City',
  'Region',
  'PostalCode',
  'Country',
  'Locale',
  'EmployeeType',
  'Badge',
  'Floor',
] as const;

const FIRST_NAMES = [
  'Maria',
  'Jürgen',
  'Ines',
  'Søren',
  'Peter',
  'Łukasz',
  'Anna',
  'Björn',
  'Chloe',
  'Martin',
  'Tomás',
];
const LAST_NAMES = ['Keller', 'Müller', 'Smith', 'Novak', 'Weiß', 'Kowalski', "O'Neill", 'Berg', 'Lefevre', 'Costa'];
const DEPARTMENTS = ['Finance', '"Sales, North"', 'Research'];
const TITLES = ['Analyst', 'Engineer', 'Clerk', 'Team lead', 'Buyer'];
const CITIES = ['Kiel,SH,24103', 'Köln,NW,50667', 'München,BY,80331', 'Görlitz,SN,02826'];
/** How many rows are written to the stream at a time. */
const ROWS_PER_PART = 1_000;

const idOf = (n: number): string => `E${String(n).padStart(7, '0')}`;
const pick = (list: readonly string[], n: number): string => list[n % list.length] ?? '';

function rowOf(n: number, isChanged: boolean): string {
  const first = pick(FIRST_NAMES, n * 7);
  const last = pick(LAST_NAMES, n * 3);
  const day = String((n % 28) + 1).padStart(2, '0');
  const month = String((n % 12) + 1).padStart(2, '0');
  const manager = n === 1 ? '' : idOf(Math.floor((n - 2) / 8) + 1);
  const status = n % 25 === 0 ? 'Left' : 'Active';
  const phones = `${n % 3 === 0 ? '' : `+49431${100_000 + n}`},+49170${1_000_000 + n}`;
  return (
    `${idOf(n)},${status},person.${n}@contoso.example,${first},${last},${first} ${last},${pick(TITLES, isChanged ? n + 1 : n)},${pick(DEPARTMENTS, n)},` +
    `Division ${n % 12},${4_000 + (n % 300)},Contoso,${manager},${day}/${month}/${2005 + (n % 20)},${phones},` +
    `Hafenweg ${n % 400},${pick(CITIES, n)},DE,de-DE,Employee,B${n},${n % 9}\n`
  );
}

function* partsOf(rows: number, changedEvery: number): Generator<string> {
  let part = `${PEOPLE_COLUMNS.join(',')}\n`;
  for (let n = 1; n <= rows; n++) {
    part += rowOf(n, n % changedEvery === 0);
    if (n % ROWS_PER_PART !== 0) continue;
    yield part;
    part = '';
  }
  if (part !== '') yield part;
}

/** Writes a file of `rows` people; of so many, one has another title than in a file without `changedEvery`. */
export const writePeopleFile = (path: string, rows: number, changedEvery = Number.POSITIVE_INFINITY): Promise<void> =>
  pipeline(Readable.from(partsOf(rows, changedEvery)), createWriteStream(path));
