import fc from 'fast-check';
import Papa from 'papaparse';
import { planWords } from '../../../shared/messages/catalogue';
import { KeptEntries, KINDS_BY_INTEREST } from '../../../shared/plan/kept-entries';
import { listedEntry } from '../../../shared/plan/listed-entry';
import { PLAN_KINDS, type PlanEntry } from '../../../shared/plan/plan';
import { planCsv } from '../../../shared/plan/plan-csv';

const entry = (part: Partial<PlanEntry>): PlanEntry => ({
  kind: 'changed',
  row: 1,
  line: 2,
  id: '1001',
  name: 'Ana Adler',
  changes: [],
  note: null,
  ...part,
});

async function csvOf(entries: readonly PlanEntry[]): Promise<readonly string[]> {
  const texts: string[] = [];
  const csv = planCsv({
    append: (text) => {
      texts.push(text);
      return Promise.resolve();
    },
  });
  for (const one of entries) await csv.add(one);
  await csv.finish();
  return texts;
}

test('every kind has its place among the interesting ones', () => {
  expect([...KINDS_BY_INTEREST].sort()).toEqual([...PLAN_KINDS].sort());
});

test('of any entries the most interesting ones are kept, each kind in its order and from its beginning', () => {
  const kinds = fc.array(fc.constantFrom(...PLAN_KINDS), { maxLength: 60 });
  fc.assert(
    fc.property(kinds, fc.integer({ min: 0, max: 20 }), (added, most) => {
      const kept = new KeptEntries(most);
      added.forEach((kind, at) => kept.add(kind, () => `${kind} ${at}`));
      const expected = added
        .map((kind, at) => ({ kind, text: `${kind} ${at}` }))
        .sort((a, b) => KINDS_BY_INTEREST.indexOf(a.kind) - KINDS_BY_INTEREST.indexOf(b.kind))
        .slice(0, most)
        .map(({ text }) => text);
      expect(kept.all()).toEqual(expected);
      expect(kept.size).toBe(expected.length);
    }),
  );
});

test('a person who finds no place is not even made into text', () => {
  const kept = new KeptEntries(1);
  kept.add('disabled', () => 'first');
  kept.add('unchanged', () => {
    throw new Error('asked for');
  });
  expect(kept.all()).toEqual(['first']);
});

test('no entry, however long, takes more than a few thousand characters of the page', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 200 }),
      fc.constantFrom('x', '\u202E', ' ', '\u{1F600}'),
      (count, character) => {
        const long = character.repeat(40_000);
        const changes = Array.from({ length: count }, () => ({ attribute: long, before: long, after: null }));
        const listed = listedEntry(planWords, entry({ id: long, name: long, note: long, changes }), 3);
        expect(JSON.stringify(listed).length).toBeLessThan(10_000);
        const leftOut = count - listed[4].length;
        expect(listed[5].length).toBe(leftOut === 0 ? 1 : 2);
        if (leftOut > 0) expect(listed[5][1]).toContain(String(leftOut));
      },
    ),
  );
});

test('a cut value ends with an ellipsis, a short one is whole', () => {
  const changes = [{ attribute: 'title', before: 'x'.repeat(301), after: 'x'.repeat(300) }];
  const [[, before, after]] = listedEntry(planWords, entry({ changes }), 0)[4] as [readonly [string, string, string]];
  expect(before).toBe(`${'x'.repeat(300)}…`);
  expect(after).toBe('x'.repeat(300));
});

test('the CSV has a line for each changed value, one for who has none, and repeats the person', async () => {
  const changes = [
    { attribute: 'department', before: 'Sales', after: null },
    { attribute: 'title', before: null, after: 'Lead, "EMEA"' },
  ];
  const texts = await csvOf([entry({ changes }), entry({ kind: 'missing', row: null, line: null, note: 'Gone.' })]);
  expect(texts.join('')).toBe(
    [
      '\uFEFFrow,line,id,name,what,value,attribute,before,after,note',
      '1,2,1001,Ana Adler,changed,1,department,Sales,,',
      '1,2,1001,Ana Adler,changed,2,title,,"Lead, ""EMEA""",',
      ',,1001,Ana Adler,missing,1,,,,Gone.',
      '',
    ].join('\r\n'),
  );
});

test('a CSV of nobody has its header', async () => {
  expect((await csvOf([])).join('')).toBe('\uFEFFrow,line,id,name,what,value,attribute,before,after,note\r\n');
});

test('no value becomes a formula, and a cell never exceeds what Excel keeps', async () => {
  const changes = [{ attribute: 'title', before: '=1+1', after: 'x'.repeat(40_000) }];
  const { data } = Papa.parse<string[]>((await csvOf([entry({ name: '@SUM(A1)', changes })])).join(''));
  const [, line] = data;
  expect(line![3]).toBe("'@SUM(A1)");
  expect(line![7]).toBe("'=1+1");
  expect(line![8]!.length).toBeLessThanOrEqual(32_767);
});

test('everybody is in the CSV once with value 1, and what is written at once does not grow with the file', async () => {
  const changes = [1, 2, 3].map((one) => ({ attribute: `a${one}`, before: null, after: 'x' }));
  const texts = await csvOf(Array.from({ length: 5_000 }, (_, at) => entry({ row: at, id: String(at), changes })));
  const { data } = Papa.parse<string[]>(texts.join(''), { skipEmptyLines: true });
  expect(
    data
      .slice(1)
      .filter((line) => line[5] === '1')
      .map((line) => line[2]),
  ).toEqual(Array.from({ length: 5_000 }, (_, at) => String(at)));
  expect(data).toHaveLength(15_001);
  expect(Math.max(...texts.map((text) => text.length))).toBeLessThan(40_000);
});
