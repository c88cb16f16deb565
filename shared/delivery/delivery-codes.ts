// Why a batch is not sent now although nothing is wrong with it: the codes of the gate, of the queue and of the list of jobs. The English is
// in delivery-messages.ts.
import { fault, halt } from '../core/codes';

/** Codes of a closed gate (`closedFor`, `pausedFor`) and of faults on the way to it. Codes of the service's answers: graph-codes.ts. */
export const deliveryCodes = {
  throttled: fault(),
  'daily-budget-spent': fault(),
  pace: fault(),
  'job-paused': fault(),
  'gate-contended': fault(),
  'storage-queue': fault(),
  'job-withdrawn': halt(),
};
