// The demo's exports: 1,000 invented people, the same people a night later, and what a broken export makes of them, generated here so that
// the repository contains no file of people. The same bytes every time.
import { stringify } from 'csv-stringify/sync';

/** People in the first file. */
const SAMPLE_ROWS = 1_000;

/** What is different a night later: these people have another title, have left, or are new. */
export const NEXT_NIGHT = {
  changed: [801, 802, 803, 804, 805, 806, 807],
  left: [811, 812],
  created: [1_001, 1_002, 1_003],
} as const;

/** The broken export: each third person is gone, and everybody else has left. */
const isGone = (n: number): boolean => n % 3 === 0;

/** The demo's files, in the order in which they are dropped. */
export type SampleNight = 'first' | 'next' | 'broken';

const FIRST_NAMES = [
  'Maria',
  'Jürgen',
  'Anaïs',
  'Søren',
  'Zoë',
  'Łukasz',
  'Ines',
  'Björn',
  'Chloé',
  'Ömer',
  'Željka',
  'Tomás',
];
const LAST_NAMES = [
  'Keller',
  'Müller',
  'Núñez',
  'Ångström',
  'Weiß',
  'Kowalczyk',
  "O'Neill",
  'Grønborg',
  'Lefèvre',
  'Yılmaz',
  'Šarić',
];
const DEPARTMENTS = [
  'Finance',
  'Sales, North',
  'Sales, South',
  'Research & Development',
  'Legal "and" Compliance',
  'Küche; Kantine',
  'IT',
];
const TITLES = ['Analyst', 'Engineer', 'Clerk', 'Team lead', 'Buyer'];
const CITIES: readonly (readonly [string, string])[] = [
  ['Kiel', '24103'],
  ['Köln', '50667'],
  ['München', '80331'],
  ['Görlitz', '02826'],
];
const HEADER = [
  'EmployeeID',
  'Status',
  'Email',
  'FirstName',
  'LastName',
  'Title',
  'Dept',
  'ManagerID',
  'HireDate',
  'Phone',
  'Street',
  'City',
  'PostalCode',
  'Country',
];

/** Ids of people whom the demo's simulator refuses: for good (a taken name), or for a transient reason (busy). */
export const REFUSED_IDS = {
  forGood: ['E00211', 'E00322', 'E00433', 'E00544', 'E00655', 'E00766'],
  transient: ['E00223', 'E00334', 'E00447', 'E00556', 'E00667', 'E00778'],
} as const;

const idOf = (n: number): string => `E${String(n).padStart(5, '0')}`;
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
/** Everybody reports to somebody earlier in the list: a tree with a span of eight. */
const managerOf = (n: number): string => (n === 1 ? '' : idOf(Math.floor((n - 2) / 8) + 1));
const asciiOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();

/** Rows that intake must reject, each for a different reason. None of these people manages anybody: managers are among the first 125. */
const MISTAKES: Readonly<Record<number, (row: string[]) => string[]>> = {
  140: (row) => with_(row, 'Status', 'Activ'),
  185: (row) => with_(row, 'Status', ''),
  236: (row) => with_(row, 'EmployeeID', ''),
  279: (row) => with_(row, 'HireDate', '31/02/2024'),
  324: (row) => with_(row, 'HireDate', '2024-02-01'),
  367: (row) => with_(row, 'Email', ''),
  412: (row) => with_(row, 'Email', 'no at sign'),
  459: (row) => with_(row, 'Country', 'Atlantis'),
  502: (row) => with_(row, 'Phone', 'ask reception'),
  547: (row) => row.slice(0, 9),
  592: (row) => with_(row, 'EmployeeID', idOf(591)),
  638: (row) => [...row, 'one too many'],
};

const with_ = (row: string[], column: string, value: string): string[] =>
  row.map((cell, i) => (HEADER[i] === column ? value : cell));

const isOneOf = (list: readonly number[], n: number): boolean => list.includes(n);

/** The file of a night: UTF-8 with BOM, semicolons, CRLF, as Excel in half of Europe writes it. */
export function sampleExport(night: SampleNight): Buffer {
  const isBroken = night === 'broken';
  const isNext = night !== 'first';
  const rows: string[][] = [HEADER];
  for (let n = 1; n <= SAMPLE_ROWS + (isNext ? NEXT_NIGHT.created.length : 0); n++) {
    if (isBroken && isGone(n)) continue;
    const first = pick(FIRST_NAMES, n * 7);
    const last = pick(LAST_NAMES, n * 5);
    const [city, postalCode] = pick(CITIES, n * 3);
    const day = String((n % 28) + 1).padStart(2, '0');
    const month = String((n % 12) + 1).padStart(2, '0');
    const row = [
      idOf(n),
      isBroken || n % 25 === 0 || (isNext && isOneOf(NEXT_NIGHT.left, n))
        ? 'Left'
        : n % 40 === 3
          ? 'On leave'
          : 'Active',
      `${asciiOf(first)}.${asciiOf(last)}.${n}@contoso.example`,
      first,
      last,
      isNext && isOneOf(NEXT_NIGHT.changed, n) ? 'Head of something new' : pick(TITLES, n),
      pick(DEPARTMENTS, n),
      managerOf(n),
      `${day}/${month}/${2005 + (n % 20)}`,
      n % 3 === 0 ? '' : `+49 431 ${String(100_000 + n)}`,
      `Hafenweg ${n}, Haus ${pick(['A', 'B', 'C'], n)}`,
      city,
      postalCode,
      'DE',
    ];
    rows.push(MISTAKES[n]?.(row) ?? row);
  }
  return Buffer.from(`\uFEFF${stringify(rows, { delimiter: ';', record_delimiter: 'windows' })}`, 'utf8');
}
