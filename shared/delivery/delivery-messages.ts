// Why a batch waits, in English, for the operator.
import type { MessagesOf } from '../core/codes';
import type { deliveryCodes } from './delivery-codes';

/** English. */
export const deliveryMessages: MessagesOf<typeof deliveryCodes> = {
  throttled: {
    sentence: () => 'Microsoft Graph asked to wait; sending goes on by itself.',
    cause: 'The service answered 429, or 503 with a time: the gate is closed for all sources of the tenant until then.',
    cure: 'None needed: sending goes on by itself. If it happens again and again, look for another program that uploads to this tenant.',
  },
  'daily-budget-spent': {
    sentence: () => 'The calls of the last 24 hours are used up; the rest goes later.',
    cause:
      'The calls of the last 24 hours are used up, by our count or because the service keeps answering 429. A share is kept for leavers, who may still go.',
    cure: 'None needed: the rest goes when calls of yesterday drop out of the count. If it comes every day, `ROLLCALL_LICENCE` may be too low, or the files too large.',
  },
  pace: {
    sentence: () => 'Too many senders were waiting for a slot; the batch is released again.',
    cause: 'More senders were waiting for their slot than the pace of the tenant lets through in ten seconds.',
    cure: 'None needed: the batch is released again.',
  },
  'job-paused': {
    sentence: () => 'Sending to this job is paused; it goes on by itself.',
    cause: 'Sending to this provisioning job is paused, and no reason was noted.',
    cure: 'None needed: it goes on when the time is up. The entity `job-…` in the table `gates` says when.',
  },
  'gate-contended': {
    sentence: () => 'The gate kept changing while it was written; the message is tried again.',
    cause: 'Another process changed the entity of the gate at each of many attempts to change it.',
    cure: 'None needed: the message is tried again. If it lasts, table storage is slow, or far too many instances are running.',
  },
  'storage-queue': {
    sentence: () => 'Queue storage refused a call or did not answer; it is tried again.',
    cause: 'Queue storage refused a call, or did not answer.',
    cure: 'It is tried again by itself, and the sweep finds what was not put. If it lasts, check the storage account, its firewall, and the role Storage Queue Data Contributor.',
  },
};
