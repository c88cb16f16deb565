// Why a batch waits, in English, for the operator.
import type { MessagesOf } from '../core/codes';
import type { deliveryCodes } from './delivery-codes';

/** English. */
export const deliveryMessages: MessagesOf<typeof deliveryCodes> = {
  throttled: {
    sentence: () => 'Microsoft Graph asked us to wait; sending resumes by itself.',
    cause:
      'The service answered 429, or 503 with a time to wait. Until then the gate is closed for all sources of the tenant.',
    cure: 'None needed. If it happens again and again, look for another program that uploads to this tenant.',
  },
  'daily-budget-spent': {
    sentence: () => 'The daily budget of calls is spent; the rest is sent later, by itself.',
    cause:
      'All calls allowed in 24 hours have been made, by our count or because the service keeps answering 429. A share is reserved for leavers, who may still be sent.',
    cure: 'None needed: the rest is sent as calls become older than 24 hours. If it happens every day, `ROLLCALL_LICENCE` may name a smaller licence than the tenant has, or the files are too large.',
  },
  pace: {
    sentence: () => 'Too many senders were waiting for a slot; the batch is released again.',
    cause:
      'More senders were waiting than the pace of the tenant lets through in ten seconds, or a sender reached its slot too late to use it.',
    cure: 'None needed. If it lasts, too many instances are running, or they are overloaded.',
  },
  'job-paused': {
    sentence: () => 'Sending to this job is paused; it resumes by itself.',
    cause: 'The gate of this provisioning job is closed until a noted time, but no reason was noted with it.',
    cure: 'None needed: sending resumes at that time, which is `pausedUntil` of the row `job-…` in the table `gates`.',
  },
  'job-withdrawn': {
    sentence: () =>
      'This installation may no longer send to the provisioning job: it is not in `ROLLCALL_JOBS`, so its batches wait.',
    cause:
      'The job was allowed when the file was read, and was taken off the list since. Nothing is sent to it; the log is still read, so rows that were sent get their verdicts.',
    cure: 'If it may be sent to, add it to the app setting `ROLLCALL_JOBS`: sending resumes by itself. If not, correct `job` in the source.json and have the file dropped again: the new one takes over whatever has not been sent.',
  },
  'gate-contended': {
    sentence: () =>
      'The gate could not be updated, because other processes kept changing it; the message is tried again.',
    cause: 'Another process changed the same entity of the table `gates` at every one of many attempts.',
    cure: 'None needed. If it lasts, table storage is slow, or far too many instances are running.',
  },
  'storage-queue': {
    sentence: () => 'Queue storage refused a call or did not answer; it is tried again.',
    cause: 'The storage account was unavailable or overloaded, or it denied access.',
    cure: 'None if it is transient: the sweep puts every message on the queue that could not be put. If it lasts, check the storage account, its firewall, and the role Storage Queue Data Contributor.',
  },
};
