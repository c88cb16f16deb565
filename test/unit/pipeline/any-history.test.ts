// For any history of files, faults, verdicts, approvals, hold lists, restarts and late evidence: nobody is disabled or enabled by accident,
// nothing held is sent, every row has its verdict, and the directory ends as if every record had been sent.
import * as fc from 'fast-check';

import { approveRun, refuseRun } from '../../../shared/pipeline/decide/decide-held';
import type { Run } from '../../../shared/run/run';
import { runIdOf } from '../../../shared/run/run';
import { SOURCE } from './contoso';
import { checkDirectory, checkGuard, checkRequest, checkVerdicts } from './history-rules';
import { LIMITS } from './naive-guard';
import type { CallFate, Nights, OperationFate } from './nights';
import { nights } from './nights';
import type { ToldApproval } from './told-approvals';
import { seenIn } from './told-approvals';
import type { ToldRow } from './told-history';
import { textOf, ToldHistory } from './told-history';
import { rounds } from '../../rounds';

const DAY_MS = 86_400_000;
/** How many histories each property plays. */
const YEAR_MS = 365 * 86_400_000;
const HISTORIES = rounds(16);
const OPS = { by: 'ops@contoso.example', why: 'looked at' };
/** People whose refresh is not due within half a year: nothing of them is sent without a reason that the test knows. */
const PEOPLE = ['p7', 'p11', 'p13', 'p14', 'p15', 'p16', 'p19'];

type Step =
  | { readonly do: 'file'; readonly rows: readonly ToldRow[]; readonly isReadable: boolean }
  | { readonly do: 'half'; readonly from: number; readonly leave: number }
  | { readonly do: 'ticks'; readonly ticks: number }
  | { readonly do: 'rest' }
  | { readonly do: 'days'; readonly days: number }
  | { readonly do: 'approve' | 'refuse'; readonly which: number; readonly twice: boolean }
  | { readonly do: 'list'; readonly entries: readonly (readonly [string, number])[] | null }
  | { readonly do: 'restart' };

const row: fc.Arbitrary<ToldRow> = fc.record({
  id: fc.constantFrom(...PEOPLE),
  isActive: fc.constantFrom(true, true, true, false),
  email: fc.constantFrom('a', 'a', 'a', 'b'),
  kind: fc.oneof(
    { weight: 15, arbitrary: fc.constant('well' as const) },
    { weight: 1, arbitrary: fc.constantFrom('asleep' as const, 'no-id' as const, 'twice' as const) },
  ),
});
const rows = fc.uniqueArray(row, { selector: ({ id }) => id, minLength: 1, maxLength: PEOPLE.length });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('file' as const), rows, isReadable: fc.constant(true) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('file' as const), rows, isReadable: fc.constant(false) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('half' as const), from: fc.nat(6), leave: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('ticks' as const), ticks: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('rest' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('days' as const), days: fc.constantFrom(1, 2, 8) }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constantFrom('approve' as const), which: fc.nat(3), twice: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('refuse' as const), which: fc.nat(3), twice: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('list' as const),
      entries: fc.option(
        fc.uniqueArray(fc.tuple(fc.constantFrom(...PEOPLE), fc.nat(3)), { selector: ([id]) => id, maxLength: 3 }),
        { nil: null },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);
const callFate: fc.Arbitrary<CallFate> = fc.constantFrom(
  'well',
  'well',
  'well',
  'answer-lost',
  'call-lost',
  'throttled',
);
const operationFate: fc.Arbitrary<OperationFate> = fc.constantFrom(
  ...(['well', 'well', 'well', 'well'] as const),
  ...(['entry-lost', 'entry-late', 'fails', 'fails-once', 'slow'] as const),
);

/** Everybody confirmed and active, so that what follows is compared with somebody. */
const SEED: readonly Step[] = [
  {
    do: 'file',
    rows: PEOPLE.map((id) => ({ id, isActive: true, email: 'a', kind: 'well' })),
    isReadable: true,
  },
  { do: 'rest' },
];

/** Counted over all histories: a property about approvals in histories without one says nothing. */
const seen = { passed: 0, heldByGuard: 0, sentAfterApproval: 0 };

/** One history, played to its end. */
class Player {
  readonly approvals: ToldApproval[] = [];
  readonly history: ToldHistory;
  private trouble: unknown = null;
  private lastRows: readonly ToldRow[] = [];

  constructor(
    private readonly all: Nights,
    private readonly content: 'full' | 'changes',
  ) {
    const { graph } = all.pipeline;
    this.history = new ToldHistory(all.pipeline, all.tenant);
    const { answer } = graph;
    graph.answer = (request) => {
      // Noted, because the product catches what a transport throws.
      if (request.method === 'POST')
        try {
          checkRequest(this.history, request.body);
        } catch (error) {
          this.trouble ??= error;
        }
      return answer(request);
    };
  }

  async play(steps: readonly Step[]): Promise<void> {
    for (const one of steps) await this.playOne(one);
    await this.all.rest();
    this.check();
  }

  private check(): void {
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    if (this.trouble !== null) throw this.trouble;
  }

  private async playOne(one: Step): Promise<void> {
    const { all } = this;
    const { clock } = all.pipeline;
    switch (one.do) {
      case 'file':
        return this.drop(one.rows, one.isReadable);
      case 'half':
        return this.drop(this.lastRows.slice(one.from % 3).slice(0, Math.max(1, one.leave)), true);
      case 'ticks':
        for (let tick = 0; tick < one.ticks; tick++) await all.tick();
        return;
      case 'rest':
        await all.rest();
        return;
      case 'days':
        all.pass(one.days * DAY_MS);
        return;
      case 'restart':
        all.tenant.restart();
        return;
      case 'list': {
        const dayOf = (days: number): string => new Date(clock.now() + days * DAY_MS).toISOString().slice(0, 10);
        this.history.list(one.entries && new Map(one.entries.map(([id, days]) => [id, dayOf(days)])));
        return;
      }
      case 'approve':
      case 'refuse':
        return this.decide(one.do, one.which, one.twice);
    }
  }

  async drop(told: readonly ToldRow[], isReadable: boolean, ending = ''): Promise<void> {
    if (told.length === 0) return;
    const { pipeline } = this.all;
    const text = textOf(told, isReadable);
    if (isReadable) this.lastRows = told;
    pipeline.clock.pass(1_000);
    const { exports, clock } = pipeline;
    const drop = exports.drop.bind(exports);
    // The file is told before it is read: the id of its run follows from the version.
    exports.drop = (name, content) => {
      const version = drop(name, content);
      this.history.files.push({
        key: { source: SOURCE, run: runIdOf(name, version.etag, version.lastModified) },
        ...{ content: this.content, rows: told, isReadable, droppedAt: clock.now(), judged: [] },
      });
      return version;
    };
    await this.all.drop(text + ending);
    exports.drop = drop;
  }

  async decide(what: 'approve' | 'refuse', which: number, twice: boolean): Promise<void> {
    const { pipeline } = this.all;
    const held = this.history.files.map((file) => this.history.run(file)).filter(({ state }) => state === 'held');
    const run = held[which % Math.max(held.length, 1)];
    if (run === undefined) return;
    const decide = what === 'approve' ? approveRun : refuseRun;
    for (let times = twice ? 2 : 1; times > 0; times--) {
      const decided = await decide(pipeline, run, OPS);
      if (what !== 'approve' || decided.kind !== 'decided') continue;
      this.approvals.push({ run: run.run, at: pipeline.clock.now(), seen: seenIn(run) });
    }
  }

  /** HR drops the newest word about everybody once more, when whatever failed may be tried again, and it is let go whatever it trips. */
  async sendOnceMore(): Promise<void> {
    const { all, history } = this;
    all.tenant.nextCalls = [];
    all.tenant.nextOperations = [];
    history.list(null);
    await all.rest();
    all.pass(70 * DAY_MS);
    await all.rest();
    const newest =
      this.content === 'full'
        ? (history
            .passed()
            .at(-1)
            ?.rows.filter(({ kind }) => kind === 'well') ?? [])
        : PEOPLE.flatMap((id) => history.newestWord(id)?.row ?? []);
    // Not the bytes of an earlier file: those are held, whatever they would do.
    await this.drop(newest, true, '\n');
    for (let tries = 0; tries < 4; tries++) {
      await all.rest();
      const last = history.files.at(-1);
      if (last !== undefined && history.run(last).state === 'held') await this.approveAgain(history.run(last));
    }
    await all.rest();
    this.check();
  }

  private async approveAgain(run: Run): Promise<void> {
    await approveRun(this.all.pipeline, run, OPS);
    this.approvals.push({ run: run.run, at: this.all.pipeline.clock.now(), seen: seenIn(run) });
  }
}

async function playHistory(
  content: 'full' | 'changes',
  steps: readonly Step[],
  calls: readonly CallFate[],
  operations: readonly OperationFate[],
): Promise<void> {
  const settings = { guard: LIMITS, refresh: { everyDays: 366, inactiveEveryDays: 366 } };
  // The rules look at every file that there was; what retention deletes has tests of its own.
  const all = await nights({ content }, settings, { delays: { retentionMs: 10 * YEAR_MS } });
  all.tenant.nextCalls = [...calls];
  all.tenant.nextOperations = [...operations];
  const player = new Player(all, content);
  await player.play(steps);
  checkDirectory(all, player.history, false);
  seen.heldByGuard += checkGuard(player.history, player.approvals).held;
  await checkVerdicts(all, player.history);
  seen.passed += player.history.passed().length;
  seen.sentAfterApproval += player.history.passed().filter((file) => player.history.run(file).approvals > 0).length;
  await player.sendOnceMore();
  checkDirectory(all, player.history, true);
  await checkVerdicts(all, player.history);
}

describe.each(['full', 'changes'] as const)('for any history of %s files', (content) => {
  test.each([
    ['in which all goes well', 0],
    ['with faults', 1],
  ])(
    '%s, the promise is kept',
    async (_, faults) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 3, maxLength: 14 }).chain((steps) => fc.constantFrom(steps, [...SEED, ...steps])),
          fc.array(callFate, { maxLength: 12 * faults }),
          fc.array(operationFate, { maxLength: 40 * faults }),
          (steps, calls, operations) => playHistory(content, steps, calls, operations),
        ),
        { numRuns: HISTORIES },
      );
    },
    600_000,
  );
});
test('the histories had something to look at', () => {
  expect(seen.passed).toBeGreaterThan(HISTORIES);
  expect(seen.heldByGuard).toBeGreaterThan(HISTORIES / 2);
  expect(seen.sentAfterApproval).toBeGreaterThan(HISTORIES / 5);
});
