// Whether an older run, which the roster of this one did not contain yet, sent the word that a person is inactive. Then HR's word did change,
// and this run is right to enable the account. Asked only about rows that enabled one, so usually about nobody.
import type { SaidInactive } from '../../report/row-fates';
import { unlessGone } from '../../run/kept-files';
import { rowsOfPerson } from '../../run/rows-of-person';
import type { Run } from '../../run/run';
import { isLive, LIVE_STATES } from '../../run/run';
import type { Pipeline } from '../pipeline';

/** How long before the arrival of a run another one must have ended to be in its roster for certain, ms: clocks differ by less. Our choice, 2026-11. */
const CLOCKS_DIFFER_MS = 3_600_000;

/** Looks at the older runs when it is first asked. */
export function saidInactiveBefore({ ledger, indexes }: Pick<Pipeline, 'ledger' | 'indexes'>, run: Run): SaidInactive {
  let older: Promise<readonly Run[]> | undefined;
  const readOlder = async (): Promise<readonly Run[]> => {
    const since = run.arrivedAt - CLOCKS_DIFFER_MS;
    const from = await ledger.runs.firstInPlay(run.source, since);
    if (from === null) return [];
    return (await ledger.runs.ofSource(run.source, LIVE_STATES, { from, before: run.run }))
      .map(({ value }) => value)
      .filter((one) => isLive(one) && (one.settledAt === 0 || one.settledAt > since));
  };
  return async (id) => {
    for (const one of await (older ??= readOlder()))
      // What a run whose files are gone sent of the person is not known: then the row is told.
      if ((await unlessGone(() => sentAsInactive({ ledger, indexes }, one, id))) === true) return true;
    return false;
  };
}

async function sentAsInactive(
  { ledger, indexes }: Pick<Pipeline, 'ledger' | 'indexes'>,
  run: Run,
  id: string,
): Promise<boolean> {
  const rows = await rowsOfPerson(ledger.batches, indexes, run, id);
  return rows.some(({ batch, row }) => batch.leavers && row.sentAt.length > 0);
}
