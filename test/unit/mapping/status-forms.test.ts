// What says whether an account is enabled, beside one column with two lists: several columns, blank cells, other words, an expression.
import fc from 'fast-check';
import type { JsonObject } from '../../../shared/export/export-record';
import { rounds } from '../../rounds';
import { mapFileOf, mapRow, settingsWith } from './one-row';

const person = { Id: '1', Email: 'a@contoso.example' };

/** The status of a row, or the code and the column of its rejection. */
async function statusOf(active: object, cells: Readonly<Record<string, string>>): Promise<unknown> {
  const mapped = await mapRow(settingsWith({ active }), { ...person, ...cells });
  return mapped.kind === 'user' ? mapped.user.active : `${mapped.rejection.code} ${mapped.rejection.at.column}`;
}

/** The same, read from a file as a run reads it. */
async function statusInFile(active: object, row: JsonObject, file: object = { format: 'csv' }): Promise<unknown> {
  const mapped = await mapFileOf(settingsWith({ active, file }), { ...person, ...row });
  return mapped.kind === 'user' ? mapped.user.active : `${mapped.rejection.code} ${mapped.rejection.at.column}`;
}

describe('blank cells', () => {
  const leaversMarked = { column: 'Gone', inactive: ['X'], blank: 'active' };
  const workersMarked = { column: 'Works', active: ['X'], blank: 'inactive' };
  test.each([
    [leaversMarked, '', true],
    [leaversMarked, ' \u00a0', true],
    [leaversMarked, 'x', false],
    [leaversMarked, 'Y', 'status-unknown Gone'],
    [workersMarked, '', false],
    [workersMarked, 'X', true],
    [workersMarked, '-', 'status-unknown Works'],
    [{ column: 'S', active: ['A'], inactive: ['L'] }, '', 'status-missing S'],
    [{ column: 'S', inactive: ['L'], others: 'active' }, '', 'status-missing S'],
    [{ column: 'S', inactive: ['L'], others: 'active', blank: 'inactive' }, '', false],
  ])('%j of the cell %j: %j', async (active, cell, expected) => {
    expect(await statusOf(active, { [active.column]: cell })).toBe(expected);
  });

  test('a word for blank that the file declares is a blank cell; one that it does not rejects the row', async () => {
    const cells = { Gone: ' null ' };
    expect(await statusInFile(leaversMarked, cells, { format: 'csv', blank: ['NULL'] })).toBe(true);
    expect(await statusInFile(leaversMarked, { Gone: 'NULL' })).toBe('blank-word Gone');
    const others = { column: 'Gone', inactive: ['X'], others: 'active' };
    expect(await statusInFile(others, { Gone: 'nan' })).toBe('blank-word Gone');
    expect(await statusInFile(others, { Gone: 'no' })).toBe(true);
  });
});

describe('several columns', () => {
  const delta = {
    all: [
      { column: 'STATUS', active: ['A', 'L'], inactive: ['T'] },
      { column: 'ACTION', inactive: ['D'], others: 'active' },
    ],
  };
  test.each([
    ['A', 'A', true],
    ['L', 'U', true],
    ['L', 'anything', true],
    ['T', 'U', false],
    ['A', 'D', false],
    // Whatever says inactive wins, also over what cannot be told.
    ['', 'D', false],
    ['?', 'd', false],
    ['T', '', false],
    ['', 'U', 'status-missing STATUS'],
    ['?', 'U', 'status-unknown STATUS'],
    ['A', '', 'status-missing ACTION'],
    ['?', '', 'status-unknown STATUS'],
  ])('STATUS %j and ACTION %j: %j', async (STATUS, ACTION, expected) => {
    expect(await statusOf(delta, { STATUS, ACTION })).toBe(expected);
  });

  test('a column that is not in the file holds it, whatever the others say', async () => {
    await expect(statusInFile(delta, { STATUS: 'A' })).rejects.toMatchObject({ code: 'column-missing' });
  });
});

describe('an expression', () => {
  const current = {
    expression: 'Statuses.Items[End = null].Code',
    active: ['ACTIVE'],
    inactive: ['TERMINATED'],
  };
  const json = { format: 'json' };
  const item = (code: string, end: string | null) => ({ Code: code, End: end });
  test.each([
    ['gives a word of a list', [item('TERMINATED', '2024-05-31'), item('ACTIVE', null)], true],
    ['gives an inactive word', [item('ACTIVE', '2026-09-30'), item('TERMINATED', null)], false],
    ['gives a word of no list', [item('ON LEAVE', null)], 'status-unknown Statuses'],
    ['gives nothing', [item('ACTIVE', '2026-09-30')], 'status-missing Statuses'],
    ['gives two words', [item('ACTIVE', null), item('TERMINATED', null)], 'status-unknown Statuses'],
  ])('that %s', async (_, items, expected) => {
    expect(await statusInFile(current, { Statuses: { Items: items } }, json)).toBe(expected);
  });

  test('that fails rejects the row, unless another column says inactive', async () => {
    const failing = { expression: '$number(Grade) > 5 ? "A" : "L"', active: ['A'], inactive: ['L'] };
    expect(await statusOf(failing, { Grade: 'high' })).toBe('expression-failed Grade');
    expect(await statusOf(failing, { Grade: '7' })).toBe(true);
    const all = [failing, { column: 'ACTION', inactive: ['D'], others: 'active' }];
    expect(await statusOf({ all }, { Grade: 'high', ACTION: 'D' })).toBe(false);
    expect(await statusOf({ all }, { Grade: 'high', ACTION: 'U' })).toBe('expression-failed Grade');
  });

  test('beside a mapping that has expressions of its own', async () => {
    const settings = settingsWith({
      active: { expression: '$substring(Code, 0, 1)', active: ['A'], inactive: ['L'] },
      mapping: { title: { expression: '$uppercase(Code)' }, userName: 'Email' },
    });
    const mapped = await mapRow(settings, { ...person, Code: 'a1' });
    expect(mapped).toMatchObject({ kind: 'user', user: { active: true, title: 'A1' } });
  });

  test('over a member that no record has holds the file', async () => {
    await expect(statusInFile(current, { Other: 1 }, json)).rejects.toMatchObject({ code: 'column-missing' });
  });
});

test('a path with places in lists is read as in the mapping', async () => {
  const active = { column: 'Statuses.Items.1.Code', active: ['A'], inactive: ['L'] };
  const row = { Statuses: { Items: [{ Code: 'A' }, { Code: 'L' }] } };
  expect(await statusInFile(active, row, { format: 'json' })).toBe(false);
});

describe('for any lists and words', () => {
  const words = ['active', 'Left', 'X', 'NULL', 'on leave', '0', 'true'];
  const column = fc.record(
    {
      active: fc.uniqueArray(fc.constantFrom(...words), { minLength: 1 }),
      inactive: fc.uniqueArray(fc.constantFrom(...words)),
      others: fc.constant('active'),
      blank: fc.constantFrom('active', 'inactive'),
    },
    { requiredKeys: [] },
  );
  const cell = fc.oneof(fc.constantFrom(...words, '', ' ', 'aktiv', 'LEFT'), fc.string({ maxLength: 6 }));

  test('nobody is enabled or disabled by a word, or a blank cell, that was not declared', async () => {
    let told = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(column, cell), { minLength: 1, maxLength: 3 }), async (drawn) => {
        const columns = drawn.map(([one, text], at) => ({
          cell: text.trim().toLowerCase(),
          settings: {
            ...one,
            column: `S${at}`,
            active: one.others === undefined ? one.active : undefined,
            inactive: (one.inactive ?? []).filter((word) => one.others !== undefined || !one.active?.includes(word)),
          },
        }));
        const all = columns.map(({ settings }) => settings);
        const row = Object.fromEntries(drawn.map(([, text], at) => [`S${at}`, text]));
        let settings;
        try {
          settings = settingsWith({ active: { all } });
        } catch {
          return;
        }
        told++;
        const mapped = await mapRow(settings, { ...person, ...row });
        const says = columns.map(({ cell: text, settings: { active, inactive, others, blank } }) => {
          if (text === '') return blank ?? 'nothing';
          if (inactive.some((word) => word.toLowerCase() === text)) return 'inactive';
          return others !== undefined || active?.some((word) => word.toLowerCase() === text) === true
            ? 'active'
            : 'nothing';
        });
        const expected = says.includes('inactive') ? false : says.includes('nothing') ? 'rejected' : true;
        expect(mapped.kind === 'user' ? mapped.user.active : 'rejected').toBe(expected);
      }),
      { numRuns: rounds(400) },
    );
    expect(told).toBeGreaterThan(rounds(400) / 20);
  });
});
