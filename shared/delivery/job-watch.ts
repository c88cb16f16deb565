// Job health as the stories ask for it: read at most once a minute per job and process, and again at once after an answer that suggests
// the job is ill.
import type { Clock } from '../core/clock';
import type { JobHealth } from '../graph/job-status';
import type { JobKey } from '../graph/job-key';
import { jobText } from '../graph/job-key';

/** How long an answer is good for, ms: senders notice within a minute that a job has fallen ill. */
const GOOD_FOR_MS = 60_000;
/** An ill job is checked more often, ms: once it is fixed, it should not have to wait for us. */
const ILL_GOOD_FOR_MS = 15_000;

/** Remembers the health of jobs. */
export class JobWatch {
  private readonly known = new Map<string, { readonly until: number; readonly health: Promise<JobHealth> }>();

  constructor(
    private readonly clock: Clock,
    private readonly read: (job: JobKey) => Promise<JobHealth>,
  ) {}

  /** The health of a job, at most a minute old. */
  async of(job: JobKey): Promise<JobHealth> {
    const key = jobText(job);
    const found = this.known.get(key);
    if (found !== undefined && found.until > this.clock.now()) return found.health;
    const health = this.read(job);
    this.known.set(key, { until: this.clock.now() + GOOD_FOR_MS, health });
    try {
      const answer = await health;
      if (answer.kind === 'ill') this.known.set(key, { until: this.clock.now() + ILL_GOOD_FOR_MS, health });
      return answer;
    } catch (error) {
      this.known.delete(key);
      throw error;
    }
  }

  /** Something looked wrong: ask again next time. */
  forget(job: JobKey): void {
    this.known.delete(jobText(job));
  }
}
