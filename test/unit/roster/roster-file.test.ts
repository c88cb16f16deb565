// The file: what is written is read, in few bytes; what is cut short, changed or of another source is told and never used.
import * as fc from 'fast-check';
import { EntryView, writeEntry } from '../../../shared/roster/entry-bytes';
import type { RosterEntry } from '../../../shared/roster/roster-entry';
import { MAX_TRIES, UNCONFIRMED_REASONS } from '../../../shared/roster/roster-entry';
import { ENTRY_BYTES, entryBytesOf } from '../../../shared/roster/roster-file';
import { loadRoster } from '../../../shared/roster/read-roster';
import {
  anyFacts,
  arrivalMs,
  chunked,
  epochOf,
  loaded,
  partOf,
  plainEntry,
  runId,
  settled,
  SOURCE,
} from './made-roster';

const anyHash = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const anyDay = fc.integer({ min: 1, max: 65_535 });
const anyEpoch = fc.nat({ max: 15 });
const anyRunId = fc.integer({ min: 0, max: 2_000 }).map(runId);
const anyEntry: fc.Arbitrary<RosterEntry> = fc.record({
  idHash: anyHash,
  run: anyRunId,
  offset: fc.nat({ max: 2 ** 40 - 1 }),
  bytes: fc.nat({ max: 2 ** 24 - 1 }),
  recordHash: anyHash,
  epoch: anyEpoch,
  active: fc.boolean(),
  attributes: fc.array(fc.nat({ max: 65_535 }), { minLength: 3, maxLength: 3 }).map((list) => Uint16Array.from(list)),
  confirmedOn: fc.option(anyDay),
  unconfirmed: fc.option(
    fc.record({
      run: anyRunId,
      recordHash: anyHash,
      epoch: anyEpoch,
      active: fc.boolean(),
      why: fc.constantFrom(...UNCONFIRMED_REASONS),
      day: anyDay,
      tries: fc.integer({ min: 1, max: MAX_TRIES }),
    }),
  ),
  seenAt: fc.nat({ max: 2 ** 32 - 1 }),
});
/** The values of a view: they are in its getters. */
const valuesOf = (entry: RosterEntry): RosterEntry => ({
  idHash: entry.idHash,
  run: entry.run,
  offset: entry.offset,
  bytes: entry.bytes,
  recordHash: entry.recordHash,
  epoch: entry.epoch,
  active: entry.active,
  attributes: entry.attributes,
  confirmedOn: entry.confirmedOn,
  unconfirmed: entry.unconfirmed,
  seenAt: entry.seenAt,
});

test('for any entry: what is written is read, whatever was there before', () => {
  fc.assert(
    fc.property(anyEntry, (entry) => {
      const bytes = Buffer.alloc(ENTRY_BYTES + 3 * 2 + 20, 0xff);
      writeEntry(bytes, 10, entry);
      expect(valuesOf(new EntryView(bytes, 10, 3))).toEqual(entry);
      for (const outside of [bytes.subarray(0, 10), bytes.subarray(-10)])
        expect(outside.every((byte) => byte === 0xff)).toBe(true);
    }),
  );
});

test('a number that does not fit is an error, never another number', () => {
  const entry = partOf({ n: 1, facts: [{ id: 1n, value: 1, why: null }] }).at(0);
  const values = valuesOf(entry);
  const bytes = Buffer.alloc(200);
  expect(() => writeEntry(bytes, 0, { ...values, offset: 2 ** 40 })).toThrow('out of range');
  expect(() => writeEntry(bytes, 0, { ...values, bytes: 2 ** 24 })).toThrow('out of range');
  expect(() => writeEntry(bytes, 0, { ...values, run: 'r1' })).toThrow('by its id');
});

test('a person takes at most 60 bytes, and 2 for each attribute', async () => {
  expect(ENTRY_BYTES).toBeLessThanOrEqual(60);
  const person = (id: bigint) => ({ id, value: 1, why: null });
  const sizeWith = async (count: number): Promise<number> =>
    (await settled([{ n: 1, facts: Array.from({ length: count }, (_, at) => person(BigInt(at))) }])).length;
  expect((await sizeWith(11)) - (await sizeWith(10))).toBe(ENTRY_BYTES + 2 * 2);
});

test('the first line is JSON that says what it is', async () => {
  const file = await settled([{ n: 1, facts: [{ id: 1n, value: 1, why: null }], full: 'complete' }]);
  expect(JSON.parse(file.toString('latin1', 0, file.indexOf(10)))).toEqual({
    format: 'rollcall-roster',
    version: 1,
    source: SOURCE,
    epochs: [epochOf('1')],
    attributes: ['title', 'name.givenName'],
    fullFiles: [arrivalMs(1) / 1_000],
    doubtfulFullAt: 0,
    newestAt: arrivalMs(1) / 1_000,
  });
});

test('a roster of nobody is a roster', async () => {
  expect((await loaded(await settled([{ n: 1, facts: [] }]))).size).toBe(0);
});

test('for any chunks: what is read is the same', async () => {
  const file = await settled([{ n: 1, facts: [1n, 2n, 3n].map((id) => ({ id, value: Number(id), why: null })) }]);
  const whole = [...(await loaded(file))].map(valuesOf);
  for (let size = 1; size <= file.length; size++)
    expect([...(await loadRoster(chunked(file, size), SOURCE, file.length))].map(valuesOf)).toEqual(whole);
});

describe('looking people up', () => {
  test('for any people: everybody is found, and nobody else', () => {
    fc.assert(
      fc.property(anyFacts, fc.bigInt({ min: 0n, max: 6n }), (facts, other) => {
        const table = partOf({ n: 1, facts });
        for (const { id, value } of facts)
          expect(table.find(id)).toMatchObject({ idHash: id, recordHash: BigInt(value) });
        expect(table.find(other) === null).toBe(!facts.some(({ id }) => id === other));
      }),
    );
  });
  test('two people under one key are one entry: the record of one of them, so that the other always differs', () => {
    const facts = [
      { id: 1n, value: 4, why: null },
      { id: 1n, value: 2, why: null },
      { id: 0n, value: 3, why: null },
    ];
    const table = partOf({ n: 1, facts });
    expect([...table].map(({ idHash }) => idHash)).toEqual([0n, 1n]);
    expect([2n, 4n]).toContain(table.find(1n)?.recordHash);
    expect(plainEntry(table.find(0n)!, table.header).attributes).toEqual({ title: 4, 'name.givenName': 5 });
  });
});

describe('damage', () => {
  const whole = () =>
    settled([{ n: 1, facts: [1n, 2n, 3n].map((id) => ({ id, value: Number(id), why: null })), full: 'complete' }]);
  const isDamaged = { code: 'roster-damaged', disposition: 'retry' };
  test('a file that was cut at any place', async () => {
    const file = await whole();
    for (let length = 0; length < file.length; length++)
      await expect(loaded(file.subarray(0, length))).rejects.toMatchObject(isDamaged);
  });
  test('a file that lacks whole entries, or has one twice', async () => {
    const file = await whole();
    const begin = file.indexOf(10) + 1;
    const bytes = entryBytesOf(await loaded(file).then(({ header }) => header));
    const without = Buffer.concat([file.subarray(0, begin), file.subarray(begin + bytes)]);
    await expect(loaded(without)).rejects.toMatchObject(isDamaged);
    const twice = Buffer.concat([file.subarray(0, begin + bytes), file.subarray(begin)]);
    await expect(loaded(twice)).rejects.toMatchObject(isDamaged);
  });
  test('any byte that was changed', async () => {
    const file = await whole();
    const bytes = file.indexOf(10) + 1;
    for (let at = 0; at < file.length; at++) {
      const changed = Buffer.from(file);
      changed[at] = (changed[at] ?? 0) ^ 0x04;
      // A changed header may be that of a version to come.
      const code = at < bytes ? /^roster-(damaged|too-new)$/ : /^roster-damaged$/;
      await expect(loaded(changed)).rejects.toMatchObject({ code: expect.stringMatching(code), disposition: 'retry' });
    }
  });
  test('bytes after the end', async () => {
    await expect(loaded(Buffer.concat([await whole(), Buffer.from([0])]))).rejects.toMatchObject(isDamaged);
  });
  test('the roster of another source', async () => {
    const file = await whole();
    await expect(loadRoster(chunked(file), 'fabrikam-hr', file.length)).rejects.toMatchObject(isDamaged);
  });
  test('a file that is none, or has no end of its first line', async () => {
    for (const text of [
      '',
      'null\n',
      '7\n',
      '{"format":"zip"}\n',
      '{"format":"rollcall-roster","version":1}\n',
      'x'.repeat(5 * 1024 * 1024),
    ])
      await expect(loadRoster(chunked(Buffer.from(text), 500_000), SOURCE, text.length)).rejects.toMatchObject(
        isDamaged,
      );
  });
  test('a format of a newer version says so', async () => {
    const file = await whole();
    const newer = Buffer.from(file.toString('latin1').replace('"version":1', '"version":2'), 'latin1');
    await expect(loaded(newer)).rejects.toMatchObject({ code: 'roster-too-new', disposition: 'retry' });
  });
});
