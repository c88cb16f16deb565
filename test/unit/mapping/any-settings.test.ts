// Settings are written by people: whatever they contain, they are refused with paths, or they map every row.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { ExportRecord } from '../../../shared/export/export-record';
import { compileMapping } from '../../../shared/mapping/compile-mapping';
import { sentenceOf } from '../../../shared/messages/catalogue';
import { lintSourceSettings } from '../../../shared/source/lint-source-settings';
import { exportExpectation, matchesFilePattern, parseSourceSettings } from '../../../shared/source/source-settings';
import { csvShape, NOW } from './one-row';
import { rounds } from '../../rounds';
import { expressionsHere } from './expressions-here';

const sample = readFileSync(join(__dirname, '../../../samples/sources/contoso-hr/source.json'), 'utf8');
const columns = ['EmployeeID', 'Status', 'Email', 'FirstName', 'LastName', 'Dept', 'HireDate', 'Phone', 'Country'];

type Steps = readonly (string | number)[];

function* placesIn(value: unknown, path: Steps = []): Generator<Steps> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value))
    yield* placesIn(child, [...path, Array.isArray(value) ? Number(key) : key]);
}

function replaceAt(value: unknown, [step, ...rest]: Steps, replacement: unknown): unknown {
  if (step === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((item, index) => (index === step ? replaceAt(item, rest, replacement) : (item as unknown)));
  const members = value as Record<string, unknown>;
  return { ...members, [step]: replaceAt(members[step], rest, replacement) };
}

/** Id and status as the sample reads them. */
const CERTAIN = ((settings: { readonly id: unknown; readonly active: unknown }) =>
  JSON.stringify([settings.id, settings.active]))(JSON.parse(sample) as never);
const hired = { column: 'HireDate', latest: true, date: { format: 'dd/MM/yyyy' } };
const written = {
  ...(JSON.parse(sample) as object),
  rowsPerPerson: { prefer: ['active', { column: 'Dept', values: ['7', 'true'] }, hired] },
};
const places = [...placesIn(written)].filter((path) => path.length > 0);
const leaf = fc.record(
  {
    column: fc.constantFrom(...columns, 'Missing'),
    const: fc.oneof(fc.string(), fc.integer(), fc.boolean()),
    expression: fc.constantFrom('Email', '$uppercase(Email)', 'Email & Dept', '$number(Dept)', '[1,2]', '{', '$now()'),
    type: fc.constantFrom('string', 'boolean', 'integer', 'dateTime', 'number'),
    date: fc.record({ format: fc.constantFrom('dd/MM/yyyy', 'yyyy', ['d.M.yyyy', 'M.d.yyyy']) }),
    values: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.boolean())),
    unknown: fc.constantFrom('reject', 'omit', 'keep'),
    default: fc.oneof(fc.string(), fc.integer()),
    required: fc.boolean(),
    whenEmpty: fc.constantFrom('omit', 'clear', 'reject', 'null'),
    trim: fc.boolean(),
    case: fc.constantFrom('lower', 'upper'),
    split: fc.record({ on: fc.string(), take: fc.integer({ min: -200, max: 200 }) }),
    phone: fc.record(
      { country: fc.constantFrom('DE', 'XX', 'de'), extension: fc.constantFrom('drop', 'keep', 'omit') },
      { requiredKeys: ['country'] },
    ),
    country: fc.constantFrom('alpha-2', 'alpha-3'),
    lookup: fc.constantFrom('Email', 'Dept', { expression: 'FirstName & LastName' }, { expression: '{' }, {}),
    onUnreadable: fc.constantFrom('reject', 'omit', 'clear'),
  },
  { requiredKeys: [] },
);
const replacement = fc.oneof(
  leaf,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('Email', ['Email'], [{ value: 'Email' }], undefined),
);
const statusMembers = {
  column: fc.constantFrom('Status', 'Dept', 'Country', 'Missing'),
  expression: fc.constantFrom('Status', "Dept = '' ? 'Active' : 'Left'", '$number(Dept)', '['),
  active: fc.constantFrom(['Active'], ['7', 'true'], []),
  inactive: fc.constantFrom(['Left'], ['Active'], ['-'], []),
  others: fc.constantFrom('active', 'inactive'),
  blank: fc.constantFrom('active', 'inactive', 'reject'),
};
const day = {
  column: fc.constantFrom('HireDate', 'Phone', 'Status'),
  date: fc.record({
    format: fc.constantFrom('dd/MM/yyyy', ['d.M.yyyy', 'dd/MM/yyyy'], 'MM'),
    zone: fc.constant('UTC'),
  }),
  blank: statusMembers.blank,
};
const status = fc.record(
  {
    ...statusMembers,
    all: fc.array(fc.record(statusMembers, { requiredKeys: [] }), { maxLength: 3 }),
    until: fc.record(day, { requiredKeys: ['column', 'date'] }),
    from: fc.record(
      {
        ...day,
        before: fc.constantFrom('inactive', 'active', 'not-yet'),
        daysBefore: fc.integer({ min: -1, max: 400 }),
      },
      { requiredKeys: ['column', 'date', 'before'] },
    ),
  },
  { requiredKeys: [] },
);
const cells = fc.array(
  fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('Active', '45123', '01/02/2024', 'true', '7')),
  {
    minLength: columns.length,
    maxLength: columns.length,
  },
);

test('changed settings are refused with a path for each mistake, or map every row', async () => {
  let accepted = 0;
  let certain = 0;
  const change = fc.oneof(
    { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...places), replacement) },
    { weight: 1, arbitrary: fc.tuple(fc.constant<Steps>(['active']), status) },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 2 }),
      fc.array(cells, { maxLength: 5 }),
      async (changes, rows) => {
        let settings: unknown = written;
        for (const [path, value] of changes)
          if ([...placesIn(settings)].some((place) => place.join() === path.join()))
            settings = replaceAt(settings, path, value);
        const parsed = parseSourceSettings(JSON.stringify(settings), 'contoso-hr');
        if (!parsed.ok) {
          expect(parsed.problems.length).toBeGreaterThan(0);
          expect(
            parsed.problems.filter((one) => !one.path.startsWith('$') || !/^[A-Z"].*\.$/s.test(sentenceOf(one))),
          ).toEqual([]);
          return;
        }
        accepted += 1;
        lintSourceSettings(parsed.settings);
        matchesFilePattern(parsed.settings, 'people.csv');
        exportExpectation(parsed.settings, 'people.csv', null);
        const mapAs = (status: string) =>
          compileMapping(parsed.settings, NOW)
            .bind(csvShape(columns), expressionsHere)
            .map(
              rows.map((row, index): ExportRecord => ({
                kind: 'csv',
                row: index + 1,
                line: index + 2,
                cells: ['1', status, ...row.slice(2)],
              })),
            );
        const numbers = rows.map((_, index) => index + 1);
        expect((await mapAs('Active')).map(({ row }) => row)).toEqual(numbers);
        const inactive = await mapAs('Left');
        expect(inactive.map(({ row }) => row)).toEqual(numbers);
        // Id and status are certain then, and nobody who is inactive is rejected for an attribute.
        const { id, active } = parsed.settings;
        if (JSON.stringify([id, active]) !== CERTAIN) return;
        certain += rows.length;
        expect(inactive.flatMap((one) => (one.kind === 'rejected' ? one.rejection.code : []))).toEqual([]);
      },
    ),
    { numRuns: rounds(500) },
  );
  expect(accepted).toBeGreaterThan(10);
  expect(certain).toBeGreaterThan(0);
});
