// The runs of a source as a test describes them, and what the run r5 sees of the others.
import { loadHash64 } from '../../../shared/core/hash';
import type { Batch } from '../../../shared/run/batch';
import type { Ledger, RunRange } from '../../../shared/run/ledger';
import type { OtherRuns } from '../../../shared/run/other-runs';
import { lookAtOtherRuns } from '../../../shared/run/other-runs';
import { encodePeopleIndex } from '../../../shared/people/people-index';
import { PeopleIndexes } from '../../../shared/run/people-indexes';
import type { Run, RunState } from '../../../shared/run/run';
import { OPEN_STATES } from '../../../shared/run/run';
import type { RunFiles } from '../../../shared/run/run-files';

/** A run other than r5. */
export interface ToldRun {
  readonly run: string;
  readonly state: RunState;
  readonly content?: 'full' | 'changes';
  /** Ids of its people; each with the hash of their record, if it matters. */
  readonly people?: readonly string[] | Readonly<Record<string, bigint>>;
  readonly batches?: readonly Batch[];
  /** What only a run that was staged has. */
  readonly job?: Run['job'];
  readonly unanswered?: number;
  readonly settledAt?: number;
}
const ENDED: readonly RunState[] = ['settled', 'parked'];
const job = { servicePrincipalId: 'sp', jobId: 'job' };

/** The question. */
export const R5 = { source: 'contoso-hr', run: 'r5', readBy: '' as const, arrivedAt: 0, sameAs: null, job };

/** The answers about a run, given these others. */
export async function lookFrom(
  run: Pick<Run, 'source' | 'run' | 'readBy' | 'arrivedAt' | 'sameAs' | 'job'>,
  ...told: readonly ToldRun[]
): Promise<OtherRuns> {
  const hash = await loadHash64();
  const runs = told.map((one) => ({
    etag: '',
    value: { source: 'contoso-hr', content: 'changes', job, unanswered: 0, settledAt: 0, ...one } as unknown as Run,
  }));
  const ledger = {
    runs: {
      firstInPlay: (_: string, since: number) =>
        Promise.resolve(
          runs
            .filter(
              ({ value }) =>
                OPEN_STATES.includes(value.state) || (ENDED.includes(value.state) && value.settledAt > since),
            )
            .map(({ value }) => value.run)
            .sort()[0] ?? null,
        ),
      ofSource: (_: string, states: readonly RunState[], range: RunRange = {}) =>
        Promise.resolve(
          runs.filter(
            ({ value }) =>
              states.includes(value.state) &&
              (range.from === undefined || value.run >= range.from) &&
              (range.after === undefined || value.run > range.after) &&
              (range.before === undefined || value.run < range.before),
          ),
        ),
    },
    batches: {
      family: (of: string, packed: string) =>
        Promise.resolve(
          told
            .filter((one) => one.run === of)
            .flatMap((one) => one.batches ?? [])
            .filter(({ batch }) => batch.startsWith(packed))
            .map((value) => ({ etag: '', value })),
        ),
    },
  } as unknown as Ledger;
  const files = {
    readWhole: (key: { run: string }) => {
      const people = told.find((one) => one.run === key.run)?.people;
      if (people === undefined) return Promise.resolve(null);
      const records = Array.isArray(people) ? people.map((id) => [id, 0n] as const) : Object.entries(people);
      return Promise.resolve(
        encodePeopleIndex(records.map(([id, recordHash]) => ({ idHash: hash(id), recordHash, batch: 1 }))),
      );
    },
  } as unknown as RunFiles;
  return lookAtOtherRuns(ledger, new PeopleIndexes(files, hash), run);
}
