// The hold list: what it may look like, what makes it unusable, and until when it keeps a person out.
import * as fc from 'fast-check';
import {
  EMPTY_HOLD_LIST,
  holdAt,
  MAX_HOLD_LIST_BYTES,
  nextDay,
  parseHoldList,
} from '../../../shared/holdlist/hold-list';

const HEADER = 'id,until,why';
const parse = (...lines: readonly string[]) => parseHoldList(Buffer.from([HEADER, ...lines, ''].join('\n')));
const fault = async (content: string | Buffer) => (await parseHoldList(Buffer.from(content))).fault;

test('an entry has an id, a day and a reason', async () => {
  const { list } = await parse('p1,2026-12-31,Court case', 'p2,2027-01-01,');
  expect([...(list ?? [])]).toEqual([
    ['p1', { until: '2026-12-31', why: { quote: 'Court case' } }],
    ['p2', { until: '2027-01-01', why: { quote: '' } }],
  ]);
});
test('a list of a header alone names nobody', async () => {
  for (const text of [EMPTY_HOLD_LIST, HEADER, `${HEADER}\r\n\r\n`])
    expect((await parseHoldList(Buffer.from(text))).list?.size).toBe(0);
});
test.each([
  ['Excel with semicolons and a byte order mark', '\uFEFFid;until;why\r\np1;2026-12-31;x\r\n'],
  ['other case, order and columns', 'Why,UNTIL,note, Id \nx,2026-12-31,n, p1 \n'],
  ['no line end at the end', `${HEADER}\np1,2026-12-31,x`],
  ['UTF-16', Buffer.from('\uFEFFid,until,why\np1,2026-12-31,x\n', 'utf16le')],
  ['quotes', `${HEADER}\n"p1","2026-12-31","x"\n`],
])('is read as any file is: %s', async (_, content) => {
  const { list } = await parseHoldList(Buffer.from(content));
  expect([...(list?.keys() ?? [])]).toEqual(['p1']);
});
test('an entry that is there twice counts once, whatever the form of the id', async () => {
  const { list } = await parse('00e7,2026-12-31,first', 'E7,2026-12-31,second');
  expect([...(list ?? [])]).toEqual([['e7', { until: '2026-12-31', why: { quote: 'first' } }]]);
});
test('a long reason is cut, and what would not be seen is shown', async () => {
  const { list } = await parse(`p1,2026-12-31,"a\nb${'x'.repeat(400)}"`);
  expect(list?.get('p1')?.why.quote).toMatch(/^a\?bx{297}…$/);
});

describe('cannot be used', () => {
  test.each([
    ['the id is missing', [',2026-12-31,x'], 'id-missing', 2],
    ['the day is missing', ['p1,2026-12-31,x', 'p2,,x'], 'until-missing', 3],
    ['the day is written otherwise', ['p1,31.12.2026,x'], 'until-form', 2],
    ['the day has too few digits', ['p1,2026-1-1,x'], 'until-form', 2],
    ['the day has a time', ['p1,2026-12-31T00:00,x'], 'until-form', 2],
    ['the day does not exist', ['p1,2026-02-30,x'], 'until-form', 2],
    ['one id has two days', ['e7,2026-12-31,x', '0E7,2026-12-30,x'], 'id-twice', 3],
    ['a line has too few cells', ['p1,2026-12-31', 'p2,2026-12-31,x'], 'row', 2],
    ['a line has too many cells', ['p1,2026-12-31,a,b', 'p2,2026-12-31,x'], 'row', 2],
    ['Excel has changed an id', ['1.2E+05,2026-12-31,x'], 'row', 2],
    ['an id has a line end in it', ['"p\n1",2026-12-31,x'], 'row', 2],
  ] as const)('where %s; the line is named', async (_, lines, mistake, line) => {
    expect((await parse(...lines)).fault).toEqual({ mistake, line });
  });
  test.each([
    ['it has 0 bytes', '', 'unreadable', null],
    ['it is blank', '\n\n', 'unreadable', null],
    ['it has no header', 'p1,2026-12-31,x\n', 'columns', 1],
    ['the header lacks a column', 'id,why\np1,x\n', 'columns', 1],
    ['the header has a column twice', 'id,until,until,why\np1,2026-12-31,2026-12-31,x\n', 'columns', 1],
    ['an entry is above the header', `p1,2026-12-31,x\n${HEADER}\np2,2026-12-31,x\n`, 'columns', 1],
    ['it is cut in a row', `${HEADER}\np1,2026-1`, 'unreadable', 2],
    ['it is cut in a quote', `${HEADER}\n"p1,2026-12-31,x\n`, 'unreadable', 2],
    ['it is a workbook', Buffer.from('504b0304', 'hex'), 'unreadable', null],
  ] as const)('where %s', async (_, content, mistake, line) => {
    expect(await fault(content)).toEqual({ mistake, line });
  });
  test('where it is too large, before it is read; one byte less is not', async () => {
    const line = 'p1,2026-12-31,x\n';
    const full = `${HEADER}\n${line.repeat((MAX_HOLD_LIST_BYTES - HEADER.length) / line.length)}`;
    const pad = (bytes: number) => `${full}${'\n'.repeat(bytes - full.length)}`;
    expect(await fault(pad(MAX_HOLD_LIST_BYTES + 1))).toEqual({ mistake: 'too-large', line: null });
    expect(await fault(pad(MAX_HOLD_LIST_BYTES))).toBeNull();
  });
});

test('a hold lasts to the last millisecond of its day in UTC', async () => {
  const { list } = await parse('00E7,2026-12-31,x');
  const end = Date.UTC(2027, 0, 1);
  expect(holdAt(list!, 'e7', end - 1)).toMatchObject({ until: '2026-12-31' });
  expect(holdAt(list!, 'e7', end)).toBeNull();
  expect(holdAt(list!, 'e8', 0)).toBeNull();
});
test('for any time: no hold ends between now and the next day', async () => {
  const { list } = await parse('p1,2026-12-31,x');
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(2026, 11, 1), max: Date.UTC(2027, 1, 1) }), (at) => {
      const next = nextDay(at);
      expect(next).toBeGreaterThan(at);
      expect(next - at).toBeLessThanOrEqual(86_400_000);
      expect(holdAt(list!, 'p1', next - 1)).toEqual(holdAt(list!, 'p1', at));
    }),
  );
});
