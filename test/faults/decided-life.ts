// One life of the world of decisions. Each of its processes may be killed once; what comes after it goes on from what it left:
//
//   first night ─► held: the second file is read ─► approve: the command ─► approved: it is read again, and sent
//     ─► a day passes ─► missing: the third file settles, and a run for the missing person is made and sent
//     ─► order: the command `rollcall disable` ─► ordered: its run is read and sent
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropExport, putSource } from '../../local/drop-files';
import type { HostProcess } from '../../local/host/host-process';
import { LONGEST_ATTEMPT_MS } from '../../shared/run/approval';
import type { Run } from '../../shared/run/run';
import { rollcall, type Ran } from '../pipeline/cli/rollcall-process';
import { readVerdicts, expectWithinLimits } from './check-promise';
import { DECIDED_FILES, DECIDED_SOURCE, DECIDED_VERDICTS, decidedRecords, ORDERED } from './decided-world';
import { untilSecondAfter } from './drop-world';
import type { Case, Ground } from './ground';
import type { KillPoint } from './kill-points';
import { readCalls, textOf } from './kill-points';
import { fireEvent } from './plain-life';
import { untilRest, untilRestOr } from './rest';
import { expectRosterIsTrue } from './roster-truth';
import { factsOf, idOf, SOURCE, writeFile } from './small-world';
import { rosterOfYesterday, silentFor } from './time-passes';

/** The processes of a life that may be killed, in their order. */
export const STAGES = ['held', 'approve', 'approved', 'missing', 'order', 'ordered'] as const;
export type Stage = (typeof STAGES)[number];

/** Where the process of each stage is killed; a stage without a point is played through. */
export type KillPoints = Partial<Readonly<Record<Stage, KillPoint>>>;

/** What a life came to: the calls of each stage's first process, and which of them were killed. */
export interface DecidedLife {
  readonly calls: Readonly<Record<Stage, ReadonlyMap<string, number>>>;
  readonly killed: readonly Stage[];
}

/** Plays the world and expects the promise at its end. */
export async function playDecided(ground: Ground, points: KillPoints): Promise<DecidedLife> {
  const one = await ground.begin();
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-faults-'));
  try {
    const life = new Life(one, folder, points);
    await life.firstNight();
    await life.secondNight();
    await life.approval();
    await life.thirdNight();
    await life.order();
    await life.expectPromise();
    return life.ended();
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${one.story()}`, { cause: error });
  } finally {
    await one.end();
    rmSync(folder, { recursive: true });
  }
}

class Life {
  private readonly killed: Stage[] = [];
  private dropped = 0;
  private lastSecond = 0;

  constructor(
    private readonly one: Case,
    private readonly folder: string,
    private readonly points: KillPoints,
  ) {}

  ended(): DecidedLife {
    const callsOf = (stage: Stage): ReadonlyMap<string, number> => {
      const file = this.callsFile(stage);
      return existsSync(file) ? readCalls(file) : new Map();
    };
    const calls = Object.fromEntries(STAGES.map((stage) => [stage, callsOf(stage)])) as DecidedLife['calls'];
    return { calls, killed: this.killed };
  }

  async firstNight(): Promise<void> {
    await putSource(this.one.storage, SOURCE, Buffer.from(DECIDED_SOURCE));
    const host = await this.one.startHost();
    await this.drop(host);
    await untilRest(this.one, 1);
    await host.kill();
  }

  /** Held with 0 calls, and its plan is there. */
  async secondNight(): Promise<void> {
    const before = this.one.entra.uploads().length;
    const [, run] = await this.host('held', 2, (host) => this.drop(host));
    expect(run).toMatchObject({ state: 'held', reason: { code: 'guard-tripped' }, approvals: 0 });
    expect(this.one.entra.uploads()).toHaveLength(before);
    const page = await this.report(run!, 'plan.html');
    expect(page).toContain(`rollcall approve ${run!.run}`);
    const listed = (await this.report(run!, 'plan.csv')).trimEnd().split('\r\n');
    expect(listed).toHaveLength(1 + DECIDED_FILES[1].length + 1);
  }

  /** Approved exactly once, whatever became of the command, and sent. */
  async approval(): Promise<void> {
    const [, held] = await untilRest(this.one, 2);
    const approve = (more = {}): Promise<Ran> =>
      rollcall(['approve', held!.run, '--reason', 'season begins', '--json'], { ...this.storage(), ...more });
    if (held!.attempts > 1) {
      // Another attempt at the file could still be at work.
      expect((await approve()).out).toContain('"approval-too-early"');
      await silentFor(this.one, held!, LONGEST_ATTEMPT_MS);
    }
    await this.command('approve', approve, /"decision":"approved"|"run-not-held"/);
    const [, run] = await this.host('approved', 2, () => Promise.resolve());
    expect(run).toMatchObject({ state: 'settled', approvals: 1 });
    expect(await this.report(run!, 'plan.html')).not.toContain('rollcall approve');
  }

  /** A day later: the missing person is disabled by one run. */
  async thirdNight(): Promise<void> {
    await rosterOfYesterday(this.one, SOURCE);
    const runs = await this.host('missing', 4, (host) => this.drop(host));
    expect(runs.map(({ origin }) => origin)).toEqual(['file', 'file', 'file', 'missing']);
  }

  /** One run, however often the command was given. */
  async order(): Promise<void> {
    const args = ['disable', '--person', idOf(ORDERED), '--source', SOURCE, '--reason', 'left today', '--json'];
    await this.command('order', (more = {}) => rollcall(args, { ...this.storage(), ...more }), /"isNew":(true|false)/);
    const runs = await this.host('ordered', DECIDED_VERDICTS.length, () => Promise.resolve());
    expect(runs.map(({ origin }) => origin)).toEqual(['file', 'file', 'file', 'missing', 'disable']);
  }

  async expectPromise(): Promise<void> {
    const { one } = this;
    const runs = await untilRest(one, DECIDED_VERDICTS.length);
    const told = await Promise.all(runs.map((run) => readVerdicts(one, run)));
    expect(told.map((lines) => lines.map(({ id, verdict }) => `${Number(id.slice(1))} ${verdict}`))).toEqual(
      DECIDED_VERDICTS,
    );
    expect(factsOf(one.entra.directory())).toEqual(decidedRecords());
    expectWithinLimits(one);
    await expectRosterIsTrue(one);
    const sent = new Map<string, number>();
    const uploads = one.entra.uploads();
    for (const { people } of uploads) for (const { bulkId } of people) sent.set(bulkId, (sent.get(bulkId) ?? 0) + 1);
    const repeated = [...sent.values()].reduce((sum, times) => sum + times - 1, 0);
    // Every call of this world that can be repeated has at most so many records.
    expect(repeated).toBeLessThanOrEqual(this.killed.length * DECIDED_FILES[0].length);
    expect(Math.max(...sent.values())).toBeLessThanOrEqual(this.killed.length === 0 ? 1 : 2);
  }

  private storage(): NodeJS.ProcessEnv {
    return { ROLLCALL_STORAGE: this.one.connectionString };
  }

  private callsFile(stage: Stage): string {
    return join(this.folder, stage);
  }

  private hooks(stage: Stage): Readonly<Record<string, string>> {
    const point = this.points[stage];
    return {
      NODE_OPTIONS: `--require ${join(__dirname, 'kill-at.cjs')}`,
      ROLLCALL_TEST_CALLS: this.callsFile(stage),
      ...(point === undefined ? {} : { ROLLCALL_TEST_KILL: textOf(point) }),
    };
  }

  private async drop(host: HostProcess): Promise<void> {
    const name = `people-${this.dropped}.csv`;
    await untilSecondAfter(this.lastSecond);
    this.lastSecond = await dropExport(this.one.storage, SOURCE, name, writeFile(DECIDED_FILES[this.dropped++]!));
    await fireEvent(this.one, host, name);
  }

  /** A host works until all of so many runs have ended; if it is killed, another one goes on. Resolves to the runs. */
  private async host(stage: Stage, runs: number, begin: (host: HostProcess) => Promise<void>): Promise<readonly Run[]> {
    let host = await this.one.startHost(this.hooks(stage));
    const died = new AbortController();
    const exit = host.exited.finally(() => died.abort());
    await begin(host);
    let ended = await untilRestOr(this.one, runs, died.signal);
    if (ended === null) {
      expect((await exit).signal).toBe('SIGKILL');
      this.killed.push(stage);
      host = await this.one.startHost();
      ended = await untilRest(this.one, runs);
    }
    await host.kill();
    return ended;
  }

  /** An operator gives a command, and gives it again if it died. The answer must match. */
  private async command(stage: Stage, give: (env?: NodeJS.ProcessEnv) => Promise<Ran>, answer: RegExp): Promise<void> {
    let ran = await give(this.hooks(stage));
    if (ran.exitCode === KILLED) {
      this.killed.push(stage);
      ran = await give();
    }
    expect(ran.out).toMatch(answer);
  }

  private async report(run: Run, name: string): Promise<string> {
    const container = this.one.storage.blobs.getContainerClient('reports');
    for await (const blob of container.listBlobsFlat({ prefix: `${run.source}/${run.run}/` }))
      if (blob.name.endsWith(`.${name}`))
        return (await container.getBlobClient(blob.name).downloadToBuffer()).toString();
    throw new Error(`${run.run} has no ${name}`);
  }
}

/** A process that a signal ends has no exit code. */
const KILLED = -1;
