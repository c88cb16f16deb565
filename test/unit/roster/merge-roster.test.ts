// Merging runs into a roster: nobody is lost, runs that settle in any order end in the same roster, and who is missing is known.
import * as fc from 'fast-check';
import { missingSince } from '../../../shared/roster/compare-record';
import { openRoster } from '../../../shared/roster/read-roster';
import { updateRoster } from '../../../shared/roster/update-roster';
import { MemoryRosterStore } from '../memory/memory-roster-store';
import type { MadeRun } from './made-roster';
import {
  anyRun,
  arrivalDay,
  arrivalMs,
  chunked,
  entriesIn,
  loaded,
  merged,
  partOf,
  runId,
  seenOf,
  settled,
  SOURCE,
} from './made-roster';

type Plain = Awaited<ReturnType<typeof entriesIn>>[number];

const withoutTries = (entries: readonly Plain[]): readonly object[] =>
  entries.map((entry) => ({
    ...entry,
    unconfirmed: entry.unconfirmed === null ? null : { ...entry.unconfirmed, tries: 0 },
  }));
/** What runs know of records; who was in which file is another matter. */
const recordsOnly = (entries: readonly Plain[]): readonly object[] => entries.map((entry) => ({ ...entry, seenAt: 0 }));

const anyOrder = fc
  .tuple(anyRun(1), anyRun(2), anyRun(3), fc.shuffledSubarray([0, 1, 2], { minLength: 3 }))
  .map(([a, b, c, order]) => ({ inOrder: [a, b, c], other: order.map((at) => [a, b, c][at]!) }));

describe('for any runs:', () => {
  test('everybody who was sent has exactly one entry, in the order of their keys', async () => {
    await fc.assert(
      fc.asyncProperty(anyOrder, async ({ other }) => {
        const ids = new Set(other.flatMap(({ facts }) => facts.map(({ id }) => id)));
        const entries = await entriesIn(await settled(other));
        expect(entries.map(({ idHash }) => idHash)).toEqual([...ids].sort((a, b) => (a < b ? -1 : 1)));
      }),
    );
  });
  test('the roster says of each person what the newest run with a success says', async () => {
    await fc.assert(
      fc.asyncProperty(anyOrder, async ({ inOrder, other }) => {
        for (const entry of await entriesIn(await settled(other))) {
          const told = inOrder.flatMap(({ n, facts }) =>
            facts.filter(({ id }) => id === entry.idHash).map((fact) => ({ n, ...fact })),
          );
          const isSuccess = ({ why }: { readonly why: string | null }) =>
            why === null || why === 'manager-not-resolved';
          const newest = told.filter(isSuccess).at(-1) ?? told.at(-1)!;
          expect(entry).toMatchObject({ run: runId(newest.n), recordHash: BigInt(newest.value) });
          expect(entry.confirmedOn).toBe(isSuccess(newest) ? arrivalDay(newest.n) : null);
          const last = told.at(-1)!;
          expect(entry.unconfirmed?.why ?? null).toBe(last.why);
        }
      }),
    );
  });
  test('two runs that settle in either order leave the same', async () => {
    await fc.assert(
      fc.asyncProperty(anyRun(1), anyRun(2), async (a, b) => {
        expect(recordsOnly(await entriesIn(await settled([b, a])))).toEqual(
          recordsOnly(await entriesIn(await settled([a, b]))),
        );
      }),
    );
  });
  test('any number of runs in any order leave the same, apart from the tries', async () => {
    await fc.assert(
      fc.asyncProperty(anyOrder, async ({ inOrder, other }) => {
        const left = withoutTries(await entriesIn(await settled(other)));
        const right = withoutTries(await entriesIn(await settled(inOrder)));
        expect(recordsOnly(left as Plain[])).toEqual(recordsOnly(right as Plain[]));
      }),
    );
  });
  test('in another order nobody is missing earlier than in the right one', async () => {
    await fc.assert(
      fc.asyncProperty(anyOrder, async ({ inOrder, other }) => {
        const since = async (runs: readonly MadeRun[]) => {
          const { header, ...table } = await loaded(await settled(runs)).then((one) => ({
            header: one.header,
            entries: [...one],
          }));
          return table.entries.map((entry) => missingSince(entry, header) ?? Number.POSITIVE_INFINITY);
        };
        const right = await since(inOrder);
        (await since(other)).forEach((day, at) => expect(day).toBeGreaterThanOrEqual(right[at]!));
      }),
    );
  });
  test('who had a row in a newer file before there was an entry is not missing since a full file in between', async () => {
    const first: MadeRun = { n: 1, facts: [{ id: 0n, value: 0, why: null }] };
    const full: MadeRun = { n: 2, facts: [], full: 'complete' };
    const newest: MadeRun = { n: 3, facts: [], alsoSeen: [0n] };
    const { header, ...table } = await loaded(await settled([newest, first, full])).then((one) => ({
      header: one.header,
      entry: one.at(0),
    }));
    expect(missingSince(table.entry, header)).toBeNull();
  });
  test('a run that is merged once more changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(anyRun(1), anyRun(2), async (a, b) => {
        const once = await entriesIn(await settled([a, b]));
        expect(await entriesIn(await settled([a, b, b]))).toEqual(once);
        expect(withoutTries(await entriesIn(await settled([a, b, a])))).toEqual(withoutTries(once));
      }),
    );
  });
  test('a part may be merged in pieces', async () => {
    await fc.assert(
      fc.asyncProperty(anyRun(1), anyRun(2), fc.nat({ max: 5 }), async (a, b, cut) => {
        const first = { ...b, facts: b.facts.slice(0, cut) };
        const second = { ...b, facts: b.facts.slice(cut) };
        const old = await settled([a]);
        const whole = await merged(old, partOf(b), seenOf(b));
        const pieces = await merged(await merged(old, partOf(first), seenOf(b)), partOf(second), seenOf(b));
        expect(await entriesIn(pieces)).toEqual(await entriesIn(whole));
      }),
    );
  });
});

describe('late evidence', () => {
  const [id, value] = [7n, 5];
  const run = (n: number, why: MadeRun['facts'][number]['why'], day?: number): MadeRun => ({
    n,
    facts: [{ id, value: value + n, why }],
    ...(day === undefined ? {} : { day }),
  });
  test('turns what was not seen into the confirmed record', async () => {
    expect(
      await entriesIn(await settled([run(1, null), run(2, 'not-seen'), run(2, null, arrivalDay(8))])),
    ).toMatchObject([{ run: runId(2), confirmedOn: arrivalDay(8), unconfirmed: null }]);
  });
  test('of an older run does not undo a newer one', async () => {
    expect(
      await entriesIn(await settled([run(1, 'not-seen'), run(2, null), run(1, null, arrivalDay(8))])),
    ).toMatchObject([{ run: runId(2), confirmedOn: arrivalDay(2), unconfirmed: null }]);
  });
});

describe('who is missing', () => {
  const full = (n: number, ids: readonly bigint[], more: Partial<MadeRun> = {}): MadeRun => ({
    n,
    facts: n === 1 ? ids.map((id) => ({ id, value: 1, why: null })) : [],
    alsoSeen: ids,
    full: 'complete',
    ...more,
  });
  const since = async (runs: readonly MadeRun[], id: bigint): Promise<number | null> => {
    const table = await loaded(await settled(runs));
    return missingSince(table.find(id)!, table.header);
  };
  test('since the first full file without a row of the person, until there is one again', async () => {
    expect(await since([full(1, [1n, 2n])], 2n)).toBeNull();
    expect(await since([full(1, [1n, 2n]), full(2, [1n])], 2n)).toBe(arrivalDay(2));
    expect(await since([full(1, [1n, 2n]), full(2, [1n]), full(3, [1n])], 2n)).toBe(arrivalDay(2));
    expect(await since([full(1, [1n, 2n]), full(2, [1n]), full(3, [2n])], 2n)).toBeNull();
    expect(await since([full(1, [1n, 2n]), full(2, [1n]), full(3, [2n]), full(4, [1n])], 2n)).toBe(arrivalDay(4));
  });
  test('a file of changes says of nobody that they are missing, and of its people that they are not', async () => {
    const changes = (n: number, ids: readonly bigint[]): MadeRun => full(n, ids, { full: null });
    expect(await since([full(1, [1n, 2n]), changes(2, [1n])], 2n)).toBeNull();
    expect(await since([full(1, [1n, 2n]), full(2, [1n]), changes(3, [2n])], 2n)).toBeNull();
  });
  test('a full file with a row without an id: that could have been anybody', async () => {
    const doubtful = full(3, [1n], { full: 'doubtful' });
    expect(await since([full(1, [1n, 2n]), full(2, [1n]), doubtful], 2n)).toBeNull();
    expect(await since([full(1, [1n, 2n]), full(2, [1n]), doubtful, full(4, [1n])], 2n)).toBe(arrivalDay(4));
  });
  test('a run that settles after a newer full file does not make its people missing at once', async () => {
    const newcomer: MadeRun = { n: 2, facts: [{ id: 9n, value: 1, why: null }] };
    const runs = [full(1, [1n]), full(3, [1n]), newcomer];
    expect(await since(runs, 9n)).toBeNull();
    expect(await since([...runs, full(4, [1n])], 9n)).toBe(arrivalDay(4));
  });
  test('the last full file of a day counts, and 400 days are remembered', async () => {
    let file = await merged(null, partOf(full(1, [1n])), seenOf(full(1, [1n])));
    for (let n = 2; n <= 402; n++) file = await merged(file, partOf(full(n, [])), seenOf(full(n, [])));
    const { header } = await loaded(file);
    expect(header.fullFiles).toEqual(Array.from({ length: 400 }, (_, at) => arrivalMs(at + 3) / 1_000));
  });
});

test('the attributes of old and new mappings are kept side by side', async () => {
  const facts = [{ id: 1n, value: 1, why: null }];
  const file = await settled([
    { n: 1, facts, mapping: '1' },
    { n: 2, facts: [{ id: 2n, value: 2, why: null }], mapping: '2' },
  ]);
  expect(await entriesIn(file)).toMatchObject([
    { idHash: 1n, epoch: '1', attributes: { title: 2, 'name.givenName': 3 } },
    { idHash: 2n, epoch: '2', attributes: { title: 3 } },
  ]);
});

test('of more than 15 epochs the oldest is no epoch any more', async () => {
  const runs = Array.from({ length: 16 }, (_, at): MadeRun => ({
    n: at + 1,
    facts: [{ id: BigInt(at), value: 1, why: null }],
    mapping: String(at),
  }));
  const epochs = (await entriesIn(await settled(runs))).map(({ epoch }) => epoch);
  expect(epochs).toEqual([null, ...runs.slice(1).map(({ mapping }) => mapping)]);
});

test('a mapping that was changed back is the newest epoch again, and its people are still of it', async () => {
  const run = (n: number, mapping: string): MadeRun => ({
    n,
    facts: [{ id: BigInt(n), value: n, why: null }],
    mapping,
  });
  const file = await settled([run(1, 'a'), run(2, 'b'), run(3, 'a')]);
  expect((await loaded(file)).header.epochs.map(({ mapping }) => mapping)).toEqual(['b', 'a']);
  expect((await entriesIn(file)).map(({ epoch }) => epoch)).toEqual(['a', 'b', 'a']);
});

test('many people, more than one chunk of the merge', async () => {
  const facts = Array.from({ length: 20_000 }, (_, at) => ({
    id: (BigInt(at) * 0x9e37_79b9_7f4a_7c15n) & 0xffff_ffff_ffff_ffffn,
    value: at % 50,
    why: null,
  }));
  const file = await settled([
    { n: 1, facts: facts.slice(0, 15_000) },
    { n: 2, facts: facts.slice(10_000) },
  ]);
  const table = await loaded(file);
  expect(table.size).toBe(20_000);
  expect(facts.filter(({ id }, at) => table.find(id)?.run !== runId(at < 10_000 ? 1 : 2))).toEqual([]);
  expect(table.find(12_345n)).toBeNull();
});

describe('updating the roster of a source', () => {
  const run = (n: number, id: bigint): MadeRun => ({ n, facts: [{ id, value: n, why: null }] });
  const idsIn = async (store: MemoryRosterStore): Promise<readonly bigint[]> => {
    const { value } = (await store.current(SOURCE))!;
    const parts: Buffer[] = [];
    for await (const part of await store.read(value)) parts.push(Buffer.from(part));
    return (await entriesIn(Buffer.concat(parts))).map(({ idHash }) => idHash);
  };
  test('begins with none', async () => {
    const store = new MemoryRosterStore();
    const first = await updateRoster(store, partOf(run(1, 1n)), null);
    expect(await store.current(SOURCE)).toEqual(first);
    expect(await idsIn(store)).toEqual([1n]);
  });
  test('begins again when another run was faster, and loses nobody', async () => {
    const store = new MemoryRosterStore();
    let isFirst = true;
    store.calls.before = async ({ method }) => {
      if (method !== 'commit' || !isFirst) return;
      isFirst = false;
      await updateRoster(store, partOf(run(2, 2n)), null);
    };
    await updateRoster(store, partOf(run(1, 1n)), null);
    expect(await idsIn(store)).toEqual([1n, 2n]);
  });
  test('gives up after five attempts, to be tried again', async () => {
    const store = new MemoryRosterStore();
    let n = 10;
    let depth = 0;
    store.calls.before = async ({ method }) => {
      if (method !== 'commit' || depth > 0) return;
      depth++;
      await updateRoster(store, partOf(run(n++, BigInt(n))), null);
      depth--;
    };
    await expect(updateRoster(store, partOf(run(1, 1n)), null)).rejects.toMatchObject({
      code: 'roster-contended',
      disposition: 'retry',
    });
    expect(n).toBe(15);
    expect(await idsIn(store)).toHaveLength(5);
  });
  test('a damaged roster is told, and replaced by nothing', async () => {
    const store = new MemoryRosterStore();
    const { value } = await updateRoster(store, partOf(run(1, 1n)), null);
    store.spoil(value, (content) => content.subarray(0, -1));
    await expect(updateRoster(store, partOf(run(2, 2n)), null)).rejects.toMatchObject({ code: 'roster-damaged' });
    expect((await store.current(SOURCE))?.value).toEqual(value);
    expect(store.names()).toHaveLength(1);
  });
});

test('a merge that is broken off ends the stream that it reads', async () => {
  let isEnded = false;
  const file = await settled([{ n: 1, facts: [{ id: 1n, value: 1, why: null }] }]);
  const stream = (async function* () {
    try {
      yield* chunked(file, 400);
    } finally {
      isEnded = true;
    }
  })();
  const { blocks } = await openRoster(stream, SOURCE);
  for await (const block of blocks) {
    expect(block.length).toBeGreaterThan(0);
    break;
  }
  expect(isEnded).toBe(true);
});
