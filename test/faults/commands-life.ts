// The real side of the model-based test: a case with one host at a time, each file dropped in a second of its own, and rest.
import { dropExport, putSource } from '../../local/drop-files';
import type { HostProcess } from '../../local/host/host-process';
import type { Run } from '../../shared/run/run';
import { fileNameOf, INTAKE_STATES } from '../../shared/run/run';
import { azureRunTable } from '../../shared/run/azure-run-table';
import type { Drop, Model } from './commands-model';
import { untilSecondAfter } from './drop-world';
import type { Case, Ground } from './ground';
import { untilRest } from './rest';
import { JOB, SOURCE, SOURCE_TEXT } from './small-world';
import { until } from './until';

/** From processing to the visible entry, ms, at most; `late` faults come on top. */
const MAX_LOG_DELAY_MS = 300;
/** When a sent row counts as silent, ms. */
export const CONFIRM_WITHIN_MS = 6_000;
/** How long intake may take, including one during which the host died, ms. */
const INTAKE_WITHIN_MS = 60_000;
/** How long two readings of the log may take, ms. */
const READ_WITHIN_MS = 60_000;

/** What happens to the event of a file: if it is lost, the sweep finds the file. */
export type BlobEvent = 'once' | 'twice' | 'lost';

/** One life. */
export class Life {
  private lastSecond = 0;

  private constructor(
    readonly one: Case,
    private host: HostProcess,
  ) {}

  static async begin(ground: Ground, seed: number): Promise<Life> {
    const one = await ground.begin(
      { seed, logDelayMs: [50, MAX_LOG_DELAY_MS] },
      {
        ROLLCALL_CONFIRM_WITHIN_SECONDS: String(CONFIRM_WITHIN_MS / 1_000),
        // Shorter than in the tables, like the time until silence.
        ROLLCALL_GRAPH_TIMEOUT_SECONDS: '2',
        ROLLCALL_SENDER_LEASE_SECONDS: '5',
      },
    );
    return new Life(one, await one.startHost());
  }

  get job() {
    return this.one.entra.job(JOB.servicePrincipalId, JOB.jobId);
  }

  /** SIGKILL, then another host. */
  async killHost(): Promise<void> {
    await this.host.kill();
    this.host = await this.one.startHost();
  }

  /** Drops a file, kills the host after the given ms if asked to, and waits until the file was read. */
  async drop(drop: Drop, event: BlobEvent, killAfterMs: number | null): Promise<void> {
    await untilSecondAfter(this.lastSecond);
    // A file gets the settings at the time it arrives: the file before it has been read by then.
    const settings = JSON.parse(SOURCE_TEXT) as { file: Record<string, unknown> };
    settings.file.content = drop.content;
    // Every file changes everybody in it.
    const unguarded = { ...settings, guard: 'off' };
    await putSource(this.one.storage, SOURCE, Buffer.from(JSON.stringify(unguarded)));
    this.lastSecond = await dropExport(this.one.storage, SOURCE, drop.name, drop.bytes);
    const events = Array.from({ length: { lost: 0, once: 1, twice: 2 }[event] }, () =>
      this.fireEvent(drop.name, killAfterMs !== null),
    );
    if (killAfterMs !== null) {
      await new Promise((resolve) => setTimeout(resolve, killAfterMs));
      await this.killHost();
    }
    await Promise.all(events);
    await until(
      async () => {
        const run = (await this.runs()).find((each) => fileNameOf(each) === drop.name);
        return (run !== undefined && (run.state === 'staged' || !INTAKE_STATES.includes(run.state))) || null;
      },
      INTAKE_WITHIN_MS,
      () => `${drop.name} was not read`,
    );
  }

  /** The event that the platform sends for a file; if the host dies meanwhile, it is lost. */
  private async fireEvent(name: string, mayDie: boolean): Promise<void> {
    const body = JSON.stringify({ input: `inbound/${SOURCE}/${name}` });
    try {
      const { status } = await fetch(`${this.host.url}/admin/functions/intake`, { method: 'POST', body });
      expect(status).toBe(202);
    } catch (error) {
      if (!mayDie) throw error;
    }
  }

  /** All runs, oldest first. */
  async runs(): Promise<readonly Run[]> {
    return (await azureRunTable(this.one.storage.table('runs')).all()).map(({ value }) => value);
  }

  /** Waits until every run has ended, the service has nothing to process, and each run that still reads the log has read all of it. */
  async rest(model: Model): Promise<readonly Run[]> {
    for (;;) {
      const before = this.trace(await untilRest(this.one, model.drops.length));
      await until(
        () => Promise.resolve(this.allVisible(model) || null),
        READ_WITHIN_MS,
        () => 'entries are still to come',
      );
      if ((await this.runs()).some((run) => run.unanswered > 0)) await this.untilLogWasReadTwice();
      const runs = await untilRest(this.one, model.drops.length);
      if (this.trace(runs) === before) return runs;
    }
  }

  /** Everything that changes while anything is still in progress. */
  private trace(runs: readonly Run[]): string {
    const entra = this.one.entra;
    return JSON.stringify([
      runs.map((run) => [run.run, run.state, run.settledAt, run.unanswered]),
      entra.log().length,
      entra.uploads().length,
    ]);
  }

  private allVisible(model: Model): boolean {
    const newest = Math.max(0, ...this.one.entra.log().map((entry) => entry.activityAt));
    return this.one.entra.stats().now > newest + MAX_LOG_DELAY_MS + model.lateByMs;
  }

  /** Twice: what the first reading caused (a repair) is written before the second begins. */
  async untilLogWasReadTwice(): Promise<void> {
    const countReadings = (): number =>
      this.host.events().filter((event) => event.message.includes('rollcall.reconcile.read')).length;
    const before = countReadings();
    // One may be under way already, so wait for three.
    await until(
      () => Promise.resolve(countReadings() >= before + 3 || null),
      READ_WITHIN_MS,
      () => 'nobody reads the log, though rows went unanswered',
    );
  }
}
