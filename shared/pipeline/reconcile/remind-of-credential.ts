// A credential that ends is told in time; so is a vault that cannot be read, even while nothing has to be sent.
import { RollcallError } from '../../core/errors';
import { isTroubleOfGraph } from '../../graph/graph-trouble';
import type { Pipeline } from '../pipeline';

/** Looks once a day and process. Trouble is told and tried again at the next tick: it keeps nothing else from its turn. */
export async function remindOfCredential({ credential, emit }: Pick<Pipeline, 'credential' | 'emit'>): Promise<void> {
  try {
    const days = await credential.daysLeft();
    if (days !== null) emit('rollcall.credential.expiring', { days });
  } catch (error) {
    if (!(error instanceof RollcallError) || !isTroubleOfGraph(error.code)) throw error;
    emit('rollcall.reconcile.halted', { code: error.code, retryAfterMs: error.retryAfterMs });
  }
}
