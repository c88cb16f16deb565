// Who of the candidates is not sent: decided once, after older runs have been overtaken (*decideOnce*, *freshCompare*). A candidate is sent
// all the same if an older run has sent the person something that the pinned roster does not know, or if a newer run carries the person.
import { foldId } from '../../columns/id';
import { readDecision, writeDecision } from '../../run/decision';
import { readRequired } from '../../run/kept-files';
import { lookAtOtherRuns } from '../../run/other-runs';
import type { PackedBatch } from '../../people/packing';
import { candidateOfLine, readRowLines } from '../../run/row-lines';
import { readLines } from '../../storage/read-lines';
import type { Run } from '../../run/run';
import type { Candidate } from '../../run/run-files';
import { isNotYet, ofAttempt } from '../../run/run-files';
import { mayWait } from '../../source/active-settings';
import type { Pipeline } from '../pipeline';
import { candidatesBy, loadPinned } from '../read/pin-roster';
import type { RunPins } from '../read/run-pins';
import { skipsUnknownInactive } from '../read/unknown-inactive';

export type DecidePorts = Pick<Pipeline, 'ledger' | 'files' | 'indexes' | 'rosters' | 'hash'>;

/** True if a candidate must be sent. */
type Doubt = (id: string, candidate: Candidate) => Promise<boolean>;

/**
 * Makes the decision, if no attempt has made it yet. All older runs must have been overtaken. Resolves to the rows of candidates that are sent;
 * null if the run can have no candidates.
 */
export async function decideUnchanged(
  pipeline: DecidePorts,
  run: Run,
  pins: RunPins,
): Promise<ReadonlySet<number> | null> {
  const { files } = pipeline;
  if (!(await mayHaveCandidates(pins)) && !(await hasCandidates(files, run))) return null;
  const decided = pins.isOfFirstAttempt ? null : await readDecision(files, run);
  if (decided !== null) return decided;
  const doubt = await doubtIn(pipeline, run, pins);
  return writeDecision(files, run, doubt === null ? [] : await rowsInDoubt(pipeline, run, doubt));
}

/** Without a roster the settings can make candidates (`unknownInactive`, `active.from`), and otherwise only a user name that several people have. */
async function mayHaveCandidates(pins: RunPins): Promise<boolean> {
  const { pin, day } = await pins.roster();
  if (pin !== null) return true;
  const settings = await pins.settings();
  return mayWait(settings.active) || skipsUnknownInactive(settings, day, true) !== null;
}

/** Candidates are packed last. */
async function hasCandidates(files: Pick<Pipeline['files'], 'read'>, run: Run): Promise<boolean> {
  let last: string | null = null;
  for await (const line of readLines(await readRequired(files, run, ofAttempt(run, 'batches.jsonl')))) last = line;
  return last !== null && (JSON.parse(last) as PackedBatch).candidates;
}

async function rowsInDoubt(pipeline: Pick<Pipeline, 'files'>, run: Run, doubt: Doubt): Promise<readonly number[]> {
  const rows: number[] = [];
  for await (const { line } of readRowLines(await readRequired(pipeline.files, run, ofAttempt(run, 'rows.jsonl')))) {
    const candidate = candidateOfLine(line);
    if (candidate !== undefined && line.id !== null && (await doubt(line.id, candidate))) rows.push(line.row);
  }
  return rows.sort((a, b) => a - b);
}

/**
 * Null if nobody is in doubt. The runs are read before the roster: one that has settled by then is in the roster, and every other one is asked
 * itself. Whatever an older run sends later has looked at this one first, and drops the person.
 */
async function doubtIn(pipeline: DecidePorts, run: Run, pins: RunPins): Promise<Doubt | null> {
  const { pin, day } = await pins.roster();
  const { ledger, indexes, rosters, hash } = pipeline;
  const others = await lookAtOtherRuns(ledger, indexes, run);
  const current = (await rosters.current(run.source))?.value ?? null;
  // Whatever was sent of a person whose first day has not come: this row must not follow it.
  const mayDiffer: Doubt = async (id, candidate) =>
    !isNotYet(candidate) && ((await others.newerCarries(id, false)) || (await others.olderMayChange(id)));
  if (current?.name === pin?.name) return others.areQuiet() ? null : mayDiffer;
  const settings = await pins.settings();
  const roster = await loadPinned(pipeline, run.source, current);
  const findCandidate = candidatesBy(roster, day, run, settings);
  const index = await indexes.of(run);
  const isStill = (id: string, candidate: Candidate): boolean => {
    const idHash = hash(foldId(id));
    // Whom a run that has settled since has sent is not unknown, whatever the row says.
    if (candidate === 'unknown-inactive') return roster === null || roster.find(idHash) === null;
    if (isNotYet(candidate)) return true;
    const record = index.find(id)?.recordHash;
    return record !== undefined && findCandidate(idHash, record) !== null;
  };
  return async (id, candidate) => !isStill(id, candidate) || mayDiffer(id, candidate);
}
