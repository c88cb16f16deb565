// docs/guard.md: its table has the defaults of the code, its examples are settings, and its sentence is the one that HR reads.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { holdForTrips } from '../../../shared/guard/guard-outcome';
import { judgeCounts } from '../../../shared/guard/judge-counts';
import { sentenceOf } from '../../../shared/messages/catalogue';
import {
  DEFAULT_LIMITS,
  UNSEEDED_COUNTS,
  type CountLimit,
  type LimitName,
} from '../../../shared/source/guard-settings';
import { parseSourceSettings } from '../../../shared/source/source-settings';
import { CLOUD, countsOf, tally } from '../guard/counts';

const page = readFileSync(join(__dirname, '../../../docs/guard.md'), 'utf8');
const names = Object.keys(DEFAULT_LIMITS) as LimitName[];
const rows = new Map(
  [...page.matchAll(/^\| `(\w+)` \| (.*?) \| (?:.*? )?\|$/gm)].map(([, name, text]) => [name!, text!] as const),
);

/** The default of a limit in the words of the table. */
function textOf(name: LimitName): string {
  const { column, rows: length } = DEFAULT_LIMITS;
  if (name === 'column') {
    return `from ${column.hold.fromRows} rows on: a column that became empty or constant, or changed in more than ${column.hold.percent}%`;
  }
  if (name === 'rows') {
    return `more than ${length.hold.lessPercent}% fewer or more than ${length.hold.morePercent}% more, a difference of at least ${length.hold.atLeast}`;
  }
  const { percent, atLeast, count } = DEFAULT_LIMITS[name].hold as CountLimit;
  return `more than ${percent}% and at least ${atLeast}${count === undefined ? '' : `, or more than ${count}`}`;
}

test('the table lists every limit with its default, and each has a paragraph', () => {
  expect([...rows.keys()]).toEqual([...names, 'firstRun']);
  expect(names.map((name) => [name, rows.get(name)])).toEqual(names.map((name) => [name, textOf(name)]));
  expect([...rows.keys()].filter((name) => !page.includes(`\n### ${name}\n\n`))).toEqual([]);
});

test('the page has the counts of sources without a full file', () => {
  const text = Object.entries(UNSEEDED_COUNTS).map(
    ([name, count]) => `${count}${name === 'disabled' ? ' people' : ''} \`${name}\``,
  );
  expect(page.replace(/\s+/g, ' ')).toContain(
    `More than ${text[0]}, more than ${text[1]} or more than ${text[2]} hold such a file.`,
  );
});

test('by default no limit only warns', () => {
  expect(page).toContain('By default no limit only warns.');
  expect(names.filter((name) => DEFAULT_LIMITS[name].warn !== null)).toEqual([]);
});

test('the examples are valid settings', () => {
  const examples = [...page.matchAll(/```json\n([^]*?)```/g)].map(([, text]) => JSON.parse(text!) as object);
  expect(examples.length).toBeGreaterThan(0);
  for (const members of examples) {
    const settings = {
      name: 'test',
      file: { format: 'csv' },
      job: { servicePrincipalId: 'sp', jobId: 'API2AAD.example' },
      id: 'Id',
      active: { column: 'Status', active: ['Active'], inactive: ['Left'] },
      mapping: { userName: 'Email' },
      ...members,
    };
    expect(parseSourceSettings(JSON.stringify(settings), 'test')).toMatchObject({ ok: true });
  }
});

test('the sentence on the page is the one that HR reads', () => {
  const counts = countsOf({ people: { disabled: tally(312, [3, 9, 14, 20, 31]) } });
  const sentence = sentenceOf(holdForTrips(judgeCounts(counts, undefined, CLOUD).hold));
  expect(page.replace(/\n> /g, ' ')).toContain(` ${sentence}`);
});
