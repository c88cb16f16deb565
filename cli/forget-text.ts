// What `rollcall forget` has done: as text for people, and as JSON, which is a public interface.
import { counted } from '../shared/core/english';
import type { ForgottenInSource, RunOfPerson } from '../shared/pipeline/forget/forget-in-source';
import { fileOf } from './figures';

/** What was asked for. */
export interface ForgetOrder {
  readonly person: string;
  readonly isDry: boolean;
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The lines. */
export function* forgetText({ person, isDry }: ForgetOrder, found: readonly ForgottenInSource[]): Generator<string> {
  const does = isDry ? 'would be deleted' : 'deleted';
  for (const { source, inRoster, keptRecords, runs, left, isOnHoldList } of found) {
    yield `${source}: ${person}`;
    if (inRoster) yield `  ${does}: what the roster knows of the person, with days to come`;
    if (keptRecords > 0) yield `  ${does}: ${counted(keptRecords, 'record')} of runs that are deleted`;
    for (const run of runs) yield `  ${does}: records, rows, evidence and reports of the person in ${nameOf(run)}`;
    for (const run of left)
      yield run.from === null
        ? `  left: ${nameOf(run)}, because its rows are on hold`
        : `  left: ${nameOf(run)}, until ${dayOf(run.from)}: it ended a short time ago and may still be reported again`;
    if (isOnHoldList) yield `  left: sources/${source}/hold.csv names the person. Take the line out.`;
  }
  yield 'Also left:';
  yield "  HR's files in inbound/, until they are as old as retention keeps them. While one of them is dropped again, the person is back.";
  yield '  Records of other people that name the person as their manager.';
  yield '  The account in Entra, and its provisioning log.';
  yield '  Copies of what was deleted: the storage account can restore them for seven days.';
  if (isDry) yield 'Nothing was deleted. Add --yes to delete.';
}

const nameOf = (run: RunOfPerson): string => `${fileOf(run)} (run ${run.run})`;

/** The object. */
export const forgetJson = ({ person, isDry }: ForgetOrder, found: readonly ForgottenInSource[]) => ({
  person,
  isDry,
  sources: found.map(({ source, inRoster, keptRecords, runs, left, isOnHoldList }) => ({
    source,
    inRoster,
    keptRecords,
    runs: runs.map(({ run }) => run),
    left: left.map(({ run, from }) => ({ run, from: from === null ? null : new Date(from).toISOString() })),
    isOnHoldList,
  })),
});
