// Why a batch is not sent now, though nothing is wrong with it: the codes of the gate and of the queue.
import { defineCodes } from '../core/catalogue';

/** Codes of a closed gate (`closedFor`, `pausedFor`) and of faults on the way to it. What the service answered: graph-codes.ts. */
export const deliveryCodes = defineCodes({
  throttled: {
    kind: 'fault',
    cause: 'The service answered 429, or 503 with a time: the gate is closed for all sources of the tenant until then.',
    cure: 'None needed: sending goes on by itself. If it comes again and again, look for another program that uploads to this tenant.',
  },
  'daily-budget-spent': {
    kind: 'fault',
    cause:
      'The calls of the last 24 hours are used up, by our count or because the service goes on answering 429. A share is kept for leavers, who may still go.',
    cure: 'None needed: the rest goes when calls of yesterday drop out of the count. If it comes every day, `ROLLCALL_LICENCE` may be too low, or the files too large.',
  },
  pace: {
    kind: 'fault',
    cause: 'More senders were waiting for their slot than the pace of the tenant lets through in ten seconds.',
    cure: 'None needed: the batch is released again.',
  },
  'job-paused': {
    kind: 'fault',
    cause: 'Sending to this provisioning job is paused, and no reason was noted.',
    cure: 'None needed: it goes on when the time is up. The entity `job-…` in the table `gates` says when.',
  },
  'gate-contended': {
    kind: 'fault',
    cause: 'The entity of the gate was changed by somebody else at each of many tries to change it.',
    cure: 'None needed: the message is tried again. If it lasts, table storage is slow, or far too many instances are running.',
  },
  'storage-queue': {
    kind: 'fault',
    cause: 'Queue storage refused a call, or did not answer.',
    cure: 'It is tried again by itself, and the sweep finds what was not put. If it lasts: the storage account, its firewall, and the role Storage Queue Data Contributor.',
  },
} as const);
