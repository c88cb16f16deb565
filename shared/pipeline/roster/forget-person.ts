// Forgetting a person: without an entry the person is new, so the next file sends the record whatever it says. For somebody whose account was
// changed or deleted in Entra by hand, so that the roster is wrong about them.
import { foldId } from '../../columns/id';
import type { Hash64 } from '../../core/hash';
import { removePerson } from '../../roster/remove-person';
import type { RosterStore } from '../../roster/roster-store';
import type { RunStore } from '../../run/ledger';
import { INTAKE_STATES, OPEN_STATES } from '../../run/run';

export interface ForgetPorts {
  readonly runs: Pick<RunStore, 'ofSource'>;
  readonly rosters: RosterStore;
  readonly hash: Hash64;
}

/**
 * - `forgotten`  the entry is gone
 * - `unknown`    there was none
 * - `busy`       this run is being read or sent: it would write the entry again when it settles
 */
export type Forgotten =
  { readonly kind: 'forgotten' } | { readonly kind: 'unknown' } | { readonly kind: 'busy'; readonly run: string };

/**
 * Takes a person out of the roster of a source. A run that begins meanwhile may have pinned the roster with the entry; it compares with the
 * current one as well before it lets anybody rest. Late evidence of a run that has ended writes the entry again, and rightly so.
 */
export async function forgetPerson(
  { runs, rosters, hash }: ForgetPorts,
  source: string,
  id: string,
): Promise<Forgotten> {
  const [unfinished] = await runs.ofSource(source, [...INTAKE_STATES, ...OPEN_STATES]);
  if (unfinished !== undefined) return { kind: 'busy', run: unfinished.value.run };
  return { kind: (await removePerson(rosters, source, hash(foldId(id)))) ? 'forgotten' : 'unknown' };
}
