// Random exports for the tests of the promise: people of a small pool, so that files overlap, with mistakes in between.
import fc from 'fast-check';
import { stringify } from 'csv-stringify/sync';

/** A row as it is written; `kind` says what intake must do with it. */
export interface RandomRow {
  readonly kind: 'good' | 'no-id' | 'bad-status';
  readonly person: number;
  readonly active: boolean;
  readonly title: string;
  readonly department: string;
}

/** One file of a source. */
export interface RandomExport {
  readonly content: 'full' | 'changes';
  readonly rows: readonly RandomRow[];
}

export const COLUMNS = ['EmployeeID', 'Status', 'Email', 'FirstName', 'LastName', 'Title', 'Dept'] as const;
const POOL = 150;

const text = fc.oneof(
  fc.constantFrom('Analyst', 'Küche, "Nord"', 'Łódź; Süd', 'a\nb', "O'Neill", '=1+1', '日本'),
  fc.string({ minLength: 1, maxLength: 20 }),
);
const cell = text
  .map((value) =>
    value
      .normalize('NFC')
      .replace(/[\p{C}\s]+/gu, ' ')
      .trim(),
  )
  .filter((value) => value !== '' && !/^['"]/.test(value));

const row = fc.record({
  kind: fc.oneof(
    { weight: 30, arbitrary: fc.constant('good' as const) },
    { weight: 1, arbitrary: fc.constantFrom('no-id' as const, 'bad-status' as const) },
  ),
  person: fc.integer({ min: 1, max: POOL }),
  active: fc.boolean(),
  title: cell,
  department: cell,
});

/** Two or three files of one source; no person is in a file twice. */
export const randomExports: fc.Arbitrary<readonly RandomExport[]> = fc.array(
  fc.record({
    content: fc.constantFrom('full' as const, 'changes' as const),
    rows: fc.uniqueArray(row, { selector: (one) => one.person, minLength: 1, maxLength: POOL, size: 'max' }),
  }),
  { minLength: 2, maxLength: 3, size: 'max' },
);

/** One directory, three sources: ids must not collide. */
export const idOf = (person: number, source: string): string => `${source}-${String(person).padStart(4, '0')}`;
export const userNameOf = (person: number, source: string): string => `p${person}.${source}@contoso.example`;

/** The file's bytes, written by a library that the product does not use to read. */
export const writeExport = (one: RandomExport, source: string): Buffer =>
  Buffer.from(
    stringify(
      [
        [...COLUMNS],
        ...one.rows.map((r) => [
          r.kind === 'no-id' ? '' : idOf(r.person, source),
          r.kind === 'bad-status' ? 'Aktiv?' : r.active ? 'Active' : 'Left',
          userNameOf(r.person, source),
          `F${r.person}`,
          `L${r.person}`,
          r.title,
          r.department,
        ]),
      ],
      { quoted: true },
    ),
  );

/** Settings for the columns above, and more. Every source has a job of its own in one tenant. */
export const sourceText = (name: string, content: 'full' | 'changes', more: object = {}): string =>
  JSON.stringify({
    name,
    file: { pattern: '*.csv', format: 'csv', content, delimiter: ',', encoding: 'utf-8' },
    job: { servicePrincipalId: '8f0e6d1c-3b52-4c57-9d0a-5f2f3c7e91ab', jobId: `API2AAD.${name}`, target: 'entra' },
    id: 'EmployeeID',
    active: { column: 'Status', active: ['Active'], inactive: ['Left'] },
    mapping: {
      userName: 'Email',
      name: { givenName: 'FirstName', familyName: 'LastName' },
      displayName: { expression: "FirstName & ' ' & LastName" },
      title: 'Title',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Dept' },
    },
    ...more,
  });
