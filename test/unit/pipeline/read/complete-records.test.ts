// Rows of inactive people wait for the records that they are completed from: few reads, in the order of the file, with bounded memory.
import { loadHash64, type Hash64 } from '../../../../shared/core/hash';
import { foldId } from '../../../../shared/columns/id';
import type { MappedRecord } from '../../../../shared/mapping/mapped-record';
import { LostValues } from '../../../../shared/pipeline/read/lost-values';
import { RecordCompleter } from '../../../../shared/pipeline/read/complete-records';
import { attributeHashes, recordHashOf } from '../../../../shared/roster/record-hash';
import { RunPart } from '../../../../shared/roster/run-part';
import type { RosterTable } from '../../../../shared/roster/roster-table';
import { UNKNOWN_EPOCH } from '../../../../shared/roster/epoch';
import { coreUserUrn, enterpriseUserUrn } from '../../../../shared/scim/scim-schema';
import type { ScimUser } from '../../../../shared/scim/user';

const SETTINGS = { job: { servicePrincipalId: 'sp', jobId: 'API2AAD.example', target: 'entra' } } as const;
const why = { code: 'phone-unreadable', values: {}, at: { line: 2, column: 'Phone' } };
const userOf = (id: string, more: object = {}): ScimUser => ({
  ...{ schemas: [coreUserUrn, enterpriseUserUrn], externalId: id, active: false },
  ...more,
});
const PHONES = { phoneNumbers: [{ type: 'work', value: '+49431000000' }] };

/** A roster that holds these records, in the order in which a run staged them. */
function rosterOf(hash: Hash64, users: readonly ScimUser[], run = '20261120T080000Z-0123456789'): RosterTable {
  const part = new RunPart({ source: 'hr', run, epoch: UNKNOWN_EPOCH, isOfFile: true });
  let offset = 0;
  for (const user of users) {
    const bytes = Buffer.byteLength(JSON.stringify(user));
    part.add(
      {
        ...{ idHash: hash(foldId(user.externalId)), offset, bytes, active: user.active },
        recordHash: recordHashOf(user, hash),
        attributes: attributeHashes(user, hash),
      },
      { day: 20_000, why: null },
    );
    offset += bytes + 1;
  }
  return part.table('complete');
}
const rowOf = (row: number, id: string, more: Partial<Extract<MappedRecord, { kind: 'user' }>> = {}): MappedRecord => ({
  ...{ kind: 'user', row, line: row + 1, externalId: id, userName: null, active: false, rank: [], leftAt: null },
  ...{ user: userOf(id), warnings: [] },
  ...more,
});
const asking = (row: number, id: string): MappedRecord =>
  rowOf(row, id, { leftOut: [{ place: ['phoneNumbers', null], why, inPlace: 'last-value-if-any' }] });

async function completed(
  chunks: readonly (readonly MappedRecord[])[],
  held: readonly ScimUser[],
  { expected, gone = false }: { readonly expected?: readonly ScimUser[]; readonly gone?: boolean } = {},
) {
  const hash = await loadHash64();
  const roster = rosterOf(hash, held);
  const byHash = new Map(held.map((user) => [recordHashOf(user, hash), user]));
  const reads: number[] = [];
  const completer = new RecordCompleter(SETTINGS, {
    ...{
      roster,
      hash,
      expected: expected === undefined ? roster : rosterOf(hash, expected, '20261121T080000Z-0123456789'),
    },
    oldRecords: {
      read: (pointers) => {
        reads.push(pointers.length);
        return Promise.resolve(
          new Map(gone ? [] : pointers.flatMap(({ recordHash }) => [[recordHash, byHash.get(recordHash)!] as const])),
        );
      },
    },
  });
  async function* all() {
    await Promise.resolve();
    yield* chunks;
  }
  const out: (readonly MappedRecord[])[] = [];
  for await (const chunk of completer.complete(all())) out.push(chunk);
  const lost = new LostValues(true);
  for (const record of out.flat()) if (record.kind === 'user') lost.add(record.line, record.leftOut ?? []);
  return { out, reads, findings: lost.findings(), records: out.flat() };
}
const valuesOf = (record: MappedRecord | undefined) =>
  record?.kind === 'user'
    ? [record.user['phoneNumbers'] ?? null, record.leftOut?.map(({ inPlace }) => inPlace) ?? []]
    : [];

test('rows that ask are read for together, a thousand at a time at most, and all rows keep their order', async () => {
  const chunks = Array.from({ length: 25 }, (_, chunk) =>
    Array.from({ length: 100 }, (_, at) => {
      const row = chunk * 100 + at + 1;
      return row % 5 === 0 ? rowOf(row, `p${row}`) : asking(row, `p${row}`);
    }),
  );
  // In the other order, as a file that is sorted otherwise has them.
  const held = chunks
    .flat()
    .map(({ row }) => userOf(`p${row}`, PHONES))
    .reverse();
  const { records, out, reads, findings } = await completed(chunks, held);
  expect(records.map(({ row }) => row)).toEqual(chunks.flat().map(({ row }) => row));
  expect(out.map((chunk) => chunk.length)).toEqual(chunks.map((chunk) => chunk.length));
  expect(reads).toEqual([1_040, 960]);
  expect(records.filter((one) => one.row % 5 !== 0).every((one) => valuesOf(one)[0] !== null)).toBe(true);
  expect(findings).toEqual([]);
});
test('no more than 5,000 rows wait behind one that asks', async () => {
  const chunks = Array.from({ length: 12 }, (_, chunk) =>
    Array.from({ length: 500 }, (_, at) => {
      const row = chunk * 500 + at + 1;
      return row % 2_600 === 1 ? asking(row, `p${row}`) : rowOf(row, `p${row}`);
    }),
  );
  const { reads } = await completed(
    chunks,
    [1, 2_601, 5_201].map((row) => userOf(`p${row}`, PHONES)),
  );
  expect(reads).toEqual([2, 1]);
});
test('a file in which nobody asks reads nothing, and its chunks go on as they are', async () => {
  const chunks = [[rowOf(1, 'p1')], [rowOf(2, 'p2')]];
  const { out, reads } = await completed(chunks, [userOf('p1', PHONES)]);
  expect(out.map((chunk, at) => chunk === chunks[at])).toEqual([true, true]);
  expect(reads).toEqual([]);
});
test('nothing is read of a person whose confirmed record has no such value: nothing is lost without it', async () => {
  const { records, reads, findings } = await completed([[asking(1, 'p1')]], [userOf('p1', { title: 'Clerk' })]);
  expect([valuesOf(records[0]), reads, findings]).toEqual([[null, ['nothing']], [], []]);
});
test.each([
  ['was never sent', [userOf('p2', PHONES)], {}],
  ['has a record whose file is gone', [userOf('p1', PHONES)], { gone: true }],
  [
    'is in a file on its way that says something else',
    [userOf('p1', PHONES)],
    { expected: [userOf('p1', { title: 'x' })] },
  ],
])('a person who %s goes without the value, and the file says so', async (_what, held, more) => {
  const { records, findings } = await completed([[asking(1, 'p1')]], held, more);
  expect(valuesOf(records[0])).toEqual([null, ['nothing']]);
  expect(findings).toMatchObject([
    { severity: 'warning', code: 'inactive-values-left-out', line: 2, values: { people: 1, isKnown: true } },
  ]);
});
test('the value is taken if the file on its way says the same', async () => {
  const held = [userOf('p1', PHONES)];
  const { records } = await completed([[asking(1, 'p1')]], held, {
    expected: [userOf('p1', { title: 'x', ...PHONES })],
  });
  expect(valuesOf(records[0])).toEqual([PHONES.phoneNumbers, ['last-value']]);
});
test('a value that was cleared is not cleared once more, and one that the directory would refuse today is not sent', async () => {
  const cleared = await completed(
    [[asking(1, 'p1')]],
    [userOf('p1', { phoneNumbers: [{ type: 'work', value: null }] })],
  );
  expect([valuesOf(cleared.records[0]), cleared.findings]).toEqual([[null, ['nothing']], []]);
  const refused = await completed(
    [[asking(1, 'p1')]],
    [userOf('p1', { phoneNumbers: [{ type: 'work', value: '1'.repeat(65) }] })],
  );
  expect([valuesOf(refused.records[0]), refused.findings.length]).toEqual([[null, ['nothing']], 1]);
});
test('a completed record is written as an equal one is: members and schemas in their order', async () => {
  const urn = 'urn:contoso:employee';
  const held = userOf('p1', {
    userName: 'a@contoso.example',
    name: { familyName: 'Ost', givenName: 'Ann' },
    [enterpriseUserUrn]: { department: 'IT', manager: { value: '17' } },
    [urn]: { grade: 'G7' },
    schemas: [coreUserUrn, enterpriseUserUrn, urn],
  });
  const row = rowOf(1, 'p1', {
    user: userOf('p1', { name: { givenName: 'Ann' }, [enterpriseUserUrn]: { department: 'IT' } }),
    warnings: [{ severity: 'warning', code: 'user-name-missing', values: {}, line: 2, column: null, id: 'p1' }],
    leftOut: [
      ['userName', null] as const,
      ['name', 'familyName'] as const,
      [enterpriseUserUrn, 'manager'] as const,
      [urn, 'grade'] as const,
    ].map((place) => ({ place, why, inPlace: 'last-value-if-any' })),
  });
  const { records } = await completed([[row]], [held]);
  const [record] = records;
  expect(record?.kind === 'user' && JSON.stringify(record.user)).toBe(
    JSON.stringify(
      JSON.parse(
        `{"schemas":${JSON.stringify(held.schemas)},"externalId":"p1","active":false,"userName":"a@contoso.example","name":{"familyName":"Ost","givenName":"Ann"},"${enterpriseUserUrn}":{"department":"IT","manager":{"value":"17"}},"${urn}":{"grade":"G7"}}`,
      ),
    ),
  );
  // The name is not the file's word: another row may have it.
  expect(record).toMatchObject({ userName: null, warnings: [] });
});
