// `active` as an author may write it: every form is accepted, here and by editors, and what contradicts itself is refused where it stands.
import Ajv from 'ajv';
import { sentenceOf } from '../../../shared/messages/catalogue';
import { canBeInactive, mayWait } from '../../../shared/source/active-settings';
import { lintSourceSettings } from '../../../shared/source/lint-source-settings';
import { publishedSourceSchema } from '../../../shared/source/settings-schema';
import { exportExpectation, parseSourceSettings } from '../../../shared/source/source-settings';
import { baseSettings, settingsWith } from '../mapping/one-row';

const isForEditors = new Ajv({ allErrors: true, strict: false }).compile(publishedSourceSchema());

const date = { format: 'yyyy-MM-dd', zone: 'Europe/Berlin' };
const words = { active: ['A'], inactive: ['L'] };
const until = { column: 'Last', date, blank: 'active' };
const from = { column: 'First', date, before: 'inactive' };

const problemsOf = (active: unknown, file: object = { format: 'csv' }): readonly string[] => {
  const parsed = parseSourceSettings(JSON.stringify({ ...baseSettings, file, active }), 'test');
  return parsed.ok ? [] : parsed.problems.map(({ path, code }) => `${path} ${code}`);
};
const sentencesOf = (active: unknown): readonly string[] => {
  const parsed = parseSourceSettings(JSON.stringify({ ...baseSettings, active }), 'test');
  return parsed.ok ? [] : parsed.problems.map(sentenceOf);
};

test.each([
  { column: 'S', ...words },
  { column: 'S', inactive: ['X'], blank: 'active' },
  { column: 'S', active: ['X'], blank: 'inactive' },
  { column: 'S', inactive: ['D'], others: 'active' },
  { column: 'S', inactive: [], others: 'active', blank: 'inactive' },
  { expression: '$uppercase(S)', ...words },
  { all: [{ column: 'S', ...words }] },
  {
    all: [
      { column: 'S', ...words },
      { expression: 'T & U', inactive: ['D'], others: 'active' },
    ],
    until,
  },
  { until },
  { from },
  { from: { ...from, before: 'not-yet', daysBefore: 14 }, until },
  { from: { ...from, before: 'active', blank: 'inactive' } },
  { column: 'S', ...words, until, from },
])('%j says who is active, for editors too', (active) => {
  expect(problemsOf(active)).toEqual([]);
  expect(isForEditors({ ...baseSettings, active })).toBe(true);
});

/** Mistakes of the form, which an editor finds too. */
test.each([
  ['no column at all in the list', { all: [] }, ['$.active.all settings-member-form']],
  ['no list', { all: { column: 'S', ...words } }, ['$.active.all settings-member-form']],
  [
    'more columns than anybody has',
    { all: Array.from({ length: 21 }, (_, at) => ({ column: `S${at}`, ...words })) },
    ['$.active.all settings-member-form'],
  ],
  [
    'others that are inactive',
    { column: 'S', inactive: ['D'], others: 'inactive' },
    ['$.active.others settings-member-form'],
  ],
  ['a blank cell that rejects', { column: 'S', ...words, blank: 'reject' }, ['$.active.blank settings-member-form']],
  [
    'a blank word',
    { all: [{ column: 'S', active: [''], inactive: ['X'] }] },
    ['$.active.all[0].active[0] settings-member-form'],
  ],
  [
    'a list within the list',
    { all: [{ all: [{ column: 'S', ...words }] }] },
    ['$.active.all[0].all settings-member-unknown'],
  ],
  ['a last day without a form', { until: { column: 'Last' } }, ['$.active.until.date settings-member-missing']],
  [
    'a first day without a before',
    { from: { column: 'First', date } },
    ['$.active.from.before settings-member-missing'],
  ],
  [
    'days that are none',
    { from: { ...from, before: 'not-yet', daysBefore: 1.5 } },
    ['$.active.from.daysBefore settings-member-form'],
  ],
  [
    'days beyond a year',
    { from: { ...from, before: 'not-yet', daysBefore: 367 } },
    ['$.active.from.daysBefore settings-member-form'],
  ],
])('%s is refused, by editors too', (_, active, problems) => {
  expect([...new Set(problemsOf(active))].filter((one) => problems.includes(one))).toEqual(problems);
  expect(isForEditors({ ...baseSettings, active })).toBe(false);
});

test.each([
  ['nothing that says who is active', {}, ['$.active settings-status-source']],
  ['words of no column', words, ['$.active settings-status-source']],
  ['two sources', { column: 'S', expression: 'S', ...words }, ['$.active settings-status-source']],
  ['a column beside the list', { column: 'S', all: [{ column: 'T', ...words }] }, ['$.active settings-status-source']],
  [
    'two sources in the list',
    { all: [{ column: 'S', expression: 'S', ...words }] },
    ['$.active.all[0] settings-status-source'],
  ],
  ['no source in the list', { all: [words] }, ['$.active.all[0] settings-status-source']],
  [
    'words beside the list',
    { all: [{ column: 'S', ...words }], inactive: ['D'] },
    ['$.active.inactive settings-status-contradiction'],
  ],
  [
    'words beside days alone',
    { ...words, until },
    ['$.active.active settings-status-contradiction', '$.active.inactive settings-status-contradiction'],
  ],
  ['a blank cell of no column', { blank: 'active', until }, ['$.active.blank settings-status-contradiction']],
  ['no active words', { column: 'S', inactive: ['L'] }, ['$.active.active settings-member-missing']],
  ['no inactive words', { column: 'S', active: ['A'] }, ['$.active.inactive settings-member-missing']],
  [
    'no active words in the list',
    { all: [{ column: 'S', inactive: ['L'] }] },
    ['$.active.all[0].active settings-member-missing'],
  ],
  [
    'others beside active words',
    { column: 'S', ...words, others: 'active' },
    ['$.active.others settings-status-contradiction'],
  ],
  [
    'others, and nothing that is inactive',
    { column: 'S', inactive: [], others: 'active' },
    ['$.active.others settings-status-contradiction'],
  ],
  [
    'a column twice in the list',
    {
      all: [
        { column: 'S', ...words },
        { column: 'S', inactive: ['D'], others: 'active' },
      ],
    },
    ['$.active.all[1].column settings-status-contradiction'],
  ],
  [
    'a status column with the last day',
    { column: 'Last', inactive: ['D'], blank: 'active', until },
    ['$.active.until.column settings-status-contradiction'],
  ],
  [
    'one column for both days',
    { until, from: { ...from, column: 'Last' } },
    ['$.active.from.column settings-status-contradiction'],
  ],
  [
    'a blank cell that is active, and its word is inactive',
    { column: 'S', inactive: ['X', 'NULL'], blank: 'active' },
    ['$.active.inactive[1] settings-status-contradiction'],
  ],
  [
    'a blank cell that is inactive, and its word is active',
    { column: 'S', active: ['-'], blank: 'inactive' },
    ['$.active.active[0] settings-status-contradiction'],
  ],
  [
    'a word in both lists of a column of the list',
    { all: [{ column: 'S', active: ['A'], inactive: ['a'] }] },
    ['$.active.all[0].inactive[0] settings-status-overlap'],
  ],
  ['an expression that is broken', { expression: 'S &', ...words }, ['$.active.expression settings-expression-syntax']],
  [
    'an expression that asks for the time',
    { all: [{ expression: '$now()', ...words }] },
    ['$.active.all[0].expression settings-expression-forbidden'],
  ],
  [
    'a form of dates without a year',
    { until: { ...until, date: { format: 'dd/MM' } } },
    ['$.active.until.date.format settings-date-format'],
  ],
  [
    'a zone that nobody knows',
    { from: { ...from, date: { ...date, zone: 'Europe/Atlantis' } } },
    ['$.active.from.date.zone settings-date-zone'],
  ],
  [
    'days before a day for which nobody waits',
    { from: { ...from, daysBefore: 3 } },
    ['$.active.from.daysBefore settings-status-contradiction'],
  ],
  [
    'a first day that decides nothing',
    { from: { ...from, before: 'active', blank: 'active' } },
    ['$.active.from settings-status-contradiction'],
  ],
])('%s is refused where it stands', (_, active, problems) => {
  expect(problemsOf(active)).toEqual(problems);
});

test('a word for blank of the file is no status word, in any column of the list', () => {
  const active = {
    all: [
      { column: 'S', ...words },
      { column: 'T', inactive: ['void'], others: 'active' },
    ],
  };
  expect(problemsOf(active, { format: 'csv', blank: ['VOID'] })).toEqual([
    '$.active.all[1].inactive[0] settings-blank-word-used',
  ]);
});

test('the engineer reads what is wrong', () => {
  expect(sentencesOf({})).toEqual([
    'One of "column", "expression" and "all", or "until" or "from", is needed; there is none.',
  ]);
  expect(sentencesOf({ column: 'S', inactive: ['NULL'], blank: 'active' })).toEqual([
    'Programs write "NULL" for no value, and a blank cell means active here. Move it to file.blank.',
  ]);
});

test('all columns that decide must be in the file, and no word for blank goes unseen in them', () => {
  const active = {
    all: [
      { column: 'S', ...words },
      { expression: 'T & Q', inactive: ['D'], others: 'active' },
    ],
    until,
    from,
  };
  const expectation = exportExpectation(settingsWith({ active }), 'people.csv', null);
  expect(expectation.requiredColumns).toEqual(['Id', 'S', 'T', 'Q', 'Last', 'First', 'Email']);
  expect(expectation.decisiveColumns).toEqual(expectation.requiredColumns);
  expect(expectation.knownTexts).toEqual({ S: ['A', 'L'] });
});

test.each([
  [{ column: 'S', active: ['A'], inactive: [] }, ['$.active.inactive']],
  [{ column: 'S', active: ['A'], inactive: [], until }, []],
  [{ column: 'S', active: ['A'], blank: 'inactive' }, []],
  [{ all: [{ column: 'S', active: ['A'], inactive: [] }] }, ['$.active']],
  [{ from: { ...from, before: 'not-yet' } }, ['$.active']],
  [{ from }, []],
])('%j is warned about if nobody can ever be inactive', (active, paths) => {
  const settings = settingsWith({ active });
  const found = lintSourceSettings(settings).filter(({ code }) => code === 'lint-no-inactive-words');
  expect(found.map(({ path }) => path)).toEqual(paths);
  expect(canBeInactive(settings.active)).toBe(paths.length === 0);
});

test('a year of two digits is warned about in the days too', () => {
  const settings = settingsWith({ active: { until: { ...until, date: { format: 'dd.MM.yy' } } } });
  expect(lintSourceSettings(settings).map(({ path, code }) => `${path} ${code}`)).toContain(
    '$.active.until lint-two-digit-year',
  );
});

test('rows may wait only where the settings say so', () => {
  expect(mayWait(settingsWith({ active: { from } }).active)).toBe(false);
  expect(mayWait(settingsWith({ active: { from: { ...from, before: 'not-yet' } } }).active)).toBe(true);
});
