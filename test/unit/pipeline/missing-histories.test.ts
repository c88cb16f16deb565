// Missing people over any history of full files, and through a crash at every step of making their run.
import fc from 'fast-check';
import { foldId } from '../../../shared/columns/id';
import { DAY_MS } from '../../../shared/core/clock';
import { decideMissing } from '../../../shared/pipeline/records/decide-missing';
import type { Run } from '../../../shared/run/run';
import { runIdAfter } from '../../../shared/run/run';
import { csvOf, person, settingsOf, SOURCE } from './contoso';
import type { Nights } from './nights';
import { nights } from './nights';
import { rounds } from '../../rounds';

const AFTER = 2;
const PEOPLE = ['P1', 'P2', 'P3'] as const;

/** What a day's file says of each person. Null: there is no file on that day. */
interface Day {
  readonly rows: readonly ('row' | 'rejected' | 'none')[];
  readonly hasRowWithoutId: boolean;
}
const day: fc.Arbitrary<Day | null> = fc.option(
  fc.record({
    rows: fc.array(fc.constantFrom('row', 'rejected', 'none', 'none', 'none'), { minLength: 3, maxLength: 3 }),
    hasRowWithoutId: fc.integer({ min: 0, max: 3 }).map((one) => one === 0),
  }),
  { freq: 5 },
);

const nextMorning = (world: Nights): void => {
  const { clock } = world.pipeline;
  clock.pass((Math.floor(clock.now() / DAY_MS) + 1) * DAY_MS + 8 * 3_600_000 - clock.now());
};

async function night(world: Nights, { rows, hasRowWithoutId }: Day): Promise<Run> {
  const lines = rows.flatMap((row, at) =>
    row === 'none' ? [] : [person(PEOPLE[at] ?? '', row === 'row' ? 'Active' : 'Unknown word')],
  );
  // No file is an exact copy of an older one.
  const always = person('P0', 'Active', `p0-${world.pipeline.clock.now()}@contoso.example`);
  const run = await world.drop(csvOf(...lines, always, ...(hasRowWithoutId ? [',Active,x@contoso.example'] : [])));
  await world.rest();
  return run;
}

/** Whom Entra should hold enabled after each day: who had a row and has not been missing for long enough since. */
function expected(days: readonly (Day | null)[]): readonly (readonly boolean[])[] {
  const people = PEOPLE.map(() => ({ isEnabled: false, since: null as number | null }));
  return days.map((one, today) => {
    people.forEach((known, at) => {
      const row = one?.rows[at];
      if (row === 'row') known.isEnabled = true;
      if (row === 'row' || row === 'rejected' || one?.hasRowWithoutId === true) known.since = null;
      else if (one !== null) known.since ??= today;
      if (one !== null && known.since !== null && today - known.since >= AFTER) known.isEnabled = false;
    });
    return people.map(({ isEnabled }) => isEnabled);
  });
}

const enabledIn = (world: Nights): readonly boolean[] =>
  PEOPLE.map((id) => {
    const held = world.tenant.directory.get(foldId(id));
    return held !== undefined && (JSON.parse(held) as { readonly active: boolean }).active;
  });

test('for any history of full files, exactly who was missing for long enough is disabled, and on that day', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(day, { minLength: 4, maxLength: 8 }), async (later) => {
      const days = [{ rows: PEOPLE.map(() => 'row' as const), hasRowWithoutId: false }, ...later];
      const world = await nights({ content: 'full' }, { missingPeople: { disableAfterDays: AFTER } });
      const found: (readonly boolean[])[] = [];
      for (const one of days) {
        nextMorning(world);
        if (one !== null) await night(world, one);
        found.push(enabledIn(world));
      }
      expect(found).toEqual(expected(days));
    }),
    { numRuns: rounds(6) },
  );
}, 60_000);

/** A file whose rows are in the roster and that has not decided yet: P2 and P3 have been missing for long enough. */
async function undecided(): Promise<readonly [Nights, Run]> {
  const world = await nights({ content: 'full' });
  for (const rows of [['row', 'row', 'row'] as const, ['row', 'none', 'none'] as const]) {
    nextMorning(world);
    await night(world, { rows, hasRowWithoutId: false });
  }
  nextMorning(world);
  const run = world.run(await night(world, { rows: ['row', 'none', 'none'], hasRowWithoutId: false }));
  const settings = settingsOf({ content: 'full' }, { missingPeople: { disableAfterDays: 1 } });
  world.pipeline.files.put(run, 'source.json', JSON.stringify(settings));
  world.pipeline.files.remove(run, 'missing.jsonl');
  return [world, run];
}

test('a crash at any step of the decision: repeated, it makes the same run once', async () => {
  const outcome = async (
    failAt: number,
  ): Promise<{ readonly calls: number; readonly wasKilled: boolean; readonly made: unknown }> => {
    const [world, run] = await undecided();
    const { pipeline } = world;
    let calls = 0;
    const { ledger, files, rosters, sources, arrivals } = pipeline;
    for (const port of [ledger.runs, files, rosters, sources, arrivals])
      port.calls.before = () => {
        // Counts on afterwards, so it fails once.
        if (++calls === failAt) throw new Error('killed');
      };
    const wasKilled = await decideMissing(pipeline, run).then(
      () => false,
      () => true,
    );
    const first = calls;
    // A killed step is repeated; also when late evidence comes, and the run settles again.
    await decideMissing(pipeline, run);
    await world.rest();
    const records = (await ledger.runs.all()).filter(({ value }) => value.origin === 'missing');
    const key = { source: SOURCE, run: runIdAfter(run.run) };
    const state = records.map(({ value }) => [value.run, value.state, value.bytes]);
    const kept = (['export', 'order.json'] as const).map((file) => files.peek(key, file));
    return {
      calls: first,
      wasKilled,
      made: { state, kept, list: files.peek(run, 'missing.jsonl'), enabled: enabledIn(world) },
    };
  };
  const whole = await outcome(0);
  expect(whole.made).toMatchObject({
    state: [[expect.any(String), 'settled', expect.any(Number)]],
    enabled: [true, false, false],
  });
  expect(whole.calls).toBeGreaterThan(10);
  for (let failAt = 1; failAt <= whole.calls; failAt++) {
    const { wasKilled, made } = await outcome(failAt);
    expect({ failAt, wasKilled, made }).toEqual({ failAt, wasKilled: true, made: whole.made });
  }
}, 60_000);
