import { sentenceOf } from '../../../shared/messages/catalogue';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { publishedSourceSchema } from '../../../shared/source/settings-schema';
import { exportExpectation, matchesFilePattern, parseSourceSettings } from '../../../shared/source/source-settings';

const root = join(__dirname, '../../..');
const publishedFile = readFileSync(join(root, 'shared/source/source.schema.json'), 'utf8');
const validatePublished = new Ajv({ allErrors: true, strict: false }).compile(publishedSourceSchema());

const base = {
  name: 'test',
  file: { format: 'csv' },
  job: { servicePrincipalId: 'sp', jobId: 'API2AAD.example' },
  id: 'Id',
  active: { column: 'Status', active: ['Active'], inactive: ['Left'] },
  mapping: { userName: 'Email' },
};
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const custom = 'urn:ietf:params:scim:schemas:extension:contoso:1.0:User';

const parse = (members: object) => parseSourceSettings(JSON.stringify({ ...base, ...members }), 'test');
const problemsOf = (members: object): readonly (readonly [path: string, code: string])[] => {
  const parsed = parse(members);
  return parsed.ok ? [] : parsed.problems.map(({ path, code }) => [path, code] as const);
};
const settingsOf = (members: object) => {
  const parsed = parse(members);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.settings;
};

test('the published schema is the one in the code: run write-source-schema after a change', () => {
  expect(JSON.parse(publishedFile)).toEqual(publishedSourceSchema());
});

const samples = readdirSync(join(root, 'samples/sources'), { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
);
test('an alias that is only another spelling of its own column is not a mistake', () => {
  expect(problemsOf({ file: { format: 'csv', aliases: { Email: ['e-mail', 'E-Mail', 'Mail'] } } })).toEqual([]);
});

test('in a table, a name with a dot is one name, so its beginning may be an alias', () => {
  const members = { mapping: { title: 'job.title' } };
  expect(problemsOf({ ...members, file: { format: 'csv', aliases: { Status: ['job'] } } })).toEqual([]);
});

test.each(samples.map(({ name }) => name))('the sample %s parses, and the published schema accepts it', (name) => {
  const text = readFileSync(join(root, 'samples/sources', name, 'source.json'), 'utf8');
  expect(parseSourceSettings(text, name)).toMatchObject({ ok: true });
  validatePublished(JSON.parse(text));
  expect(validatePublished.errors).toBeNull();
});

test('each member of the published schema explains itself', () => {
  const silent: string[] = [];
  const visit = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const { properties } = node as { properties?: Record<string, object> };
    for (const [name, member] of Object.entries(properties ?? {})) {
      if (!('description' in member)) silent.push(`${path}/${name}`);
    }
    for (const [name, child] of Object.entries(node)) visit(child, `${path}/${name}`);
  };
  visit(publishedSourceSchema(), '');
  expect(silent).toEqual([]);
});

const leaf = (members: object) => ({ mapping: { title: { column: 'A', ...members } } });

test.each([
  { guard: 'off' },
  { guard: {} },
  { guard: { firstRun: 'send', disabled: false, missing: { hold: false }, renamed: { warn: { count: 0 } } } },
  { guard: { disabled: { warn: { percent: 5 } }, changed: { warn: { percent: 90 }, hold: false } } },
  { guard: { rows: { hold: { morePercent: 1_000 } }, column: { warn: { percent: 5 }, hold: { fromRows: 1 } } } },
])('%j is a guard, for editors too', (members) => {
  expect(settingsOf(members).guard).toEqual(members.guard);
  expect(validatePublished({ ...base, ...members })).toBe(true);
});

test('settings without a guard stay without one: the guard knows its defaults', () => {
  expect(settingsOf({})).not.toHaveProperty('guard');
});

test.each([
  [{ guard: { disabled: true } }, 'Must be an object as the schema describes, or false.'],
  [{ guard: { disabled: { hold: { percent: 101 } } } }, 'Must be at most 100.'],
  [{ guard: 5 }, 'Must be of type object or string.'],
  [{ guard: 'of' }, 'Must match the pattern "^off$".'],
  [
    { guard: { disabled: { warn: { percent: 6 } } } },
    'The warning would come above 6, but the file is held above 5 already.',
  ],
  [{ guard: { rows: { hold: { atLeast: 5 } } } }, 'This has no effect without a percentage beside it.'],
])('the engineer reads of %j: %s', (members, sentence) => {
  const parsed = parse(members);
  expect(parsed.ok ? [] : parsed.problems.map(sentenceOf)).toEqual([sentence]);
});

/** Mistakes that the published schema finds too, so that the editor and the product agree. */
const seenByEditors: readonly (readonly [
  name: string,
  members: object,
  problems: readonly (readonly [string, string])[],
])[] = [
  ['a missing member', { job: { jobId: 'x' } }, [['$.job.servicePrincipalId', 'settings-member-missing']]],
  ['a missing part', { active: undefined }, [['$.active', 'settings-member-missing']]],
  ['no mapping', { mapping: undefined }, [['$.mapping', 'settings-member-missing']]],
  ['an empty mapping', { mapping: {} }, [['$.mapping', 'settings-member-form']]],
  ['an unknown member', { files: {} }, [['$.files', 'settings-member-unknown']]],
  [
    'an unknown member inside',
    { file: { format: 'csv', patern: '*' } },
    [['$.file.patern', 'settings-member-unknown']],
  ],
  ['an unknown format', { file: { format: 'xlsx' } }, [['$.file.format', 'settings-member-form']]],
  ['an unknown content', { file: { format: 'csv', content: 'delta' } }, [['$.file.content', 'settings-member-form']]],
  [
    'a job id with a slash',
    { job: { servicePrincipalId: 'a/b', jobId: 'x' } },
    [['$.job.servicePrincipalId', 'settings-member-form']],
  ],
  [
    'a job id that is a step to somewhere else',
    { job: { servicePrincipalId: 'a', jobId: '..' } },
    [['$.job.jobId', 'settings-member-form']],
  ],
  ['an id of the wrong kind', { id: 5 }, [['$.id', 'settings-member-form']]],
  ['an id with an unknown member', { id: { column: 'A', regex: 'x' } }, [['$.id.regex', 'settings-member-unknown']]],
  ['an id without a column', { id: { pattern: 'x' } }, [['$.id.column', 'settings-member-missing']]],
  [
    'no active words',
    { active: { column: 'S', active: [], inactive: [] } },
    [['$.active.active', 'settings-member-form']],
  ],
  [
    'a blank status word',
    { active: { column: 'S', active: [' '], inactive: [] } },
    [['$.active.active[0]', 'settings-member-form']],
  ],
  [
    'an unknown attribute',
    { mapping: { displayname: 'A' } },
    [['$.mapping.displayname', 'settings-attribute-unknown']],
  ],
  [
    'an unknown sub-attribute',
    { mapping: { name: { first: 'A' } } },
    [['$.mapping.name.first', 'settings-attribute-unknown']],
  ],
  ['active in the mapping', { mapping: { active: 'A' } }, [['$.mapping.active', 'settings-attribute-unknown']]],
  ['a password', { mapping: { password: 'A' } }, [['$.mapping.password', 'settings-attribute-unknown']]],
  [
    'an attribute named like a method',
    { mapping: { constructor: 'A' } },
    [['$.mapping.constructor', 'settings-attribute-unknown']],
  ],
  ['an object for a list', { mapping: { emails: { value: 'A' } } }, [['$.mapping.emails', 'settings-attribute-type']]],
  ['a column for a list', { mapping: { emails: 'A' } }, [['$.mapping.emails', 'settings-attribute-type']]],
  ['a column for an entry', { mapping: { emails: ['A'] } }, [['$.mapping.emails[0]', 'settings-attribute-type']]],
  ['an empty list', { mapping: { emails: [] } }, [['$.mapping.emails', 'settings-member-form']]],
  [
    'a column for an object',
    { mapping: { [enterprise]: { manager: 'A' } } },
    [[`$.mapping["${enterprise}"].manager`, 'settings-attribute-type']],
  ],
  ['a list for a value', { mapping: { title: ['A'] } }, [['$.mapping.title', 'settings-attribute-type']]],
  ['no URN', { mapping: { 'urn:contoso': { a: 'A' } } }, [['$.mapping["urn:contoso"]', 'settings-extension-unknown']]],
  [
    'a list in an extension',
    { mapping: { [custom]: { a: ['A'] } } },
    [[`$.mapping["${custom}"].a`, 'settings-attribute-type']],
  ],
  ['an unknown member of a leaf', leaf({ colum: 'x' }), [['$.mapping.title.colum', 'settings-member-unknown']]],
  ['an unknown rule', leaf({ whenEmpty: 'null' }), [['$.mapping.title.whenEmpty', 'settings-member-form']]],
  ['a date without a form', leaf({ date: {} }), [['$.mapping.title.date.format', 'settings-member-missing']]],
  ['an unknown limit', { guard: { deleted: false } }, [['$.guard.deleted', 'settings-member-unknown']]],
  [
    'an unknown figure of a limit',
    { guard: { disabled: { hold: { percentage: 5 } } } },
    [['$.guard.disabled.hold.percentage', 'settings-member-unknown']],
  ],
  [
    'figures without warn or hold',
    { guard: { disabled: { percent: 5 } } },
    [['$.guard.disabled.percent', 'settings-member-unknown']],
  ],
  ['another word than off', { guard: 'on' }, [['$.guard', 'settings-member-form']]],
  ['a limit that is true', { guard: { disabled: true } }, [['$.guard.disabled', 'settings-member-form']]],
  ['a limit that is a number', { guard: { disabled: 5 } }, [['$.guard.disabled', 'settings-member-form']]],
  ['a limit without figures', { guard: { rows: { hold: {} } } }, [['$.guard.rows.hold', 'settings-member-form']]],
  ['a limit that is empty', { guard: { rows: {} } }, [['$.guard.rows', 'settings-member-form']]],
  [
    'more than everybody',
    { guard: { disabled: { hold: { percent: 101 } }, rows: { hold: { lessPercent: 101 } } } },
    [
      ['$.guard.disabled.hold.percent', 'settings-member-form'],
      ['$.guard.rows.hold.lessPercent', 'settings-member-form'],
    ],
  ],
  [
    'half a per cent',
    { guard: { created: { warn: { percent: 0.5 } } } },
    [['$.guard.created.warn.percent', 'settings-member-form']],
  ],
  [
    'less than nobody',
    { guard: { created: { warn: { count: -1 } } } },
    [['$.guard.created.warn.count', 'settings-member-form']],
  ],
  ['an unknown first run', { guard: { firstRun: 'ask' } }, [['$.guard.firstRun', 'settings-member-form']]],
  ['a split without take', leaf({ split: { on: ' ' } }), [['$.mapping.title.split.take', 'settings-member-missing']]],
];

test.each(seenByEditors)('%s is a problem at its path, and for editors too', (_name, members, problems) => {
  expect(problemsOf(members)).toEqual(problems);
  expect(validatePublished(JSON.parse(JSON.stringify({ ...base, ...members })))).toBe(false);
});

const beyondSchema: readonly (readonly [
  name: string,
  members: object,
  problems: readonly (readonly [string, string])[],
])[] = [
  ['another name than the folder', { name: 'other' }, [['$.name', 'settings-name-differs']]],
  [
    'a number from which no percentage counts',
    { guard: { disabled: { hold: { count: 5, atLeast: 5 } }, rows: { warn: { atLeast: 5 } } } },
    [
      ['$.guard.disabled.hold.atLeast', 'settings-limit-idle'],
      ['$.guard.rows.warn.atLeast', 'settings-limit-idle'],
    ],
  ],
  [
    'a warning above the hold',
    {
      guard: {
        disabled: { warn: { count: 21, percent: 3 }, hold: { count: 20, percent: 2 } },
        rows: { warn: { lessPercent: 6, morePercent: 5 }, hold: { lessPercent: 5, morePercent: 5 } },
      },
    },
    [
      ['$.guard.disabled.warn.count', 'settings-limit-order'],
      ['$.guard.disabled.warn.percent', 'settings-limit-order'],
      ['$.guard.rows.warn.lessPercent', 'settings-limit-order'],
    ],
  ],
  [
    'a warning above the hold that applies unless another is written',
    { guard: { disabled: { warn: { percent: 6 } } } },
    [['$.guard.disabled.warn.percent', 'settings-limit-order']],
  ],
  ['a broken pattern', { id: { column: 'A', pattern: '(' } }, [['$.id.pattern', 'settings-pattern-invalid']]],
  [
    'an unknown encoding',
    { file: { format: 'csv', encoding: 'utf-9' } },
    [['$.file.encoding', 'settings-encoding-unknown']],
  ],
  [
    'a byte notation as encoding',
    { file: { format: 'csv', encoding: 'base64' } },
    [['$.file.encoding', 'settings-encoding-unknown']],
  ],
  [
    'an alias for two columns',
    { file: { format: 'csv', aliases: { A: ['X'], B: ['x '] } } },
    [['$.file.aliases.B[0]', 'settings-alias-twice']],
  ],
  [
    'an alias that is a column',
    { file: { format: 'csv', aliases: { A: ['b'], B: ['Y'] } } },
    [['$.file.aliases.A[0]', 'settings-alias-twice']],
  ],
  [
    'an alias for two columns, but for separators and accents',
    { file: { format: 'csv', aliases: { A: ['Personal-Nr'], B: ['personal nr', 'P\u00e9rsonal.Nr'] } } },
    [
      ['$.file.aliases.B[0]', 'settings-alias-twice'],
      ['$.file.aliases.B[1]', 'settings-alias-twice'],
    ],
  ],
  [
    'an alias that is a column of the mapping',
    { file: { format: 'csv', aliases: { Status: ['e-mail'] } } },
    [['$.file.aliases.Status[0]', 'settings-alias-twice']],
  ],
  [
    'an alias for two columns, with other mistakes',
    { name: 'other', mapping: { title: { trim: true } }, file: { format: 'csv', aliases: { A: ['X'], B: ['x'] } } },
    [
      ['$.mapping.title', 'settings-leaf-source'],
      ['$.name', 'settings-name-differs'],
      ['$.file.aliases.B[0]', 'settings-alias-twice'],
    ],
  ],
  [
    'an alias that is the first member on a path',
    {
      file: { format: 'json', aliases: { Code: ['Job'], 'job.title': ['Titel'] } },
      mapping: { title: 'job.title', userType: 'Code' },
    },
    [['$.file.aliases.Code[0]', 'settings-alias-twice']],
  ],
  [
    'a word in both lists',
    { active: { column: 'S', active: ['Active'], inactive: ['Left', ' ACTIVE '] } },
    [['$.active.inactive[1]', 'settings-status-overlap']],
  ],
  [
    'a word in both lists, once composed',
    { active: { column: 'S', active: ['Employe\u0301'], inactive: ['employ\u00e9'] } },
    [['$.active.inactive[0]', 'settings-status-overlap']],
  ],
  [
    'a word twice',
    { active: { column: 'S', active: ['A', 'a'], inactive: [] } },
    [['$.active.active[1]', 'settings-status-overlap']],
  ],
  [
    'placeholders of init, but for those of the job',
    {
      job: { servicePrincipalId: 'REPLACE-WITH-ID', jobId: 'REPLACE-WITH-JOB-ID' },
      id: 'REPLACE-WITH-ID-COLUMN',
      active: { column: 'S', active: ['REPLACE-WITH-ACTIVE-WORD'], inactive: [] },
      mapping: { userName: { column: 'REPLACE-WITH-SIGN-IN-NAME-COLUMN', required: true } },
    },
    [
      ['$.id', 'settings-placeholder'],
      ['$.active.active[0]', 'settings-placeholder'],
      ['$.mapping.userName.column', 'settings-placeholder'],
    ],
  ],
  [
    'a rule for several rows of a person that asks what an earlier one asks',
    {
      rowsPerPerson: {
        prefer: [
          'active',
          { column: 'Main', values: ['Y', 'J'] },
          { column: 'Hired', latest: true, date: { format: 'yyyy-MM-dd' } },
          'active',
          { column: 'Main', values: [' j', 'y'] },
          { column: 'Hired', latest: true, date: { format: 'yyyy-MM-dd' } },
        ],
      },
    },
    [
      ['$.rowsPerPerson.prefer[3]', 'settings-rule-contradiction'],
      ['$.rowsPerPerson.prefer[4]', 'settings-rule-contradiction'],
      ['$.rowsPerPerson.prefer[5]', 'settings-rule-contradiction'],
    ],
  ],
  [
    'rules that can never decide',
    {
      file: { format: 'csv', blank: ['-'] },
      active: { column: 'S', active: ['A'], inactive: [] },
      rowsPerPerson: { prefer: ['active', { column: 'Id', values: ['7'] }, { column: 'Main', values: ['Y', ' - '] }] },
    },
    [
      ['$.rowsPerPerson.prefer[0]', 'settings-rule-contradiction'],
      ['$.rowsPerPerson.prefer[1].column', 'settings-rule-contradiction'],
      ['$.rowsPerPerson.prefer[2].values[1]', 'settings-blank-word-used'],
    ],
  ],
  [
    'rules that ask for words of the status, beside the rule that asks for the status',
    {
      active: { column: 'S', active: ['A', 'On leave'], inactive: ['L'] },
      rowsPerPerson: { prefer: ['active', { column: 'S', values: ['on LEAVE', 'a'] }, { column: 'S', values: ['L'] }] },
    },
    [
      ['$.rowsPerPerson.prefer[1]', 'settings-rule-contradiction'],
      ['$.rowsPerPerson.prefer[2]', 'settings-rule-contradiction'],
    ],
  ],
  [
    'the rule that asks for the status, behind one that asks for all of its words of a kind',
    {
      active: { column: 'S', active: ['A'], inactive: ['L'] },
      rowsPerPerson: { prefer: [{ column: 'S', values: ['A'] }, 'active'] },
    },
    [['$.rowsPerPerson.prefer[1]', 'settings-rule-contradiction']],
  ],
  [
    'a blank status word, told once',
    { active: { column: 'S', active: [''], inactive: ['Left', ' '] } },
    [
      ['$.active.active[0]', 'settings-member-form'],
      ['$.active.inactive[1]', 'settings-member-form'],
    ],
  ],
  [
    'rules of two kinds, of none, or half of one',
    {
      rowsPerPerson: {
        prefer: [
          { column: 'A', values: ['Y'], latest: true },
          { column: 'B', values: ['Y'], date: { format: 'yyyy-MM-dd' } },
          { column: 'C' },
          { column: 'D', latest: true },
          { column: 'E', date: { format: 'yyyy-MM-dd' } },
          { column: 'F', latest: true, date: { format: 'yy', zone: 'Mars' } },
        ],
      },
    },
    [
      ['$.rowsPerPerson.prefer[0].latest', 'settings-rule-contradiction'],
      ['$.rowsPerPerson.prefer[1].date', 'settings-rule-contradiction'],
      ['$.rowsPerPerson.prefer[2].values', 'settings-member-missing'],
      ['$.rowsPerPerson.prefer[3].date', 'settings-member-missing'],
      ['$.rowsPerPerson.prefer[4].latest', 'settings-member-missing'],
      ['$.rowsPerPerson.prefer[5].date.format', 'settings-date-format'],
      ['$.rowsPerPerson.prefer[5].date.zone', 'settings-date-zone'],
    ],
  ],
  [
    'rules without a word, and no rule',
    { rowsPerPerson: { prefer: [{ column: 'A', values: [] }, 'activ'] } },
    [
      ['$.rowsPerPerson.prefer[0].values', 'settings-member-form'],
      ['$.rowsPerPerson.prefer[1]', 'settings-member-form'],
    ],
  ],
  ['an empty list of rules', { rowsPerPerson: { prefer: [] } }, [['$.rowsPerPerson.prefer', 'settings-member-form']]],
  [
    'a word for blank that is a status word',
    {
      file: { format: 'csv', blank: ['-', 'null'] },
      active: { column: 'S', active: ['A'], inactive: ['Left', ' NULL'] },
    },
    [['$.active.inactive[1]', 'settings-blank-word-used']],
  ],
  [
    'words for blank that tables of values name',
    {
      file: { format: 'csv', blank: ['-'] },
      mapping: {
        title: { column: 'T', values: { '-': 'None', x: 'X' } },
        name: { givenName: { column: 'N', blank: ['tbd'], values: { TBD: 'x' } } },
      },
    },
    [
      ['$.mapping.title.values["-"]', 'settings-blank-word-used'],
      ['$.mapping.name.givenName.values.TBD', 'settings-blank-word-used'],
    ],
  ],
  [
    'a word for blank that is blank',
    { file: { format: 'csv', blank: [' '] } },
    [['$.file.blank[0]', 'settings-member-form']],
  ],
  [
    'a form of what is no sign-in name',
    leaf({ column: 'T', form: 'upn' }),
    [['$.mapping.title.form', 'settings-leaf-contradiction']],
  ],
  ['nothing to read', { mapping: { title: { trim: true } } }, [['$.mapping.title', 'settings-leaf-source']]],
  ['two things to read', leaf({ expression: 'A' }), [['$.mapping.title', 'settings-leaf-source']]],
  [
    'a rule with a constant',
    { mapping: { title: { const: 'A', case: 'upper' } } },
    [['$.mapping.title.case', 'settings-leaf-contradiction']],
  ],
  [
    'an empty constant',
    { mapping: { title: { const: '' } } },
    [['$.mapping.title.const', 'settings-leaf-contradiction']],
  ],
  [
    'a number for a string',
    { mapping: { title: { const: 5 } } },
    [['$.mapping.title.const', 'settings-attribute-type']],
  ],
  ['another type than the schema', leaf({ type: 'integer' }), [['$.mapping.title.type', 'settings-attribute-type']]],
  [
    'a table of the wrong type',
    leaf({ values: { a: true } }),
    [['$.mapping.title.values.a', 'settings-attribute-type']],
  ],
  [
    'a date in a boolean',
    { mapping: { emails: [{ primary: { column: 'A', date: { format: 'dd/MM/yyyy' } } }] } },
    [['$.mapping.emails[0].primary.date', 'settings-attribute-type']],
  ],
  [
    'a date that is a phone',
    leaf({ date: { format: 'dd/MM/yyyy' }, phone: { country: 'DE' } }),
    [['$.mapping.title.phone', 'settings-leaf-contradiction']],
  ],
  ['unknown without a table', leaf({ unknown: 'keep' }), [['$.mapping.title.unknown', 'settings-leaf-contradiction']]],
  [
    'required and omit',
    leaf({ required: true, whenEmpty: 'omit' }),
    [['$.mapping.title.whenEmpty', 'settings-leaf-contradiction']],
  ],
  [
    'default and clear',
    leaf({ default: 'x', whenEmpty: 'clear' }),
    [['$.mapping.title.whenEmpty', 'settings-leaf-contradiction']],
  ],
  [
    'a table of texts that never match',
    leaf({ case: 'lower', values: { Kiel: 'x', ' a': 'x', '': 'x', oslo: 'x' } }),
    [
      ['$.mapping.title.values.Kiel', 'settings-leaf-contradiction'],
      ['$.mapping.title.values[" a"]', 'settings-leaf-contradiction'],
      ['$.mapping.title.values[""]', 'settings-leaf-contradiction'],
    ],
  ],
  [
    'the enterprise extension in another case',
    { mapping: { 'urn:ietf:params:scim:schemas:extension:Enterprise:2.0:User': { department: 'A' } } },
    [['$.mapping["urn:ietf:params:scim:schemas:extension:Enterprise:2.0:User"]', 'settings-attribute-unknown']],
  ],
  [
    'the core schema as an extension',
    { mapping: { 'urn:ietf:params:scim:schemas:core:2.0:User': { title: 'A' } } },
    [['$.mapping["urn:ietf:params:scim:schemas:core:2.0:User"]', 'settings-extension-unknown']],
  ],
  [
    'bytes in letters as an encoding',
    { file: { format: 'csv', encoding: 'Base-64' } },
    [['$.file.encoding', 'settings-encoding-unknown']],
  ],
  [
    'a broken expression',
    { mapping: { title: { expression: 'A &' } } },
    [['$.mapping.title.expression', 'settings-expression-syntax']],
  ],
  [
    'a zone that does not exist',
    leaf({ date: { format: 'dd/MM/yyyy', zone: 'Mars/Base' } }),
    [['$.mapping.title.date.zone', 'settings-date-zone']],
  ],
  [
    'the zone of the computer',
    leaf({ date: { format: 'dd/MM/yyyy', zone: 'local' } }),
    [['$.mapping.title.date.zone', 'settings-date-zone']],
  ],
  [
    'a phone country that does not exist',
    leaf({ phone: { country: 'XX' } }),
    [['$.mapping.title.phone.country', 'settings-country-unknown']],
  ],
  [
    'a custom attribute with a space',
    { mapping: { [custom]: { 'hire date': 'A' } } },
    [[`$.mapping["${custom}"]["hire date"]`, 'settings-attribute-unknown']],
  ],
];

test.each(beyondSchema)('%s is a problem at its path', (_name, members, problems) => {
  expect(problemsOf(members)).toEqual(problems);
});

test.each([
  '$now()',
  '$millis()',
  '$random()',
  '$shuffle([1])',
  '$eval("1")',
  '$map([1], $random)',
  '($f := $now; $f())',
  '$toMillis(A)',
])('the expression %s is refused: it depends on more than the row', (expression) => {
  expect(problemsOf({ mapping: { title: { expression } } })).toEqual([
    ['$.mapping.title.expression', 'settings-expression-forbidden'],
  ]);
});

test.each([
  'DD/MM/YYYY',
  'dd/mm/yyyy',
  'yyyy',
  'MM/dd',
  'D',
  'dd/MM/yyyy hh:mm',
  'yyyy-MM-ddTHH:mm',
  'x',
  'dMyyyy',
  'yyMd',
  'd/M/yyyy Hm',
])('the date form %s is refused', (format) => {
  expect(problemsOf(leaf({ date: { format } }))).toEqual([['$.mapping.title.date.format', 'settings-date-format']]);
  expect(problemsOf(leaf({ date: { format: ['dd/MM/yyyy', format] } }))).toEqual([
    ['$.mapping.title.date.format[1]', 'settings-date-format'],
  ]);
});

test.each([
  'dd/MM/yyyy',
  'd.M.yy',
  "yyyy-MM-dd'T'HH:mm:ssZZ",
  'yyyyMMdd',
  'dd MMM yyyy',
  'yyMMdd',
  'dMMyyyy',
  'yyyy-ooo',
  'hh:mm a dd/MM/yyyy',
])('the date form %s is accepted', (format) => expect(problemsOf(leaf({ date: { format } }))).toEqual([]));

test.each([
  ['UTC', true],
  ['utc+2', true],
  ['UTC-03:30', true],
  ['Europe/Berlin', true],
  ['America/Argentina/Buenos_Aires', true],
  ['UTC+15', false],
  ['system', false],
  ['Berlin', false],
])('the date zone %s: %s', (zone, isKnown) => {
  const expected = isKnown ? [] : [['$.mapping.title.date.zone', 'settings-date-zone']];
  expect(problemsOf(leaf({ date: { format: 'dd/MM/yyyy', zone } }))).toEqual(expected);
});

test('all mistakes are reported at once', () => {
  const problems = problemsOf({
    name: 'x',
    file: { format: 'y' },
    id: 1,
    extra: 2,
    mapping: { nick: 'A', title: { const: 1 } },
  });
  expect(problems.map(([path]) => path).sort()).toEqual([
    '$.extra',
    '$.file.format',
    '$.id',
    '$.mapping.nick',
    '$.mapping.title.const',
    '$.name',
  ]);
});

test.each([
  ['{\n  "name": "test",\n  "file": }', 'line 3, column 11'],
  ['', 'line 1, column 1'],
  ['{"a": 1,}', 'line 1, column 9'],
  ['{"a": 1} x', 'line 1, column 10'],
  ["{'a': 1}", 'line 1, column 2'],
])('broken JSON %j is one problem with its place', (text, place) => {
  const parsed = parseSourceSettings(text, 'test');
  expect(parsed).toMatchObject({ ok: false, problems: [{ path: '$', code: 'settings-not-json' }] });
  expect(parsed.ok ? '' : sentenceOf(parsed.problems[0]!)).toContain(`${place}.`);
});

test('a repeated member is a problem at its path', () => {
  const text = JSON.stringify(base).replace('"userName":"Email"', '"userName":"Email","userName":"Mail"');
  expect(parseSourceSettings(text, 'test')).toMatchObject({
    problems: [{ path: '$.mapping.userName', code: 'settings-key-twice' }],
  });
});

test('a byte order mark before the settings is skipped', () => {
  expect(parseSourceSettings(`\uFEFF${JSON.stringify(base)}`, 'test')).toMatchObject({ ok: true });
});

test.each(['[]', '5', 'null', '"x"'])('settings that are %s are a problem, not an exception', (text) => {
  expect(parseSourceSettings(text, 'test')).toMatchObject({ ok: false, problems: [{ path: '$' }] });
});

test('defaults are filled in', () => {
  expect(settingsOf({})).toMatchObject({
    file: { pattern: '*', content: 'changes', skipLines: 0 },
    job: { target: 'entra' },
  });
});

test.each([
  ['*.csv', 'people.CSV', true],
  ['*.csv', 'people.csv.bak', false],
  ['hr-????.csv', 'HR-2026.csv', true],
  ['hr-????.csv', 'hr-26.csv', false],
  ['a+b(1).csv', 'a+b(1).csv', true],
  ['a.csv', 'abcsv', false],
  ['**', 'anything', true],
  ['*', '', true],
  ['?', '', false],
  ['*a?c*', 'xabaacy', true],
  ['*a*b', 'aab', true],
  ['*a*b', 'aabc', false],
  // As a regular expression this would never end.
  ['*a'.repeat(30) + '*b', 'a'.repeat(200), false],
])('the pattern %s and the file %s: %s', (pattern, fileName, expected) => {
  expect(matchesFilePattern(settingsOf({ file: { format: 'csv', pattern } }), fileName)).toBe(expected);
});

test('the expectation names the columns that are indispensable, and all that are mapped', () => {
  const mapping = {
    userName: { expression: '$lowercase(First) & "@" & Domain' },
    title: 'Title',
    nickName: { expression: 'Nicks[Kind="x"].Name' },
    userType: { column: 'Kind', values: { '#N/A': '' } },
  };
  const settings = settingsOf({
    id: { column: 'Id', pattern: '\\d+' },
    mapping,
    file: { format: 'csv', encoding: 'UTF8', delimiter: ';' },
  });
  expect(exportExpectation(settings, 'a.csv', 12)).toMatchObject({
    fileName: 'a.csv',
    byteLength: 12,
    encoding: 'utf-8',
    delimiter: ';',
    requiredColumns: ['Id', 'Status', 'First', 'Domain'],
    mappedColumns: ['Id', 'Status', 'First', 'Domain', 'Title', 'Nicks', 'Kind'],
    knownTexts: { Kind: ['#N/A'] },
    idColumn: 'Id',
    idPattern: '\\d+',
  });
});

describe('inactive people of whom nothing was ever sent', () => {
  const leaveDate = { column: 'Gone', date: { format: 'dd/MM/yyyy' }, olderThanDays: 30 };
  test('are sent unless the settings say otherwise', () => {
    expect(settingsOf({}).unknownInactive).toBe('send');
    expect(settingsOf({ unknownInactive: 'skip' }).unknownInactive).toBe('skip');
    expect(settingsOf({ unknownInactive: { leaveDate } }).unknownInactive).toEqual({ leaveDate });
  });
  test('the column with the leave date is one that is read', () => {
    const { mappedColumns, requiredColumns } = exportExpectation(
      settingsOf({ unknownInactive: { leaveDate } }),
      'people.csv',
      null,
    );
    expect(mappedColumns).toContain('Gone');
    expect(requiredColumns).not.toContain('Gone');
  });
  test.each([
    ['sned', '$.unknownInactive', 'settings-member-form'],
    [5, '$.unknownInactive', 'settings-member-form'],
    [{}, '$.unknownInactive.leaveDate', 'settings-member-missing'],
    [
      { leaveDate: { ...leaveDate, olderThanDays: undefined } },
      '$.unknownInactive.leaveDate.olderThanDays',
      'settings-member-missing',
    ],
    [
      { leaveDate: { ...leaveDate, olderThanDays: 0 } },
      '$.unknownInactive.leaveDate.olderThanDays',
      'settings-member-form',
    ],
    [
      { leaveDate: { ...leaveDate, date: { format: 'DD/MM/YYYY' } } },
      '$.unknownInactive.leaveDate.date.format',
      'settings-date-format',
    ],
    [
      { leaveDate: { ...leaveDate, date: { format: 'dd/MM/yyyy', zone: 'Mars' } } },
      '$.unknownInactive.leaveDate.date.zone',
      'settings-date-zone',
    ],
  ])('the mistake in %j is told at its place', (unknownInactive, path, code) => {
    expect(problemsOf({ unknownInactive })).toEqual([[path, code]]);
  });
});
