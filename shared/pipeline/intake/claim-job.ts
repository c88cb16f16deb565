// One job belongs to one source (docs/design.md §7.15). Order is kept per source, so two that feed one job would overwrite each other's
// records. The first source whose file gets here owns the job.
//
//   nobody's ──claim──► A's ──claim of A──► A's, a new version
//                       A's ──claim of B──► B's, if A gave it up: A's settings do not name it, and no run of A can send anything to it
//                                           else the run of B is held
//
// Every claim writes. B reads the owner first, then looks at A's settings and runs: a claim of A after that look makes B's swap fail, and
// a run of A that claimed before it is seen. A run keeps the job from its claim until it has ended, because until then it counts as open.
import { quote } from '../../core/message';
import { RollcallError } from '../../core/errors';
import type { JobKey } from '../../graph/job-key';
import { isSameJob } from '../../graph/job-key';
import { holdRun } from '../../run/hold-run';
import type { Run } from '../../run/run';
import { INTAKE_STATES, LATE_EVIDENCE_MS, LIVE_STATES, mayNeedRepair, OPEN_STATES } from '../../run/run';
import type { JobKept } from '../../run/run-codes';
import { parseSourceSettings } from '../../source/source-settings';
import type { Pipeline } from '../pipeline';

export type ClaimJobPorts = Pick<Pipeline, 'owners' | 'sources' | 'ledger' | 'clock'>;

/** Attempts at the swap: runs of one source may claim at once. */
const MAX_CLAIMS = 20;

/** Takes the job for the run's source. Throws `FileHold` `job-of-another-source` if another one keeps it; rejects with `gate-contended` (retry). */
export async function claimJob(pipeline: ClaimJobPorts, run: Run, job: JobKey): Promise<void> {
  const { owners } = pipeline;
  for (let tries = 0; tries < MAX_CLAIMS; tries++) {
    const read = await owners.read(job);
    if (read.value !== null && read.value.source !== run.source) {
      const why = await whyKept(pipeline, read.value.source, job);
      if (why !== null) throw holdRun('job-of-another-source', { owner: quote(read.value.source), why });
    }
    if (await owners.replace(job, read, { source: run.source, run: run.run })) return;
  }
  throw new RollcallError('gate-contended', 'retry', 'the owner of a job changed at every try to swap it');
}

/** Why the owner still has the job; null if it gave the job up. */
async function whyKept(pipeline: ClaimJobPorts, owner: string, job: JobKey): Promise<JobKept | null> {
  const { sources, ledger, clock } = pipeline;
  const text = await sources.read(owner);
  if (text !== null) {
    const parsed = parseSourceSettings(text, owner);
    if (!parsed.ok) return 'unreadable';
    if (isSameJob(parsed.settings.job, job)) return 'named';
  }
  const now = clock.now();
  const reading = await ledger.runs.inStates(INTAKE_STATES, owner);
  const from = await ledger.runs.firstInPlay(owner, now - LATE_EVIDENCE_MS);
  const sent = from === null ? [] : await ledger.runs.ofSource(owner, LIVE_STATES, { from });
  return [...reading, ...sent].some(({ value }) => maySendTo(job, value, now)) ? 'unfinished' : null;
}

/** A run that is being read may have begun with settings that named the job; one that ended with unanswered rows may be repaired. */
function maySendTo(job: JobKey, run: Run, now: number): boolean {
  if (run.job === null) return run.state === 'received' || run.state === 'checking';
  if (!isSameJob(run.job, job)) return false;
  return INTAKE_STATES.includes(run.state) || OPEN_STATES.includes(run.state) || mayNeedRepair(run, now);
}
