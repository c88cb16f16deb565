// What the simulator has seen: calls by route and status, uploads, repeated operations.
import type { RouteName } from './route-names';

/** Bound of memory for repeated operations. Unit: bulkIds. */
const MAX_REMEMBERED_BULK_IDS = 250_000;
/** Bound of memory for refused requests. Unit: requests. */
const MAX_REMEMBERED_REFUSALS = 100;

/** Bound of memory for accepted uploads. Unit: uploads. */
const MAX_REMEMBERED_UPLOADS = 2_500;

/** A request that was not carried out, kept for debugging a client. */
export interface Refusal {
  readonly route: RouteName | 'unknown';
  readonly status: number;
  readonly reason: string;
}

/** An upload that was accepted: the people in it, and when it arrived (ms since 1970 on the simulator's clock). */
export interface AcceptedUpload {
  readonly at: number;
  readonly jobId: string;
  readonly requestId: string;
  readonly people: readonly { readonly bulkId: string; readonly externalId: string; readonly active: unknown }[];
}

/** A call of bulkUpload, including refused and cut ones. Times in ms since 1970 on the simulator's clock. */
export interface UploadCall {
  readonly at: number;
  /** When the answer left, or the connection was cut. */
  readonly answeredAt: number;
  readonly status: number | 'cut';
  readonly retryAfter: string | null;
}

/** Counters of requests. */
export class Traffic {
  /** Answers by route, then by status; `cut` counts connections that were cut. */
  readonly answers: Record<string, Record<string, number>> = {};
  readonly refusals: Refusal[] = [];
  /** The last uploads that were accepted, in the order of acceptance. */
  readonly uploads: AcceptedUpload[] = [];
  /** The last calls of bulkUpload, in the order of their answers. */
  readonly uploadCalls: UploadCall[] = [];
  acceptedUploads = 0;
  acceptedOperations = 0;
  /** Accepted uploads with at least one operation whose bulkId was accepted before. */
  repeatedUploads = 0;
  repeatedOperations = 0;
  /** Operations accepted while another one for the same person was still waiting. */
  overlappingOperations = 0;
  /** Uploads accepted while their job was not processing. */
  acceptedWhileStopped = 0;
  followedRedirects = 0;
  firstUploadAt: number | undefined;
  lastUploadAt: number | undefined;
  readonly outcomes: Record<string, number> = {};
  private readonly bulkIds = new Set<string>();

  /** Counts an answer. */
  countAnswer(route: RouteName | 'unknown', status: number | 'cut'): void {
    const byStatus = (this.answers[route] ??= {});
    byStatus[status] = (byStatus[status] ?? 0) + 1;
  }

  /** Remembers a call of bulkUpload. */
  noteUploadCall(call: UploadCall): void {
    this.uploadCalls.push(call);
    if (this.uploadCalls.length > MAX_REMEMBERED_UPLOADS) this.uploadCalls.shift();
  }

  /** Remembers why a request was refused. */
  noteRefusal(refusal: Refusal): void {
    this.refusals.push(refusal);
    if (this.refusals.length > MAX_REMEMBERED_REFUSALS) this.refusals.shift();
  }

  /** Counts an accepted upload. */
  countUpload(upload: AcceptedUpload): void {
    this.uploads.push(upload);
    if (this.uploads.length > MAX_REMEMBERED_UPLOADS) this.uploads.shift();
    const bulkIds = upload.people.map(({ bulkId }) => bulkId);
    const repeated = bulkIds.filter((bulkId) => this.bulkIds.has(bulkId)).length;
    this.acceptedUploads += 1;
    this.acceptedOperations += bulkIds.length;
    this.repeatedOperations += repeated;
    if (repeated > 0) this.repeatedUploads += 1;
    if (this.bulkIds.size > MAX_REMEMBERED_BULK_IDS) this.bulkIds.clear();
    for (const bulkId of bulkIds) this.bulkIds.add(bulkId);
  }

  /** Counts the result of a record, `create.success` and the like. */
  countOutcome(name: string): void {
    this.outcomes[name] = (this.outcomes[name] ?? 0) + 1;
  }
}
