// Values for every code of every table: one case for each form that its sentence takes, and 1 and 2 wherever it counts.
import type { cliCodes } from '../../../cli/cli-codes';
import type { appCodes } from '../../../functions/app-codes';
import type { CodeTable, ValuesOf } from '../../../shared/core/codes';
import type { Quote } from '../../../shared/core/message';
import type { deliveryCodes } from '../../../shared/delivery/delivery-codes';
import type { exportCodes } from '../../../shared/export/export-codes';
import type { graphCodes } from '../../../shared/graph/graph-codes';
import type { guardCodes } from '../../../shared/guard/guard-codes';
import { PEOPLE_LIMITS } from '../../../shared/guard/guard-counts';
import type { Tripped } from '../../../shared/guard/tripped';
import type { mappingCodes } from '../../../shared/mapping/mapping-codes';
import type { missingCodes } from '../../../shared/missing/missing-codes';
import type { rosterCodes } from '../../../shared/roster/roster-codes';
import type { runCodes } from '../../../shared/run/run-codes';
import type { sourceCodes } from '../../../shared/source/source-codes';
import type { verdictCodes } from '../../../shared/verdict/verdict-codes';

/** A code that is left out does not compile. */
type SamplesOf<T extends CodeTable> = { readonly [C in keyof T]: readonly [ValuesOf<T, C>, ...ValuesOf<T, C>[]] };

const q = (text: string): Quote => ({ quote: text });
const none = [{}] as const;
const place = { column: q('Title'), attribute: 'title' };
const placeless = { column: null, attribute: 'title' };
const value = q('x');
const dates = [
  { ...place, value, forms: [q('dd/MM/yyyy')] },
  { ...place, value, forms: [] },
  { ...placeless, value, forms: [q('dd/MM/yyyy'), q('yyyy-MM-dd')] },
] as const;
const troubles = [
  { ...place, trouble: 'library', words: q('The left side of the "+" operator must evaluate to a number.') },
  { ...place, trouble: 'text-too-long', maxChars: 100_000 },
  { ...place, trouble: 'too-slow', maxMs: 250 },
  { ...place, trouble: 'ended', maxMs: 2_000, maxMegabytes: 128 },
  { ...place, trouble: 'not-offered', name: 'now' },
] as const;
const at = [{ path: '$.mapping.title' }] as const;

/** Each limit, with one and with several people, lines and figures. */
const everyTrip: readonly Tripped[] = [
  { limit: 'firstRun', count: 1, base: 0, lines: [] },
  { limit: 'firstRun', count: 2, base: 0, lines: [] },
  ...[...PEOPLE_LIMITS, 'rejected' as const].flatMap((limit): readonly Tripped[] => [
    { limit, count: 1, base: 1, by: 'percent', allowed: 5, lines: [2] },
    { limit, count: 2, base: 10, by: 'percent', allowed: 5, lines: [2] },
    { limit, count: 1, base: 7, by: 'count', allowed: 0, lines: [] },
    { limit, count: 7, base: 10, by: 'count', allowed: 1, lines: [2, 3, 4, 5, 6] },
    { limit, count: 3, base: 10, by: 'count', allowed: 2, lines: [2, 3, 4] },
  ]),
  ...[1, 2].flatMap((count): readonly Tripped[] => {
    const column = { limit: 'column', column: q('Title'), count, base: count, lines: [] } as const;
    return [
      { ...column, became: 'empty', allowed: null },
      { ...column, became: 'constant', allowed: null },
      { ...column, became: 'changed', allowed: 30 },
    ];
  }),
  { limit: 'rows', became: 'fewer', count: 1, base: 2, allowed: 20, lines: [] },
  { limit: 'rows', became: 'more', count: 2, base: 1, allowed: 50, lines: [] },
];

export const samples: {
  readonly export: SamplesOf<typeof exportCodes>;
  readonly mapping: SamplesOf<typeof mappingCodes>;
  readonly source: SamplesOf<typeof sourceCodes>;
  readonly run: SamplesOf<typeof runCodes>;
  readonly guard: SamplesOf<typeof guardCodes>;
  readonly roster: SamplesOf<typeof rosterCodes>;
  readonly missing: SamplesOf<typeof missingCodes>;
  readonly delivery: SamplesOf<typeof deliveryCodes>;
  readonly graph: SamplesOf<typeof graphCodes>;
  readonly verdict: SamplesOf<typeof verdictCodes>;
  readonly app: SamplesOf<typeof appCodes>;
  readonly cli: SamplesOf<typeof cliCodes>;
} = {
  export: {
    'file-empty': [
      { content: 'no-bytes' },
      { content: 'no-bytes-unpacked' },
      { content: 'blank' },
      { content: 'no-rows' },
    ],
    'file-without-rows': [{ format: 'csv' }, { format: 'json' }],
    'file-too-large': [{ maxBytes: 1 }, { maxBytes: 2 }],
    'file-truncated': [
      { within: 'upload', received: 1, announced: 2 },
      { within: 'upload', received: 0, announced: 1 },
      { within: 'archive' },
      { within: 'document', line: null },
      { within: 'document', line: 3 },
      { within: 'character', line: 3 },
      { within: 'quoted-cell', line: 3 },
      { within: 'record', line: 3 },
      { within: 'row', line: 3, cells: 1, expected: 2 },
    ],
    'file-length-differs': [
      { read: 2, announced: 1 },
      { read: 3, announced: 2 },
    ],
    'file-is-spreadsheet': none,
    'file-of-wrong-kind': [
      { content: 'pdf' },
      { content: 'image' },
      { content: 'program' },
      { content: 'archive' },
      { content: 'database' },
      { content: 'rich-text' },
      { content: 'web-page' },
      { content: 'xml' },
      { content: 'binary' },
      { content: 'packed-twice' },
    ],
    'file-in-other-format': [{ expected: 'csv' }, { expected: 'json' }],
    'archive-damaged': [
      { damage: 'data' },
      { damage: 'checksum' },
      { damage: 'encrypted' },
      { damage: 'trailing-data' },
      { damage: 'no-directory' },
      { damage: 'other-directory' },
      { damage: 'method', method: 12 },
    ],
    'archive-of-many-files': [{ files: 'many' }, { files: 'none' }],
    'inflated-too-large': [
      { limit: 'bytes', max: 1 },
      { limit: 'bytes', max: 2 },
      { limit: 'ratio', max: 200 },
    ],
    'manifest-invalid': [{ mistake: 'missing' }, { mistake: 'not-object' }, { mistake: 'members' }],
    'manifest-differs': [
      { what: 'rows', announced: 1, found: 2 },
      { what: 'rows', announced: 2, found: 1 },
      { what: 'sha256' },
    ],
    'encoding-unsupported': [{ declared: q('ebcdic') }],
    'encoding-contradicted': [{ declared: 'utf-8', mark: 'utf-16le' }],
    'encoding-doubtful': [
      { doubt: 'no-words', guess: null },
      { doubt: 'no-words', guess: 'koi8-r' },
      {
        doubt: 'two-readings',
        first: value,
        firstEncoding: 'windows-1252',
        second: value,
        secondEncoding: 'iso-8859-2',
      },
      {
        doubt: 'turns-later',
        first: value,
        firstEncoding: 'windows-1252',
        second: value,
        secondEncoding: 'iso-8859-2',
      },
      { doubt: 'odd-later', encoding: 'windows-1252', value },
    ],
    'byte-undecodable': [
      { encoding: 'utf-8', line: 7, isExact: true, byte: null },
      { encoding: 'windows-1252', line: 7, isExact: true, byte: '0x81' },
      { encoding: 'utf-16be', line: 7, isExact: false, byte: null },
    ],
    'text-damaged': [
      { damage: 'letter-lost', line: 3, column: q('Name'), value },
      { damage: 'letters-split', line: 3, column: q('Name'), value },
      { damage: 'noncharacters' },
    ],
    'column-missing': [
      { format: 'csv', missing: [q('Id')], line: 1, found: [q('a'), q('b')], isSingle: false },
      { format: 'csv', missing: [q('Id'), q('Status')], line: 1, found: [q('a')], isSingle: true },
      { format: 'json', member: q('id') },
    ],
    'column-doubled': [
      { column: q('Id'), line: 1 },
      { column: q('Id'), first: q('ID'), second: q('Personnel') },
    ],
    'header-too-large': [{ columns: 16_385 }],
    'row-too-wide': [{ line: 3, cells: 1_000_000, maxCells: 32_768 }],
    'file-of-too-many-rows': [{ maxRows: 5_000_000 }],
    'quotes-misplaced': [
      { spoiled: 1, rows: 1, line: 2 },
      { spoiled: 2, rows: 2, line: 3 },
    ],
    'quote-never-closed': [{ line: 3, lines: 2 }],
    'record-too-large': [
      { line: 3, maxChars: null },
      { line: 3, maxChars: 1_000_000 },
    ],
    'id-pattern-slow': [
      { pattern: q('(a?){500}'), seconds: 10, ids: 1 },
      { pattern: q('(a?){500}'), seconds: 10, ids: 2_000 },
    ],
    'json-broken': (['unopened', 'after-end', 'colon', 'comma', 'key', 'key-text', 'value'] as const).map(
      (mistake) => ({
        line: 3,
        mistake,
      }),
    ) as unknown as SamplesOf<typeof exportCodes>['json-broken'],
    'json-records-missing': [
      { found: 'none', path: null },
      { found: 'none', path: q('a.b') },
      { found: 'many', path: null },
      { found: 'many', path: q('a.b') },
      { found: 'object' },
      { found: 'no-members' },
    ],
    'row-ragged': [
      { cells: 1, expected: 2 },
      { cells: 2, expected: 1 },
    ],
    'quote-misplaced': none,
    'cell-too-long': [{ column: q('Title'), chars: 40_000, maxChars: 32_767 }],
    'control-character': [{ column: q('Title'), character: 'U+0000', value }],
    'invisible-character': [{ column: q('Title'), character: 'U+200B', value }],
    'id-in-scientific-notation': [{ id: q('1.23E+05') }],
    'id-as-formula': [{ id: q('="00123"') }],
    'id-as-number': [{ id: q('5001.0'), restored: q('5001') }],
    'excel-error-value': [{ column: q('Title'), value: q('#N/A') }],
    'object-in-place-of-text': [{ column: q('Title'), value: q('System.Object[]') }],
    'blank-word': [{ column: q('EmployeeID'), word: q('NULL') }],
    'id-lost-zeros': [{ id: q('123'), restored: q('00123') }],
    'id-of-wrong-form': [{ id: q('x'), pattern: q('\\d{5}') }],
    'id-too-long': [{ id: q('x…'), chars: 32_000, maxChars: 256 }],
    'json-record-broken': none,
    'json-record-not-object': [{ value: q('17') }],
    'json-record-too-deep': [{ depth: 101, maxDepth: 100 }],
    'json-record-too-wide': [{ parts: 60_001, maxParts: 16_384 }],
    'json-key-doubled': [{ key: q('id') }, { column: q('Id') }],
    'encoding-detected': [
      { encoding: 'windows-1252', samples: [] },
      { encoding: 'windows-1252', samples: [q('José'), q('Zoë')] },
    ],
    'column-renamed': [{ written: q('ID'), column: q('Id') }],
    'column-unknown': [
      { count: 1, columns: [q('a')] },
      { count: 2, columns: [q('a'), q('b')] },
      { count: 11, columns: [q('a')] },
    ],
    'column-absent': [
      { format: 'csv', column: q('Title') },
      { format: 'json', column: q('title') },
    ],
    'header-changed': [
      { gone: [q('a')], added: [], moreGone: 0, moreAdded: 0 },
      { gone: [], added: [q('b')], moreGone: 0, moreAdded: 0 },
      { gone: [q('a')], added: [q('b')], moreGone: 1_000, moreAdded: 2_000 },
      { gone: [], added: [], moreGone: 0, moreAdded: 0 },
    ],
    'preamble-skipped': [
      { lines: 1, headerLine: 2 },
      { lines: 2, headerLine: 3 },
    ],
    'blank-words-undeclared': [
      { column: q('Title'), words: [q('NULL')], cells: 23, line: 4, areLeftOut: false },
      { column: q('Manager'), words: [q('nan'), q('-')], cells: 1, line: 1_004, areLeftOut: true },
      { column: q('Title'), words: [q('nan'), q('-'), q('None')], cells: 4, line: 4, areLeftOut: false },
    ],
    'ids-of-other-form': [
      { column: q('EmployeeID'), ids: [q('TOTAL')], count: 1, line: 1_002 },
      { column: q('EmployeeID'), ids: [q('X1'), q('X2')], count: 7, line: 4 },
    ],
    'spaces-made-plain': [
      { values: 1, line: 2 },
      { values: 12, line: 1_002 },
    ],
    'direction-marks-trimmed': [
      { values: 1, line: 2 },
      { values: 12, line: 1_002 },
    ],
    'accents-composed': [
      { values: 1, line: 3 },
      { values: 2, line: 3 },
    ],
  },
  mapping: {
    'id-missing': [place, placeless],
    'status-missing': [place],
    'status-unknown': [
      { ...place, value },
      { ...place, value: null },
    ],
    'value-missing': [place, placeless],
    'value-not-in-table': [{ ...place, value }],
    'value-not-single': [place],
    'value-not-boolean': [{ ...place, value }],
    'value-not-integer': [{ ...place, value }],
    'number-imprecise': [place],
    'value-too-long': [
      { ...place, maxChars: 1 },
      { ...placeless, maxChars: 2 },
    ],
    'user-name-form': [
      { ...place, character: null },
      { ...placeless, character: q('’') },
    ],
    'user-names-without-domain': [
      { users: 1, line: 2 },
      { users: 1_000, line: 4 },
    ],
    'manager-id-damaged': [
      { ...place, value: q('5003.0') },
      { ...placeless, value: q('1.23E+05') },
    ],
    'user-not-scim': [
      { ...place, rule: 'type' },
      { ...place, rule: 'minLength' },
      { ...placeless, rule: 'unheard' },
    ],
    'date-unreadable': dates,
    'date-impossible': dates,
    'date-ambiguous': dates,
    'date-excel-serial': dates,
    'phone-unreadable': [{ ...place, value }],
    'phone-extension': [{ ...place, value }],
    'country-unknown': [{ ...place, value }],
    'expression-failed': troubles,
    'expression-limit': troubles,
    'expressions-unavailable': none,
    'expression-always-slow': [{ maxMs: 250, rows: 40 }],
    'user-name-missing': none,
    'id-longer-than-employee-id': [{ maxChars: 16 }],
  },
  source: {
    'settings-not-json': [{ line: 3, column: 5 }],
    'settings-too-large': [
      ...(['bytes', 'attributes', 'expressions'] as const).map((excess) => ({ excess, max: 1_000 })),
      ...(['depth', 'values', 'chars'] as const).map((excess) => ({ excess, max: 100, line: 3, column: 2 })),
    ] as unknown as SamplesOf<typeof sourceCodes>['settings-too-large'],
    'settings-key-twice': none,
    'settings-member-missing': none,
    'settings-member-unknown': none,
    'settings-member-form': [
      { rule: 'one-of', allowed: [q('csv'), q('json')] },
      { rule: 'type', types: ['string'] },
      { rule: 'type', types: ['string', 'object'] },
      { rule: 'pattern', pattern: q('^x$') },
      { rule: 'column-or-object' },
      { rule: 'false-or-object' },
      { rule: 'empty' },
      { rule: 'other' },
      { rule: 'minLength', limit: 1 },
      { rule: 'minLength', limit: 2 },
      { rule: 'maxLength', limit: 63 },
      { rule: 'minItems', limit: 1 },
      { rule: 'minProperties', limit: 2 },
      { rule: 'maxItems', limit: 1 },
      { rule: 'minimum', limit: 1 },
      { rule: 'maximum', limit: 1_000 },
    ],
    'settings-name-differs': [{ folder: q('contoso-hr') }],
    'settings-status-overlap': [{ word: q('Left'), list: 'inactive' }],
    'settings-blank-word-used': [
      { word: q('NULL'), place: 'active' },
      { word: q('-'), place: 'values' },
    ],
    'settings-pattern-invalid': [{ fault: 'syntax' }, { fault: 'not-linear' }, { fault: 'too-large' }],
    'settings-alias-twice': [{ alias: q('Mail'), column: q('Email') }],
    'settings-encoding-unknown': [{ encoding: q('ebcdic') }],
    'settings-attribute-unknown': [
      { mistake: 'unknown', name: q('username'), similar: 'userName' },
      { mistake: 'unknown', name: q('nick'), similar: null },
      { mistake: 'custom-form' },
      { mistake: 'not-mapped', reason: 'written-by-us' },
      { mistake: 'not-mapped', reason: 'from-id' },
      { mistake: 'not-mapped', reason: 'from-active' },
      { mistake: 'not-mapped', reason: 'read-only' },
      { mistake: 'not-mapped', reason: 'no-groups' },
      { mistake: 'not-mapped', reason: 'no-passwords' },
    ],
    'settings-extension-unknown': [{ mistake: 'core' }, { mistake: 'form' }],
    'settings-attribute-type': [
      { expected: 'scim-type', type: 'string' },
      { expected: 'other-conversion', type: 'boolean' },
      { expected: 'type', type: 'integer' },
      { expected: 'single' },
      { expected: 'extension' },
      { expected: 'list', attributes: ['value', 'type'] },
      { expected: 'object', attributes: ['givenName'] },
    ],
    'settings-leaf-source': [{ named: [] }, { named: ['column', 'const'] }],
    'settings-leaf-contradiction': [
      { clash: 'beside-const' },
      { clash: 'empty-text' },
      { clash: 'without-values' },
      { clash: 'beside-default' },
      { clash: 'excludes', other: 'date' },
      { clash: 'required', whenEmpty: 'clear' },
      { clash: 'never-found', reason: 'blank' },
      { clash: 'never-found', reason: 'trimmed' },
      { clash: 'never-found', reason: 'lower' },
      { clash: 'never-found', reason: 'upper' },
    ],
    'settings-expression-syntax': [
      { words: q('Expected ")" before end of expression'), position: 7 },
      { words: q('Syntax error.'), position: null },
    ],
    'settings-expression-deep': [{ max: 200 }],
    'settings-expression-forbidden': [
      { name: 'now', reason: 'time' },
      { name: 'random', reason: 'chance' },
      { name: 'eval', reason: 'evaluation' },
      { name: 'toMillis', reason: 'zone' },
    ],
    'settings-date-format': [
      { mistake: 'letters', letters: 'DD' },
      { mistake: 'twice', letters: 'z' },
      { mistake: 'incomplete' },
      { mistake: 'twelve-hours' },
      { mistake: 'open-neighbours', first: 'd', second: 'M' },
      { mistake: 'library', words: q('cannot be parsed') },
    ],
    'settings-date-zone': [{ zone: q('Mars') }],
    'settings-country-unknown': [{ country: q('XX') }],
    'settings-limit-idle': none,
    'settings-limit-order': [{ warn: 10, hold: 5 }],
    'lint-not-work': [
      { path: '$.a', isConst: true },
      { path: '$.a', isConst: false },
    ],
    'lint-second-work': at,
    'lint-mail-not-written': at,
    'lint-clear-needs-null-flow': at,
    'lint-clear-in-list': at,
    'lint-not-in-default-mapping': [{ path: '$.a', list: 'roles' }],
    'lint-two-digit-year': at,
    'lint-member-idle': [{ path: '$.a', format: 'csv' }],
    'lint-missing-needs-full': at,
    'lint-no-inactive-words': at,
    'lint-extension-urn': [{ path: '$.mapping["urn:contoso:employee"]' }],
    'lint-no-user-name': at,
    'lint-guard-off': at,
    'lint-guard-weak': [
      { path: '$.a', percent: null },
      { path: '$.a', percent: 60 },
    ],
  },
  run: {
    'source-unknown': [{ folder: q('nobody') }],
    'source-invalid': [
      { settings: q('contoso-hr'), problems: [{ path: '$.a', code: 'settings-key-twice', values: {} }], more: 0 },
      {
        settings: q('contoso-hr'),
        problems: [
          { path: '$.a', code: 'settings-member-missing', values: {} },
          { path: '$.b', code: 'settings-date-zone', values: { zone: q('Mars') } },
        ],
        more: 1_200,
      },
    ],
    'job-not-allowed': [{ app: q('0b1c-sp'), job: q('API2AAD.payroll') }],
    'job-of-another-source': [
      { owner: q('contoso-hr'), why: 'named' },
      { owner: q('contoso-hr'), why: 'unreadable' },
      { owner: q('contoso-hr'), why: 'unfinished' },
    ],
    'hold-list-broken': [
      { mistake: 'too-large', line: null },
      { mistake: 'unreadable', line: null },
      { mistake: 'columns', line: 1 },
      { mistake: 'row', line: 3 },
      { mistake: 'id-missing', line: 3 },
      { mistake: 'until-missing', line: 3 },
      { mistake: 'until-form', line: 3 },
      { mistake: 'id-twice', line: 3 },
    ],
    'approval-void': [{ changed: 'settings' }, { changed: 'hold-list' }],
    'order-overtaken': [{ newerName: q('people.csv'), newerArrivedAt: 0 }],
    'held-replaced': [{ newerName: q('people.csv'), newerArrivedAt: 0 }],
    'refused-by-person': [{ by: q('ops@contoso.example'), why: q('half an export') }],
    'held-too-long': [{ days: 30 }],
    'run-parked': [{ by: q('ops@contoso.example'), why: q('the mapping is wrong') }],
    'run-not-served': [{ step: 'release', fault: 'entity-too-large', ticks: 12, minutes: 60 }],
    'run-abandoned': [{ part: 'file', by: q('ops@contoso.example'), why: q('it cannot go on') }, { part: 'row' }],
    'file-name-unusable': [{ name: q('a\\b.csv') }],
    'manifest-alone': [{ name: q('people.csv.manifest.json') }],
    'file-not-expected': [
      { source: q('contoso-hr'), pattern: q('*.csv'), name: q('x.txt'), isDropped: true },
      { source: q('contoso-hr'), pattern: q('*.csv'), name: q('x.txt'), isDropped: false },
    ],
    'corrected-row-shifted': [{ line: 3 }],
    'quota-exceeded': [
      { what: 'files', most: 300, day: 0 },
      { what: 'bytes', most: 4_294_967_296, day: 0 },
      { what: 'rows', most: 5_000_000, day: 0 },
    ],
    'rows-repeated': [{ repeated: 10_001, rows: 12_000, line: 12_001 }],
    'export-replaced': none,
    'intake-poisoned': none,
    'delivery-poisoned': [{ part: 'file' }, { part: 'row' }],
    'older-file-again': [
      { name: q('a.csv'), arrivedAt: 0, newerName: q('b.csv'), newerArrivedAt: 86_400_000, inDoubt: false },
      { name: q('a.csv'), arrivedAt: 0, newerName: q('b.csv'), newerArrivedAt: 86_400_000, inDoubt: true },
    ],
    'duplicate-id': [{ otherLine: 3 }],
    'duplicate-user-name': [{ otherLine: 3 }],
    'people-on-hold': [
      { people: 1, leavers: 0 },
      { people: 2, leavers: 1 },
      { people: 3, leavers: 2 },
    ],
    'inactive-people-unknown': [
      { skipped: 1, sent: 0 },
      { skipped: 2, sent: 1 },
    ],
    'rows-to-correct-left-out': [{ written: 100_000, total: 250_000 }],
    'row-collapsed': [{ firstLine: 3 }],
    'run-file-missing': none,
    'kept-settings-unreadable': none,
    'user-line-differs': none,
    'ledger-contended': none,
    'storage-table': none,
    'entity-too-large': none,
    'storage-blob': none,
    'name-unusable': none,
  },
  guard: {
    'guard-tripped': [{ tripped: everyTrip }, ...everyTrip.map((one) => ({ tripped: [one] }))],
    'guard-off-not-here': none,
    'guard-warned': [{ tripped: everyTrip }],
  },
  missing: {
    'missing-disabled': [{ run: '20261121T080000Z-0123456789' }],
    'missing-not-yet': [{ from: '2026-12-01' }],
    'missing-kept': none,
    'missing-on-hold': [{ until: '2026-12-31' }],
    'missing-tried-again': [{ nextTry: '2026-12-01' }],
    'missing-never-confirmed': none,
    'missing-in-other-job': none,
    'missing-record-gone': none,
    'missing-behind-older-file': none,
    'missing-left-to-newer-file': none,
  },
  roster: {
    'roster-damaged': none,
    'roster-too-new': none,
    'roster-missing': none,
    'roster-contended': none,
  },
  delivery: {
    throttled: none,
    'daily-budget-spent': none,
    pace: none,
    'job-paused': none,
    'gate-contended': none,
    'storage-queue': none,
    'job-withdrawn': none,
  },
  graph: {
    'graph-url-invalid': none,
    'graph-url-refused': none,
    'graph-request-astray': none,
    'graph-no-token': none,
    'graph-token-refused': none,
    'graph-forbidden': none,
    'graph-job-not-found': none,
    'graph-refuses-everything': none,
    'graph-refused-content-type': none,
    'graph-redirected': none,
    'graph-unexpected-answer': none,
    'graph-conflict': none,
    'graph-bucket-full': none,
    'graph-unavailable': none,
    'graph-server-error': none,
    'graph-timeout': none,
    'graph-connection-cut': none,
    'graph-unreachable': none,
    'graph-refused-operation': none,
    'graph-request-too-large': none,
    'graph-log-unavailable': none,
    'graph-log-misleading': none,
    'graph-log-forbidden': none,
    'job-is-paused': none,
    'job-in-quarantine': none,
    'job-never-started': none,
    'job-is-gone': none,
    'job-not-readable': none,
  },
  verdict: {
    'manager-not-resolved': none,
    'on-hold-list': [
      { until: '2026-12-31', why: q('Court case'), isLeaver: false },
      { until: '2026-12-31', why: q(''), isLeaver: true },
    ],
    'newer-row-rejected': none,
    'turned-on-again': none,
    'inactive-and-unknown': none,
    'tried-again-later': [
      { why: 'failed', nextTry: '2026-12-04' },
      { why: 'skipped', nextTry: '2026-12-04' },
      { why: 'not-seen', nextTry: '2026-12-04' },
      { why: 'manager-not-resolved', nextTry: '2026-12-04' },
    ],
    'verdict-missing': none,
  },
  app: {
    'settings-invalid': none,
    'credential-not-for-this-host': none,
    'jobs-not-listed': none,
    'message-invalid': none,
  },
  cli: {
    'file-not-readable': [
      { path: q('a.csv'), reason: 'missing' },
      { path: q('a.csv'), reason: 'no-permission' },
      { path: q('a.csv'), reason: 'folder' },
      { path: q('a.csv'), reason: 'no-folder' },
      { path: q('a.csv'), reason: 'not-a-file' },
      { path: q('a.csv'), reason: 'code EIO' },
    ],
    'source-not-readable': [{ path: q('source.json'), reason: 'missing' }],
    'file-not-writable': [
      { path: q('a.csv'), reason: 'is-read' },
      { path: q('a.csv'), reason: 'exists' },
    ],
    'storage-not-named': none,
    'storage-malformed': [
      { trouble: 'neither' },
      { trouble: 'connection-string' },
      { trouble: 'not-https' },
      { trouble: 'more-than-host' },
      { trouble: 'foreign-host' },
    ],
    'storage-not-signed-in': none,
    'storage-not-permitted': [
      { refusal: 'role', service: 'Table' },
      { refusal: 'write-role', service: 'Blob' },
      { refusal: 'network', service: 'Blob' },
      { refusal: 'key', service: 'Queue' },
      { refusal: 'keys-off', service: 'Table' },
      { refusal: 'sign-in', service: 'Table' },
    ],
    'storage-account-missing': none,
    'storage-unreachable': none,
    'storage-not-prepared': none,
    'storage-refused': [
      { service: 'Table', status: 503 },
      { service: 'Blob', status: null },
    ],
    'data-folder-unknown': [{ path: q('data') }],
    'data-folder-starting': [{ path: q('data') }],
    'data-folder-failed': [{ path: q('data'), words: q('no space') }],
    'data-cut-off': none,
    'azurite-missing': none,
    'run-malformed': none,
    'plan-source-unknown': [{ source: q('contoso-hr') }],
    'plan-roster-unusable': [
      { reason: [{ path: '', code: 'roster-damaged', values: {} }] },
      { reason: [{ path: '', code: 'roster-too-new', values: {} }] },
    ],
    'plan-against-nothing': none,
    'plan-files-unsettled': [{ files: 1 }, { files: 2 }],
    'run-approved': [
      { name: q('people.csv'), run: '20261121T080000Z-0123456789', until: 0, sameStorage: ' --data DIR' },
    ],
    'run-refused': [{ name: q('people.csv'), run: '20261121T080000Z-0123456789', sameStorage: ' --data DIR' }],
    'run-not-held': [{ run: '20261121T080000Z-0123456789', state: 'settled', sameStorage: ' --data DIR' }],
    'run-is-parked': [
      { name: q('people.csv'), run: '20261121T080000Z-0123456789', isNew: true, todo: 50, open: 1 },
      { name: q('people.csv'), run: '20261121T080000Z-0123456789', isNew: false, todo: 0, open: 0 },
    ],
    'run-is-resumed': [
      { name: q('people.csv'), run: '20261121T080000Z-0123456789', isNew: true, todo: 50, open: 1 },
      { name: q('people.csv'), run: '20261121T080000Z-0123456789', isNew: false, todo: 0, open: 0 },
    ],
    'run-is-abandoned': [
      {
        name: q('people.csv'),
        run: '20261121T080000Z-0123456789',
        isNew: true,
        held: 50,
        todo: 0,
        open: 1,
        isOver: false,
      },
      {
        name: q('people.csv'),
        run: '20261121T080000Z-0123456789',
        isNew: false,
        held: 0,
        todo: 1,
        open: 0,
        isOver: false,
      },
      {
        name: q('people.csv'),
        run: '20261121T080000Z-0123456789',
        isNew: true,
        held: 0,
        todo: 0,
        open: 0,
        isOver: true,
      },
    ],
    'run-not-stoppable': [
      { run: '20261121T080000Z-0123456789', decision: 'abandon', state: 'held' },
      { run: '20261121T080000Z-0123456789', decision: 'park', state: 'checking' },
      { run: '20261121T080000Z-0123456789', decision: 'resume', state: 'abandoned' },
      { run: '20261121T080000Z-0123456789', decision: 'park', state: 'settled' },
    ],
    'run-not-approvable': [{ reason: [{ path: '', code: 'source-unknown', values: { folder: q('x') } }] }],
    'approval-too-late': [{ changed: 'settings' }, { changed: 'hold-list' }],
    'approval-too-early': [{ until: 0 }],
    'run-unknown': [{ run: '20261121T080000Z-0123456789' }],
    'person-unknown': [{ source: 'contoso-hr' }],
    'person-not-confirmed': none,
    'person-disabled': [{ on: '2026-11-20' }],
    'person-in-other-job': none,
    'person-on-hold': [{ until: '2026-12-31' }],
    'person-record-gone': [{ run: '20261121T080000Z-0123456789' }],
    'source-busy': [{ run: '20261121T080000Z-0123456789' }],
    'poison-waiting': [
      { queue: 'deliveries-poison', messages: 1 },
      { queue: 'arrivals-poison', messages: 2 },
    ],
    'intake-silent': [{ state: 'checking', since: 0 }],
    'log-not-read': [{ since: 0 }],
    'proposal-invalid': [{ problems: [{ path: '$.a', code: 'settings-key-twice', values: {} }] }],
  },
};
