// What `rollcall job` says, as text for people. Words of the service stand as the service writes them.
import { counted, grouped } from '../shared/core/english';
import type { JobMapping } from '../shared/tenant/job-schema';
import type { JobView } from '../shared/tenant/job-view';
import type { SentAndMapped } from '../shared/tenant/sent-and-mapped';

/** The state of a job. */
export function* statusText({ code, schedule, quarantine, lastExecution, users }: JobView): Generator<string> {
  yield `Job: ${code} (schedule: ${schedule})`;
  if (quarantine !== null) {
    const since = quarantine.since === null ? '' : ` since ${quarantine.since}`;
    const next = quarantine.nextAttempt === null ? '' : `, next attempt ${quarantine.nextAttempt}`;
    yield `Quarantine: ${quarantine.reason}${since}${next}`;
  }
  yield `People whom the job knows: ${grouped(users)}`;
  if (lastExecution === null) return;
  const { state, ended, imported, exported, escrowed } = lastExecution;
  yield `Last cycle: ${state}${ended === null ? '' : `, ended ${ended}`}: ${grouped(imported)} imported, ${grouped(exported)} exported, ${grouped(escrowed)} to be tried again`;
}

/** What a restart does. `unconfirmed`: rows of ours without evidence; null if they were not counted. */
export function* restartText({ code }: JobView, unconfirmed: number | null): Generator<string> {
  if (code === 'Active')
    yield 'The job is running: its cycle ends first, then everything that failed is tried afresh. Nothing that waits is lost.';
  else yield `The job is not running (${code}): what was uploaded and is not processed yet is purged.`;
  yield unconfirmed === null
    ? 'Rows of ours that wait for their log entries were not counted: name the storage with --storage or --data.'
    : `Rows of ours that wait for their log entries: ${grouped(unconfirmed)}. Those whose entries never come are sent once more after two hours.`;
}

const COLUMN = 60;
const mapped = ({ target, expression, flowType, matching }: JobMapping): string =>
  `${target}${matching > 0 ? ' (matching)' : ''}${flowType === 'ObjectAddOnly' ? ' (only when somebody is created)' : ''} = ${expression}`;

/** Mapping by mapping. */
export function* schemaText({ sent, neverSent }: SentAndMapped): Generator<string> {
  for (const { name, isKnown, mappings } of sent) {
    const unknown = isKnown ? '' : 'not known to the job, so ignored';
    const effect = mappings.length === 0 ? 'mapped to nothing, so without effect' : mappings.map(mapped).join('; ');
    yield `${name.padEnd(COLUMN)} ${unknown === '' ? effect : unknown}`;
  }
  if (neverSent.length === 0) return;
  yield '';
  yield `${counted(neverSent.length, 'mapping')} of the job ${neverSent.length === 1 ? 'reads' : 'read'} what this source never sends:`;
  for (const mapping of neverSent) yield `  ${mapped(mapping)}`;
}
