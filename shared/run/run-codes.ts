// Codes of runs: why one is held, refused or parked, what only the whole file shows about a row, and faults of the ledger and its files.
// The English is in run-messages.ts.
import { fault, finding, hold, rejection } from '../core/codes';
import type { PlacedMessage, Quote } from '../core/message';
import type { HoldListMistake } from '../holdlist/hold-list';

/** Why a source keeps a job that another one names: its settings name it too, have mistakes, or a run of it may still send. */
export type JobKept = 'named' | 'unreadable' | 'unfinished';

/** What a source may drop only so much of in a day. */
export type QuotaOf = 'files' | 'bytes' | 'rows';

/** What has changed since a run was held, so that its approval would be for something else. */
export type VoidedBy = 'settings' | 'hold-list';

/** Codes of `RunReason`, of amended rows, and of faults in reading and writing the entities and files of a run. */
export const runCodes = {
  'source-unknown': hold<{ folder: Quote }>(),
  'source-invalid': hold<{ settings: Quote; problems: readonly PlacedMessage[]; more: number }>(),
  'job-not-allowed': hold<{ app: Quote; job: Quote }>(),
  'job-of-another-source': hold<{ owner: Quote; why: JobKept }>(),
  'hold-list-broken': hold<{ mistake: HoldListMistake; line: number | null }>(),
  'file-name-unusable': hold<{ name: Quote }>(),
  'manifest-alone': hold<{ name: Quote }>(),
  'file-not-expected': hold<{ source: Quote; pattern: Quote; name: Quote; isDropped: boolean }>(),
  'corrected-row-shifted': hold<{ line: number }>(),
  /** `day`: the midnight (UTC) with which it began, ms. */
  'quota-exceeded': hold<{ what: QuotaOf; most: number; day: number }>(),
  'rows-repeated': hold<{ repeated: number; rows: number; line: number }>(),
  'export-replaced': hold(),
  'dates-outdated': hold(),
  'intake-poisoned': fault(),
  'delivery-poisoned': fault<{ part: 'file' | 'row' }>(),
  'approval-void': hold<{ changed: VoidedBy }>(),
  'held-replaced': hold<{ newerName: Quote; newerArrivedAt: number }>(),
  'order-overtaken': hold<{ newerName: Quote; newerArrivedAt: number }>(),
  'refused-by-person': hold<{ by: Quote; why: Quote }>(),
  'held-too-long': hold<{ days: number }>(),
  'run-parked': hold<{ by: Quote; why: Quote }>(),
  'run-not-served': fault<{ step: string; fault: string; ticks: number; minutes: number }>(),
  'run-abandoned': hold<{ part: 'file'; by: Quote; why: Quote } | { part: 'row' }>(),
  /** `inDoubt`: nobody knows any more whether the newer file has anybody of this one. */
  'older-file-again': hold<{
    name: Quote;
    arrivedAt: number;
    newerName: Quote;
    newerArrivedAt: number;
    inDoubt: boolean;
  }>(),
  'duplicate-id': rejection<{ otherLine: number }>(),
  'duplicate-user-name': rejection<{ otherLine: number }>(),
  'run-file-missing': fault(),
  'kept-settings-unreadable': fault(),
  'user-line-differs': fault(),
  'ledger-contended': fault(),
  'storage-table': fault(),
  'entity-too-large': fault(),
  'storage-blob': fault(),
  'name-unusable': fault(),
  'people-on-hold': finding<{ people: number; leavers: number }>(),
  'people-not-yet': finding<{ people: number }>(),
  'inactive-values-left-out': finding<{ people: number; columns: readonly Quote[]; isKnown: boolean }>(),
  'inactive-people-unknown': finding<{ skipped: number; sent: number }>(),
  'people-set-aside': finding<{ people: number }>(),
  'rows-to-correct-left-out': finding<{ written: number; total: number }>(),
  'row-collapsed': finding<{ firstLine: number }>(),
};
