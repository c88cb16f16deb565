// What only the whole file can tell: duplicates, user names, packing, index.
import * as fc from 'fast-check';
import { foldId } from '../../../shared/columns/id';
import type { Hash64 } from '../../../shared/core/hash';
import { loadHash64 } from '../../../shared/core/hash';
import type { Amendment, Dropped, LookUp, StagedUser } from '../../../shared/people/people';
import { batchIdOf } from '../../../shared/people/packing';
import { MAX_ROWS_OF_ID, People } from '../../../shared/people/people';
import type { ScimUser } from '../../../shared/scim/user';
import { encodePeopleIndex, PeopleIndex } from '../../../shared/people/people-index';

let hash: Hash64;
beforeAll(async () => {
  hash = await loadHash64();
});

interface Person {
  readonly id: string;
  readonly name?: string | null;
  readonly active?: boolean;
  /** In place of the rest of the record. */
  readonly says?: string;
  readonly rank?: readonly number[];
  readonly waits?: true;
  /** The row is rejected for another reason; its status can be read unless it says otherwise. */
  readonly rejected?: true;
  readonly unclear?: true;
}

type FindCandidate = (idHash: bigint) => string | null;

const collect = (
  list: readonly Person[],
  findCandidate?: FindCandidate,
  isAgain?: (idHash: bigint) => boolean,
): People<string> => added(list, findCandidate, isAgain).people;

/** With the rows that were dropped, in the order in which that was known. */
function added(...args: Parameters<typeof gathered>): ReturnType<typeof gathered> {
  const { people, dropped } = gathered(...args);
  const amended = [...people.amendments()].map((one) => ({ ...one, id: undefined }));
  return { people, dropped: [...dropped, ...amended] };
}

/** Before the end of the file. */
function gathered(
  list: readonly Person[],
  findCandidate: FindCandidate = () => null,
  isAgain: (idHash: bigint) => boolean = () => false,
  isDelivered: (idHash: bigint) => boolean = () => false,
): { readonly people: People<string>; readonly dropped: readonly (Told & { readonly row: number })[] } {
  const lookUp: LookUp<string> = ({ idHash }) => ({
    candidate: findCandidate(idHash),
    isAgain: isAgain(idHash),
    wasActive: false,
    isDelivered: isDelivered(idHash),
  });
  const people = new People(hash, lookUp);
  const dropped: (Told & { readonly row: number })[] = [];
  list.forEach(({ id, name = null, active = true, says = '', rank = [], waits, rejected, unclear }, i) => {
    if (rejected || unclear) {
      people.addRejected({ line: i + 2, id, userName: name, active: unclear ? null : active, rank });
      dropped.push({ row: i + 1, kind: 'rejected' });
      return;
    }
    const user: StagedUser = {
      row: i + 1,
      line: i + 2,
      externalId: id,
      userName: name,
      active,
      rank,
      goesOn: waits ? '2026-12-01' : null,
      offset: i * 100,
      bytes: 99,
    };
    const one = people.add(user, JSON.stringify([id, name, active, says]), scimOf(id, active));
    if (one.kind !== 'kept') dropped.push({ row: i + 1, ...one });
  });
  return { people, dropped };
}
type Told = Dropped | Pick<Amendment, 'kind'> | { readonly kind: 'rejected' };
const scimOf = (externalId: string, active = true): ScimUser => ({ schemas: [], externalId, active });
const sentRows = (people: People<string>): number[] =>
  [...people.packed()].flatMap((batch) => batch.rows.map(([row]) => row));

/** A rejected row of which nothing can be read but what a test says. */
const UNREAD = { id: null, userName: null, active: null, rank: null } as const;

describe('one person twice', () => {
  test('with the same record: the later row shares the fate of the first', () => {
    const { people, dropped } = added([{ id: 'a' }, { id: 'b' }, { id: 'a' }]);
    expect(dropped).toEqual([{ row: 3, kind: 'collapsed', into: 1 }]);
    expect(sentRows(people)).toEqual([1, 2]);
  });
  test('with different records: none of them is sent, and each names the line of another', () => {
    const { people, dropped } = added([{ id: 'a', says: 'x' }, { id: 'b' }, { id: 'a', says: 'y' }]);
    expect(dropped).toEqual([
      { row: 3, kind: 'duplicate-id', otherLine: 2 },
      { row: 1, line: 2, kind: 'duplicate-id', otherLine: 4 },
    ]);
    expect(people.rejectedLines).toEqual([4]);
    expect(sentRows(people)).toEqual([2]);
  });
  test('once in a row that was rejected: the other one is in doubt as well, whichever came first', () => {
    const people = new People(hash);
    people.addRejected({ ...UNREAD, line: 2, id: '07' });
    const again = people.add(
      { row: 2, line: 3, externalId: '7', userName: 'x', active: true, offset: 0, bytes: 1 },
      JSON.stringify({ externalId: '7' }),
      scimOf('7'),
    );
    expect(again).toEqual({ kind: 'duplicate-id', otherLine: 2 });
    people.add(
      { row: 3, line: 4, externalId: '8', userName: 'y', active: true, offset: 1, bytes: 1 },
      JSON.stringify({ externalId: '8' }),
      scimOf('8'),
    );
    people.addRejected({ ...UNREAD, line: 5, id: null, userName: 'Y' });
    expect([...people.amendments()]).toEqual([{ row: 3, line: 4, id: '8', kind: 'duplicate-user-name', otherLine: 5 }]);
    expect(sentRows(people)).toEqual([]);
    expect([...people.indexed()]).toEqual([]);
  });
  test('the same, then different: the collapsed row shares the fate of the first', () => {
    const { people, dropped } = added([
      { id: 'a', says: 'x' },
      { id: 'a', says: 'x' },
      { id: 'a', says: 'y' },
      { id: 'a', says: 'x' },
    ]);
    expect(dropped.map((one) => [one.row, one.kind])).toEqual([
      [2, 'collapsed'],
      [3, 'duplicate-id'],
      [4, 'duplicate-id'],
      [1, 'duplicate-id'],
    ]);
    expect(sentRows(people)).toEqual([]);
  });
  test.each([
    ['a17', 'A17'],
    ['0017', '17'],
    ['1 7', '17'],
    ['0', '00'],
  ])('%j and %j are one person', (first, second) => {
    expect(sentRows(collect([{ id: first }, { id: second }]))).toEqual([]);
  });
  test.each([
    ['10', '1'],
    ['0', '1'],
    ['a0', 'a'],
  ])('%j and %j are two', (first, second) => {
    expect(sentRows(collect([{ id: first }, { id: second }]))).toEqual([1, 2]);
  });
});

describe('two people with one user name', () => {
  test('neither is sent, whatever the case of the letters', () => {
    const { people, dropped } = added([
      { id: 'a', name: 'mia@contoso.example' },
      { id: 'b', name: 'MIA@contoso.example ' },
    ]);
    expect(dropped).toEqual([
      { row: 1, line: 2, kind: 'duplicate-user-name', otherLine: 3 },
      { row: 2, line: 3, kind: 'duplicate-user-name', otherLine: 2 },
    ]);
    expect(sentRows(people)).toEqual([]);
  });
  test('a third one is not sent either', () => {
    const { people, dropped } = added(['a', 'b', 'c'].map((id) => ({ id, name: 'mia@contoso.example' })));
    expect(dropped.map((one) => one.row)).toEqual([1, 2, 3]);
    expect(sentRows(people)).toEqual([]);
  });
  test('missing user names do not clash', () => {
    expect(sentRows(collect([{ id: 'a' }, { id: 'b' }]))).toEqual([1, 2]);
  });
  test('a row whose id cannot be read is nobody’s, also behind a row that repeats another one', () => {
    const { people } = gathered([
      { id: 'a', name: 'mia@contoso.example' },
      { id: 'a', name: 'mia@contoso.example' },
    ]);
    people.addRejected({ ...UNREAD, line: 4, userName: 'mia@contoso.example' });
    expect([...people.amendments()]).toEqual([{ row: 1, line: 2, id: 'a', kind: 'duplicate-user-name', otherLine: 4 }]);
    expect(sentRows(people)).toEqual([]);
  });
});

const told = (dropped: readonly (Told & { readonly row: number })[]): readonly string[] =>
  [...dropped]
    .sort((a, b) => a.row - b.row)
    .map((one) => {
      const other = 'otherLine' in one ? ` line ${one.otherLine}` : 'into' in one ? ` row ${one.into}` : '';
      return `${one.row} ${one.kind}${other}`;
    });

describe('several rows of one person', () => {
  test('the one that the rules prefer is sent, wherever it is', () => {
    const rows: readonly Person[] = [
      { id: 'a', says: 'old', rank: [0, 1] },
      { id: 'a', says: 'new', rank: [1, 0] },
      { id: 'a', says: 'older', rank: [0, 0] },
    ];
    expect(told(added(rows).dropped)).toEqual(['1 superseded line 3', '3 superseded line 3']);
    expect(told(added([...rows].reverse()).dropped)).toEqual(['1 superseded line 3', '3 superseded line 3']);
    expect(sentRows(collect(rows))).toEqual([2]);
  });
  test('of a later one that says the same, the first is sent', () => {
    const { people, dropped } = added([
      { id: 'a', says: 'x', rank: [0] },
      { id: 'a', says: 'y', rank: [1] },
      { id: 'a', says: 'x', rank: [2] },
      { id: 'a', says: 'x', rank: [0] },
    ]);
    expect(told(dropped)).toEqual(['2 superseded line 2', '3 collapsed row 1', '4 collapsed row 1']);
    expect(sentRows(people)).toEqual([1]);
  });
  test('a tie, or a row that cannot be read, rejects all of them', () => {
    const tied = added([
      { id: 'a', says: 'x', rank: [1] },
      { id: 'a', says: 'y', rank: [1] },
      { id: 'a', says: 'z', rank: [0] },
    ]);
    expect(told(tied.dropped)).toEqual(['1 duplicate-id line 3', '2 duplicate-id line 2', '3 duplicate-id line 2']);
    const people = new People(hash);
    const users = ['x', 'y'].map((says, i) => ({ row: i + 1, line: i + 2, says, rank: [i] }));
    for (const { row, line, rank, says } of users) {
      const user = { row, line, externalId: 'a', userName: null, active: true, rank, offset: 0, bytes: 1 };
      expect(people.add(user, says, scimOf('a'))).toMatchObject({ kind: 'kept' });
    }
    people.addRejected({ ...UNREAD, line: 4, id: 'A' });
    expect([...people.amendments()].map(({ row, kind }) => `${row} ${kind}`)).toEqual([
      '1 duplicate-id',
      '2 duplicate-id',
    ]);
  });
  test('of rows that all say inactive one is sent, without any rule, unless one may be active', () => {
    const left = { id: 'a', active: false };
    const both = added([
      { ...left, says: 'x' },
      { ...left, says: 'y' },
    ]);
    expect(both.dropped.map(({ kind }) => kind)).toEqual(['superseded']);
    expect(sentRows(both.people)).toHaveLength(1);
    expect(
      sentRows(
        collect([
          { ...left, says: 'x' },
          { ...left, rejected: true },
        ]),
      ),
    ).toEqual([1]);
    expect(
      sentRows(
        collect([
          { ...left, rejected: true },
          { ...left, says: 'x' },
        ]),
      ),
    ).toEqual([2]);
    for (const may of [
      { id: 'a', says: 'z' },
      { id: 'a', rejected: true },
      { id: 'a', unclear: true },
    ] as const) {
      expect(sentRows(collect([{ ...left, says: 'x' }, { ...left, says: 'y' }, may]))).toEqual([]);
      expect(sentRows(collect([may, { ...left, says: 'x' }, { ...left, says: 'y' }]))).toEqual([]);
    }
  });
  test('one that waits for its first day is in nobody’s way, wherever it is', () => {
    const later = { id: 'a', says: 'later', waits: true } as const;
    for (const today of [{ id: 'a' }, { id: 'a', active: false }]) {
      expect(sentRows(collect([today, later]))).toEqual([1]);
      expect(sentRows(collect([later, today]))).toEqual([2]);
      expect(sentRows(collect([later, today, { ...today, active: true, says: 'x' }]))).toEqual([]);
    }
    expect(sentRows(collect([later, { ...later, rank: [] }]))).toEqual([1]);
  });
  test('more than anybody has are in doubt, and cost no more than the rest of them', () => {
    const rows = Array.from({ length: MAX_ROWS_OF_ID + 20 }, (_, i) => ({ id: 'a', active: false, says: String(i) }));
    const { people, dropped } = added(rows);
    expect(new Set(dropped.map(({ kind }) => kind))).toEqual(new Set(['duplicate-id']));
    expect(dropped).toHaveLength(rows.length);
    expect(sentRows(people)).toEqual([]);
    expect(sentRows(collect(rows.slice(0, MAX_ROWS_OF_ID)))).toHaveLength(1);
  });
  test('after the end of the file nothing is added', () => {
    const people = collect([{ id: 'a' }]);
    sentRows(people);
    expect(() => people.addRejected({ ...UNREAD, line: 9, id: 'b' })).toThrow(TypeError);
  });
});

describe('one user name under two ids', () => {
  const name = 'mia@contoso.example';
  const left = { id: 'old', name, active: false };
  const hired = { id: 'new', name };
  const isOld = (idHash: bigint): boolean => idHash === hash('old');
  const never = (): null => null;
  const no = (): boolean => false;

  test('who has left and was never sent is packed as somebody to skip, and costs the other one nothing', () => {
    for (const rows of [
      [left, hired],
      [hired, left],
    ]) {
      const { people, dropped } = added(rows);
      expect(dropped.map(({ kind }) => kind)).toEqual(['skipped']);
      expect([...people.packed()].map(({ candidates, rows: packed }) => [candidates, packed[0]?.[1]])).toEqual([
        [false, 'new'],
        [true, 'old'],
      ]);
      expect([...people.kept()].map(({ idHash }) => idHash)).toEqual([hash('new')]);
    }
  });
  test('who has left and was sent before goes as well, and the other row is told who holds the name', () => {
    const { people } = added([hired, left], never, no, isOld);
    expect(sentRows(people)).toEqual([2, 1]);
    expect([...people.amendments()]).toEqual([
      { row: 1, line: 2, id: 'new', kind: 'name-held', holder: { line: 3, id: 'old' } },
    ]);
  });
  test('who is skipped by the settings already stays so', () => {
    const { dropped } = added([left, hired], (idHash) => (isOld(idHash) ? 'unknown' : null));
    expect(dropped).toEqual([]);
  });
  test('two who have left both go', () => {
    expect(sentRows(collect([left, { ...left, id: 'older' }]))).toEqual([1, 2]);
  });
  test('a row in whose place another one counts claims no name, one that was rejected does', () => {
    const old = { id: 'a', name, rank: [0], says: 'x' };
    expect(sentRows(collect([old, { id: 'a', rank: [1] }, { ...hired, rank: [1] }]))).toEqual([2, 3]);
    expect(
      sentRows(
        collect([
          { ...old, rejected: true },
          { id: 'a', rank: [1] },
          { ...hired, rank: [1] },
        ]),
      ),
    ).toEqual([2, 3]);
    expect(
      sentRows(
        collect([
          { ...old, rejected: true },
          { ...hired, rank: [1] },
        ]),
      ),
    ).toEqual([]);
    expect(told(added([old, { id: 'a', rank: [0] }, { ...hired, rank: [0] }]).dropped)).toEqual([
      '1 duplicate-id line 3',
      '2 duplicate-id line 2',
      '3 duplicate-user-name line 2',
    ]);
  });
  test('two rows of one person are not two people', () => {
    const { dropped } = added([
      { ...left, id: 'a', rank: [0] },
      { id: 'a', name, rank: [1] },
    ]);
    expect(told(dropped)).toEqual(['1 superseded line 3']);
  });
});

describe('packing', () => {
  test('leavers first, each kind in file order, at most fifty in a batch', () => {
    const people = collect(Array.from({ length: 120 }, (_, i) => ({ id: `p${i}`, active: i % 2 === 0 })));
    const batches = [...people.packed()];
    expect(batches.map((one) => [one.batch, one.leavers, one.rows.length])).toEqual([
      ['000001', true, 50],
      ['000002', true, 10],
      ['000003', false, 50],
      ['000004', false, 10],
    ]);
    expect(batches[0]?.rows[0]).toEqual([2, 'p1', 100, 99]);
  });
  test('candidates for `unchanged` come last, in batches of their own, leavers first', () => {
    const list = Array.from({ length: 8 }, (_, i) => ({ id: `p${i}`, active: i % 2 === 0 }));
    const known = new Set(['p4', 'p5', 'p6', 'p7'].map((id) => hash(id)));
    const people = collect(list, (idHash) => (known.has(idHash) ? 'confirmed' : null));
    const batches = [...people.packed()].map((one) => [
      one.batch,
      one.leavers,
      one.candidates,
      one.rows.map(([, id]) => id),
    ]);
    expect(batches).toEqual([
      ['000001', true, false, ['p1', 'p3']],
      ['000002', false, false, ['p0', 'p2']],
      ['000003', true, true, ['p5', 'p7']],
      ['000004', false, true, ['p4', 'p6']],
    ]);
  });
  test('who is sent again although nothing changed comes after the news, and no leaver among them is urgent', () => {
    const list = Array.from({ length: 8 }, (_, i) => ({ id: `p${i}`, active: i % 2 === 0 }));
    const known = new Set(['p6', 'p7'].map((id) => hash(id)));
    const again = new Set(['p2', 'p3', 'p6'].map((id) => hash(id)));
    const people = collect(
      list,
      (idHash) => (known.has(idHash) ? 'confirmed' : null),
      (idHash) => again.has(idHash),
    );
    expect([...people.packed()].map((one) => [one.leavers, one.candidates, one.rows.map(([, id]) => id)])).toEqual([
      [true, false, ['p1', 'p5']],
      [false, false, ['p0', 'p4']],
      [false, false, ['p3']],
      [false, false, ['p2']],
      [true, true, ['p7']],
      [false, true, ['p6']],
    ]);
  });
  test('whom a row names, and who is kept: a rejected row names its person and keeps nobody', () => {
    const { people } = gathered([{ id: 'a' }, { id: 'b', says: 'x' }, { id: 'b', says: 'y' }]);
    people.addRejected({ ...UNREAD, line: 9, id: 'c' });
    people.addRejected({ ...UNREAD, line: 10, id: null });
    expect(['a', 'b', 'c', 'd'].map((id) => people.names(hash(id)))).toEqual([true, true, true, false]);
    expect([...people.kept()]).toEqual([{ at: 0, line: 2, idHash: hash('a') }]);
    expect(people.rejectedLines).toEqual([4, 9, 10]);
  });
  test('a row that is not sent names its person, says nothing against another row of theirs, and keeps nobody', () => {
    const people = new People(hash);
    const told = [
      { id: 'p1', aside: true },
      { id: 'p1', aside: false },
      { id: ' P2', aside: true },
      { id: null, aside: true },
    ];
    told.forEach(({ id, aside }, i) => {
      if (aside || id === null) people.addUnsent(id);
      else {
        const place = { row: i + 1, line: i + 2, offset: 0, bytes: 9 };
        people.add({ ...place, externalId: id, userName: null, active: true }, id, scimOf(id));
      }
    });
    const [p1, p2, p3] = ['p1', 'p2', 'p3'].map((id) => hash(id)) as [bigint, bigint, bigint];
    expect([p1, p2, p3].map((one) => people.names(one))).toEqual([true, true, false]);
    expect([p1, p2, p3].map((one) => people.isSetAside(one))).toEqual([false, true, false]);
    expect([...people.kept()].map(({ idHash }) => idHash)).toEqual([p1]);
    expect([...people.amendments()]).toEqual([]);
    expect([...people.indexed()]).toHaveLength(1);
  });
  test('batch ids sort as text in the order of their numbers', () => {
    expect([9, 10, 99, 100, 999_999].map(batchIdOf)).toEqual([9, 10, 99, 100, 999_999].map(batchIdOf).sort());
  });
  test('a file without people has no batches', () => {
    expect([...collect([]).packed()]).toEqual([]);
    expect([...collect([]).indexed()]).toEqual([]);
  });
});

// More than 1,024 people make every column grow; ids with several bytes per letter distinguish bytes from characters.
const anyPerson = fc.record({
  id: fc.oneof(
    fc.nat(400).map((n) => `é${n}`),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 5 }),
  ),
  name: fc.option(fc.nat(300).map((n) => `user${n}@contoso.example`)),
  active: fc.boolean(),
  says: fc.constantFrom('x', 'y'),
  rank: fc.tuple(fc.constantFrom(0, 1, Number.NaN)),
  rejected: fc.option(fc.constant(true as const), { freq: 5, nil: undefined }),
});
type AnyPerson = typeof anyPerson extends fc.Arbitrary<infer T> ? T : never;
const withoutUndefined = ({ rejected, ...one }: AnyPerson): Person => ({ ...one, ...(rejected && { rejected }) });
/** Who is a candidate depends on the hash, as in a roster: a third, all or nobody. */
const anyRoster = fc.constantFrom<FindCandidate>(
  (idHash) => (idHash % 3n === 0n ? 'a third' : null),
  () => 'all',
  () => null,
);
const anyFile = fc.oneof(
  fc.array(anyPerson, { maxLength: 200 }).map((list) => list.map(withoutUndefined)),
  fc.array(anyPerson, { maxLength: 200 }).map((list) => list.map((one) => ({ ...withoutUndefined(one), rank: [] }))),
  fc
    .array(anyPerson, { minLength: 1_100, maxLength: 1_300 })
    .map((list) => list.map((one, i) => ({ ...withoutUndefined(one), id: `${one.id}·${i}` }))),
);

test('for any file: every row is packed once or dropped, never both, and rows are amended in file order', () => {
  fc.assert(
    fc.property(anyFile, anyRoster, (list, findCandidate) => {
      const { people, dropped } = added(list, findCandidate);
      const amended = [...people.amendments()].map((one) => one.row);
      expect(amended).toEqual([...amended].sort((a, b) => a - b));
      const out = dropped.filter(({ kind }) => kind !== 'skipped' && kind !== 'name-held');
      const rows = [...sentRows(people), ...out.map((one) => one.row)];
      expect(rows.sort((a, b) => a - b)).toEqual(list.map((_, i) => i + 1));
    }),
    { numRuns: 15 },
  );
});

test('for any file: the index finds exactly the packed people, each in the right batch', () => {
  fc.assert(
    fc.property(anyFile, anyRoster, (list, findCandidate) => {
      const people = collect(list, findCandidate);
      const index = new PeopleIndex(encodePeopleIndex(people.indexed()), hash);
      const packed = new Map([...people.packed()].flatMap((batch) => batch.rows.map(([, id]) => [id, batch.batch])));
      expect(index.size).toBe(packed.size);
      for (const { id } of list) expect(index.find(id)?.batch ?? null).toBe(packed.get(id) ?? null);
      expect(index.find('nobody has this id')).toBeNull();
    }),
    { numRuns: 15 },
  );
});

test('the index knows the record: another one has another hash', () => {
  const indexOf = (list: readonly Person[]) => new PeopleIndex(encodePeopleIndex(collect(list).indexed()), hash);
  const before = indexOf([{ id: 'a', says: 'x' }]).find('a');
  expect(indexOf([{ id: 'b' }, { id: 'a', says: 'x' }]).find('a')?.recordHash).toBe(before?.recordHash);
  expect(indexOf([{ id: 'a', says: 'y' }]).find('a')?.recordHash).not.toBe(before?.recordHash);
});

test('for any file: who is sent, and as whom, does not depend on the order of the rows, and nobody is disabled who may be active', () => {
  const anyDelivered = fc.constantFrom<(idHash: bigint) => boolean>(
    (idHash) => idHash % 2n === 0n,
    () => true,
    () => false,
  );
  const anyOrder = anyFile.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray([...list], { minLength: list.length })),
  );
  const sentOf = (list: readonly Person[], isDelivered: (idHash: bigint) => boolean) => {
    const { people } = added(list, undefined, undefined, isDelivered);
    return [...people.packed()].flatMap(({ candidates, rows }) =>
      rows.map(([row]) => {
        const { id, active, says } = list[row - 1]!;
        return { id, text: JSON.stringify([candidates, id, active, says]), active };
      }),
    );
  };
  fc.assert(
    fc.property(anyOrder, anyDelivered, ([list, shuffled], isDelivered) => {
      const sent = sentOf(list, isDelivered);
      const textsOf = (all: typeof sent): readonly string[] => all.map(({ text }) => text).sort();
      expect(textsOf(sentOf(shuffled, isDelivered))).toEqual(textsOf(sent));
      const active = new Set(list.filter((one) => one.active !== false).map(({ id }) => foldId(id)));
      expect(sent.filter((one) => one.active === false && active.has(foldId(one.id)))).toEqual([]);
    }),
    { numRuns: 15 },
  );
});
