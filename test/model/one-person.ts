// One person in two runs: the product's own moves of rows and batches between a service, its log and a queue that may do anything in any
// order. Small on purpose; the checked model (docs/model) visits every state of a larger one.
import { foldId } from '../../shared/columns/id';
import { loadHash64 } from '../../shared/core/hash';
import { applyPlan, planRelease } from '../../shared/delivery/release-plan';
import type { Batch, BatchRow } from '../../shared/run/batch';
import {
  isGoodFor,
  isStillSending,
  nextDelivery,
  noteSending,
  recordAccepted,
  recordNotTaken,
  recordUnknown,
  takeOver,
  withStateOfRows,
} from '../../shared/run/batch';
import { encodePeopleIndex } from '../../shared/people/people-index';
import type { OtherRuns } from '../../shared/run/other-runs';
import { lookAtOtherRuns } from '../../shared/run/other-runs';
import { PeopleIndexes } from '../../shared/run/people-indexes';
import type { Run } from '../../shared/run/run';
import { receivedRun } from '../../shared/run/run-moves';
import type { Versioned } from '../../shared/storage/versioned';
import { supersedeRow } from '../../shared/verdict/give-verdict';
import { addOutcome, closeSilentRow, judgeRow, repairRow } from '../../shared/verdict/judge-row';
import type { Outcome } from '../../shared/verdict/outcome';
import { SOURCE } from '../unit/pipeline/contoso';
import { batchOf, rowOf } from '../unit/run/made-batch';

export type RunNumber = 1 | 2;
const RUNS: readonly RunNumber[] = [1, 2];
const keyOf = (run: RunNumber): string => `r${run}`;

/** The person is in both runs, with the same record or with two. */
async function openIndexes(isSameRecord: boolean): Promise<PeopleIndexes> {
  const hash = await loadHash64();
  const indexOf = (run: string): Buffer =>
    encodePeopleIndex([{ idHash: hash(foldId('p1')), recordHash: isSameRecord || run === 'r1' ? 1n : 2n, batch: 1 }]);
  return new PeopleIndexes({ readWhole: ({ run }) => Promise.resolve(indexOf(run)) }, hash);
}
const indexes = { same: openIndexes(true), other: openIndexes(false) };
const ROW = new Set([1]);

interface Message {
  readonly run: RunNumber;
  readonly delivery: number;
}
interface Sender extends Message {
  answer: 'none' | 'accepted' | 'unknown' | 'throttled';
}
interface Entry {
  readonly origin: RunNumber;
  readonly outcome: Outcome;
  read: boolean;
}

/** Something that can happen now; `fault` steps go wrong; all others must lead to rest. */
export interface Step {
  readonly name: string;
  readonly fault: boolean;
  readonly take: () => void | Promise<void>;
}

/**
 * The whole state, and what only the checker knows: which records were applied, and whether two were under way at once. `isSameRecord`: the newer
 * run has the record of the older one.
 */
export class World {
  readonly batches: Record<RunNumber, Batch | null> = { 1: batchOf([rowOf(1)], { run: 'r1' }), 2: null };
  private newer: 'absent' | 'staged' | 'sending' = 'absent';
  private queue: Message[] = [];
  private senders: Sender[] = [];
  private service: RunNumber[] = [];
  readonly log: Entry[] = [];
  private time = 0;
  /** The run whose record the directory holds. */
  directory: RunNumber | null = null;
  readonly applied = new Set<RunNumber>();
  twoAtOnce = false;
  private tooLate = false;
  private entryLost = false;

  constructor(private readonly isSameRecord = false) {}

  /** True if the directory holds the record of the run. */
  holds(run: RunNumber): boolean {
    return this.directory === run || (this.isSameRecord && this.directory !== null);
  }

  row(run: RunNumber): BatchRow | null {
    return this.batches[run]?.rows[0] ?? null;
  }

  /** What can happen now. */
  steps(): readonly Step[] {
    const steps: Step[] = [];
    const can = (name: string, take: Step['take']): unknown => steps.push({ name, fault: false, take });
    const fault = (name: string, take: Step['take']): unknown => steps.push({ name, fault: true, take });
    if (this.newer === 'absent') can('a newer file is staged', () => this.stage());
    if (this.newer === 'staged') can('the newer run has overtaken', () => this.overtake());
    for (const run of RUNS) this.stepsOfRun(run, can, fault);
    for (const message of this.queue) {
      can(`run ${message.run} is taken from the queue`, () => this.takeMessage(message, true));
      fault(`run ${message.run} is taken from the queue, and will be again`, () => this.takeMessage(message, false));
    }
    for (const sender of this.senders) this.stepsOfSender(sender, can, fault);
    for (const run of new Set(this.service)) this.stepsOfService(run, can, fault);
    for (const entry of this.log.filter((one) => !one.read)) can('an entry is read', () => this.read(entry));
    for (const entry of this.log.filter((one) => one.read)) fault('an entry is read again', () => this.read(entry));
    return steps;
  }

  private stepsOfRun(run: RunNumber, can: Add, fault: Add): void {
    const batch = this.batches[run];
    const row = batch?.rows[0];
    if (!batch || !row) return;
    const sends = run === 1 || this.newer === 'sending';
    const queued = this.queue.some((one) => one.run === run && one.delivery === batch.delivery);
    if (sends && batch.state === 'staged' && !queued && !this.mustWait(run))
      can(`run ${run} is released`, () => this.release(run));
    if (queued)
      fault(`the message of run ${run} is lost`, () => void (this.queue = this.queue.filter((one) => one.run !== run)));
    const alive = this.senders.some((one) => one.run === run && one.delivery === batch.delivery);
    if (batch.state === 'sending' && !alive)
      can(`run ${run} is taken over`, () => void (this.batches[run] = takeOver(batch, this.tick())));
    const onItsWay = this.service.includes(run) || this.log.some((one) => one.origin === run && !one.read);
    const timeIsUp = () => this.judge(run, (one) => (one.work === 'open' ? closeSilentRow(one, this.isOld(run)) : one));
    if (batch.state === 'sent' && !onItsWay) can(`the time of run ${run} is up`, timeIsUp);
    // A request that is processed after its deadline and whose entry is lost too is the known limit (docs/design.md §3 Order), so not both.
    if (batch.state === 'sent' && onItsWay && !this.entryLost)
      fault(`the time of run ${run} is up, but it is only late`, () => {
        this.tooLate = true;
        timeIsUp();
      });
    const repaired = run === 2 && batch.state === 'settled' && this.row(1)?.unanswered ? repairRow(row) : null;
    if (repaired !== null) can('the newest record is sent once more', () => this.judge(run, () => repaired));
  }

  private stepsOfSender(sender: Sender, can: Add, fault: Add): void {
    const { run } = sender;
    const answered = (answer: Sender['answer'], accepted: boolean) => () => {
      sender.answer = answer;
      if (accepted) this.accept(run);
    };
    if (sender.answer !== 'none')
      return void can(`the sender of run ${run} writes down "${sender.answer}"`, () => this.record(sender));
    can(`202 for run ${run}`, answered('accepted', true));
    fault(`run ${run} is accepted, the answer is lost`, answered('unknown', true));
    fault(`run ${run} never arrives, the connection is cut`, answered('unknown', false));
    fault(`429 for run ${run}`, answered('throttled', false));
    fault(`the sender of run ${run} dies before its call`, () => this.drop(sender));
    fault(`the sender of run ${run} dies after its call`, () => {
      this.accept(run);
      this.drop(sender);
    });
  }

  private stepsOfService(run: RunNumber, can: Add, fault: Add): void {
    const process = (transient: boolean, logged: boolean) => () => {
      this.service.splice(this.service.indexOf(run), 1);
      const effect = transient
        ? 'failed'
        : this.directory === null
          ? 'created'
          : this.holds(run)
            ? 'unchanged'
            : 'updated';
      if (!transient) {
        this.directory = run;
        this.applied.add(run);
      }
      if (!logged) return;
      const at = this.tick();
      const outcome = {
        entryId: `e${at}`,
        externalId: 'p1',
        at,
        change: `c${at}`,
        effect,
        code: transient ? 'Timeout' : null,
        reason: null,
        transient,
        turnedOn: false,
      } as const;
      this.log.push({ origin: run, outcome, read: false });
    };
    can(`the service applies run ${run}`, process(false, true));
    if (!this.tooLate)
      fault(`the service applies run ${run}, its entry is lost`, () => {
        this.entryLost = true;
        process(false, false)();
      });
    fault(`the service fails run ${run} for a transient reason`, process(true, true));
  }

  private tick(): number {
    return ++this.time;
  }
  private isOld(run: RunNumber): boolean {
    return run === 1 && this.newer !== 'absent';
  }
  private mustWait(run: RunNumber): boolean {
    const older = this.row(1);
    return run === 2 && older !== null && older.deliveries > 0 && older.work !== 'done';
  }
  private accept(run: RunNumber): void {
    if (this.service.some((one) => one !== run)) this.twoAtOnce = true;
    this.service.push(run);
  }
  private drop(sender: Sender): void {
    this.senders = this.senders.filter((one) => one !== sender);
  }

  private stage(): void {
    this.newer = 'staged';
    this.batches[2] = batchOf([rowOf(1)], { run: 'r2' });
  }
  private overtake(): void {
    const old = this.batches[1];
    if (old?.state === 'staged')
      this.batches[1] = withStateOfRows({
        ...old,
        rows: old.rows.map((row) => (row.work === 'todo' ? supersedeRow(row) : row)),
      });
    this.newer = 'sending';
  }
  private async release(run: RunNumber): Promise<void> {
    const batch = this.batches[run];
    if (!batch) return;
    const plan = await planRelease(batch, await this.lookFrom(run));
    const planned = applyPlan(batch, plan, this.tick(), 0);
    this.batches[run] = planned.batch;
    if (planned.released) this.queue.push({ run, delivery: planned.batch.delivery });
  }
  /** The product's own look, at runs that have not settled. */
  private async lookFrom(run: RunNumber): Promise<OtherRuns> {
    const told = (one: RunNumber): Run => ({
      ...receivedRun({ source: SOURCE, name: keyOf(one), etag: '', lastModified: 0, bytes: 0 }, 0),
      run: keyOf(one),
      state: one === 1 || this.newer === 'sending' ? 'sending' : 'staged',
      job: { servicePrincipalId: 'sp', jobId: 'job' },
      unanswered: this.row(one)?.unanswered === true ? 1 : 0,
    });
    const all = RUNS.filter((one) => this.batches[one] !== null).map((one) => ({ etag: '', value: told(one) }));
    const family = (of: string): Promise<readonly Versioned<Batch>[]> =>
      Promise.resolve(
        RUNS.flatMap((one) => (keyOf(one) === of ? (this.batches[one] ?? []) : [])).map((value) => ({
          etag: '',
          value,
        })),
      );
    const ledger = {
      runs: { ofSource: () => Promise.resolve(all), firstInPlay: () => Promise.resolve('') },
      batches: { family },
    };
    return lookAtOtherRuns(ledger, await (this.isSameRecord ? indexes.same : indexes.other), told(run));
  }
  private takeMessage(message: Message, complete: boolean): void {
    const batch = this.batches[message.run];
    if (complete) this.queue = this.queue.filter((one) => one !== message);
    if (!batch || !isGoodFor(batch, message)) return;
    this.batches[message.run] = noteSending(batch, this.tick());
    // Once noted, an entry counts for this run: the log does not say which run it belongs to.
    if (this.service.some((one) => one !== message.run)) this.twoAtOnce = true;
    this.senders.push({ ...message, answer: 'none' });
  }
  private record(sender: Sender): void {
    this.drop(sender);
    const batch = this.batches[sender.run];
    if (!batch || !isStillSending(batch, sender)) return;
    const moves = {
      accepted: () => recordAccepted(batch, null),
      unknown: () => recordUnknown(batch, ROW, 0),
      throttled: () => recordNotTaken(batch, ROW, 0),
      none: () => batch,
    };
    this.batches[sender.run] = moves[sender.answer]();
  }
  /** *ownEntries*: the last run that delivered the person before the entry; once counted, it stays there. */
  private read(entry: Entry): void {
    entry.read = true;
    const { outcome } = entry;
    const counted = RUNS.find((run) => this.row(run)?.changes.some(([change]) => change === outcome.change));
    const sent = (run: RunNumber): number =>
      Math.max(0, ...(this.row(run)?.sentAt ?? []).filter((at) => at < outcome.at));
    const owner = counted ?? (sent(2) > sent(1) ? 2 : 1);
    this.judge(owner, (row) => addOutcome(row, outcome));
  }
  private judge(run: RunNumber, change: (row: BatchRow) => BatchRow): void {
    const batch = this.batches[run];
    if (!batch) return;
    const sending = batch.state === 'sending';
    const rows = batch.rows.map((row) => (sending ? change(row) : judgeRow(change(row), this.isOld(run))));
    const next = { ...batch, rows };
    if (sending) this.batches[run] = next;
    else {
      const goesAgain = batch.state !== 'staged' && rows.some((row) => row.work === 'todo');
      this.batches[run] = withStateOfRows(goesAgain ? nextDelivery(next, 0) : next);
    }
  }
}

type Add = (name: string, take: Step['take']) => unknown;
