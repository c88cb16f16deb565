// Applies entries of the log to rows: finds the row of each entry, counts it once, judges. An entry belongs to the last run that delivered
// the person before it (*ownEntries*); once counted it stays where it was counted, however often it is read (*distinct*).
import type { ProvisioningEntry } from '../../graph/provisioning-log';
import type { Batch, BatchRow } from '../../run/batch';
import type { OtherRuns } from '../../run/other-runs';
import { lookAtOtherRuns, newestFirst } from '../../run/other-runs';
import type { Families } from '../../run/rows-of-person';
import { foldId } from '../../columns/id';
import { rememberFamilies, rowsOfPerson } from '../../run/rows-of-person';
import type { Run } from '../../run/run';
import { addOutcome, hasCounted } from '../../verdict/judge-row';
import type { Outcome } from '../../verdict/outcome';
import { readOutcome } from '../../verdict/outcome';
import type { Pipeline } from '../pipeline';
import { inParallel } from '../../core/tasks';
import type { ServedRuns } from '../serve/served-runs';
import type { JudgePorts } from './judge-batch';
import { judgeBatch } from './judge-batch';
import { nameOf } from '../../run/batch';

/** Batches judged in parallel. */
const BATCHES_AT_ONCE = 8;

export type ApplyPorts = Pick<Pipeline, 'ledger' | 'indexes' | 'evidence' | 'delays'> & JudgePorts;

interface Found {
  readonly outcome: Outcome;
  readonly entry: ProvisioningEntry;
  readonly run: Run;
  readonly batch: Batch;
}

/**
 * Applies one page; resolves to the number of new entries. A run that cannot take its entries keeps no other from taking theirs. Adds to
 * `untold` the runs (ids) that an entry of the page may belong to and was not told to: nothing may follow from their silence, and the page
 * must be read again.
 */
export async function applyOutcomes(
  pipeline: ApplyPorts,
  runs: readonly Run[],
  entries: readonly ProvisioningEntry[],
  served: ServedRuns,
  untold: Set<string>,
): Promise<number> {
  const news = new Map<string, Found[]>();
  const families = rememberFamilies(pipeline.ledger.batches);
  for (const entry of entries) {
    const outcome = readOutcome(entry);
    const found = outcome && (await findOwner(pipeline, families, runs, entry, outcome, served, untold));
    if (!found) continue;
    const key = nameOf(found.batch);
    const list = news.get(key);
    if (list) list.push(found);
    else news.set(key, [found]);
  }
  const hadFailed = new Set(runs.filter((run) => served.hasFailed(run, 'evidence')).map(({ run }) => run));
  let counted = 0;
  const others = await lookFromEach(pipeline, runs);
  await inParallel([...news.values()], BATCHES_AT_ONCE, async (list) => {
    const { run, batch } = list[0] as Found;
    // One that has failed is told again in the next tick: a fault that lasts would be told of with each of its batches.
    const isTold =
      !hadFailed.has(run.run) &&
      (await served.serve('evidence', run, async () => {
        // Evidence first, verdict second: a verdict must never be based on something that was not kept.
        await pipeline.evidence.keep(
          run,
          list.map((one) => one.entry),
        );
        const look = others.get(run.run) as OtherRuns;
        await judgeBatch(pipeline, run, look, batch, (row) =>
          list
            .filter((one) => foldId(one.outcome.externalId) === foldId(row.id))
            .reduce((r, one) => addOutcome(r, one.outcome), row),
        );
        counted += list.length;
      }));
    if (!isTold) untold.add(run.run);
  });
  return counted;
}

async function lookFromEach(
  pipeline: Pick<Pipeline, 'ledger' | 'indexes'>,
  runs: readonly Run[],
): Promise<ReadonlyMap<string, OtherRuns>> {
  const looks = new Map<string, OtherRuns>();
  for (const run of runs) looks.set(run.run, await lookAtOtherRuns(pipeline.ledger, pipeline.indexes, run));
  return looks;
}

/**
 * The row that the entry is evidence for; null if it is older than all our deliveries, or was already counted; also if it may belong to a run
 * that cannot say now whom it has sent, or to an older one, unless a newer run has delivered the person since: all these are then untold.
 */
async function findOwner(
  pipeline: Pick<Pipeline, 'indexes' | 'delays'>,
  families: Families,
  runs: readonly Run[],
  entry: ProvisioningEntry,
  outcome: Outcome,
  served: ServedRuns,
  untold: Set<string>,
): Promise<Found | null> {
  const { indexes, delays } = pipeline;
  let owner: (Found & { readonly sentAt: number }) | null = null;
  const mayOwn = newestFirst(runs);
  for (const [at, run] of mayOwn.entries()) {
    let rows: Awaited<ReturnType<typeof rowsOfPerson>> = [];
    const canSay =
      !served.hasFailed(run, 'look-up') &&
      (await served.serve('look-up', run, async () => {
        rows = await rowsOfPerson(families, indexes, run, outcome.externalId);
      }));
    if (!canSay) {
      if (owner === null) for (const one of mayOwn.slice(at)) untold.add(one.run);
      return owner;
    }
    for (const { batch, row } of rows) {
      if (row.changes.some(([change]) => change === outcome.change))
        return hasCounted(row, outcome) ? null : { outcome, entry, run, batch };
      const sentAt = lastSentBefore(row, outcome.at + delays.clockSkewMs);
      if (sentAt !== null && (owner === null || sentAt > owner.sentAt)) owner = { outcome, entry, run, batch, sentAt };
    }
  }
  return owner;
}

function lastSentBefore(row: BatchRow, at: number): number | null {
  const before = row.sentAt.filter((sent) => sent <= at);
  return before.length > 0 ? Math.max(...before) : null;
}
