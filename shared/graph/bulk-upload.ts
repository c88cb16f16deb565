// Makes the request of `bulkUpload`. Its answer is judged in delivery/answers.ts.
// Source: Graph v1.0 reference, synchronizationJob: bulkUpload; resource bulkUpload.
import { RollcallError } from '../core/errors';
import { isPathStep } from '../core/names';
import type { JobKey } from './job-key';

export const SCIM_CONTENT_TYPE = 'application/scim+json';
const BULK_REQUEST_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

/** Path of a job's upload. `servicePrincipalId` is the object id of the enterprise application. */
export const bulkUploadPath = (job: JobKey): string => `${jobPath(job)}/bulkUpload`;

/** Path of a job. Throws `RollcallError` `name-unusable` (reject) for ids that a URL would resolve to another path; settings with such ids are held. */
export const jobPath = (job: JobKey): string =>
  `/v1.0/servicePrincipals/${stepOf(job.servicePrincipalId)}/synchronization/jobs/${stepOf(job.jobId)}`;

function stepOf(id: string): string {
  if (!isPathStep(id)) throw new RollcallError('name-unusable', 'reject', 'the id of a job cannot be part of a path');
  return encodeURIComponent(id);
}

/** The `bulkId` of a row: run and row, so it is the same each time the row is sent. */
export const bulkIdOf = (run: string, row: number): string => `${run}-${row}`;

/** One operation. `user` is the staged line, JSON text. */
export interface BulkOperation {
  readonly bulkId: string;
  readonly user: string;
}

/** The body of a bulk request. The users are JSON text already and go in as staged, byte for byte. */
export function bulkRequestBody(operations: readonly BulkOperation[]): string {
  const parts = operations.map(
    (one) => `{"method":"POST","bulkId":${JSON.stringify(one.bulkId)},"path":"/Users","data":${one.user}}`,
  );
  return `{"schemas":["${BULK_REQUEST_SCHEMA}"],"Operations":[${parts.join(',')}],"failOnErrors":null}`;
}
