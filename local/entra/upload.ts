// POST …/bulkUpload: checks, queues, answers 202. Nothing is processed before the answer.
import { readBulkRequest } from './bulk-request';
import { drawChance } from './chance';
import { BUCKET_FULL_MESSAGE, GraphRefusal, INVALID_FORMAT_MESSAGE, type Answer } from './graph-answer';
import type { Call } from './http-call';
import type { Job } from './job';
import { requireJob } from './job-routes';
import { drawDelay } from './draw-delay';
import type { Tenant } from './tenant';

/** Accepts a bulk request into the queue of its job. */
export function acceptUpload(tenant: Tenant, call: Call): Answer {
  const { settings, traffic } = tenant;
  const job = requireJob(tenant, call);
  const contentType = call.headers['content-type'] ?? '';
  if (!/^application\/scim\+json(?:\s*;|$)/i.test(contentType))
    throw new GraphRefusal(400, 'BadRequest', INVALID_FORMAT_MESSAGE, `Content-Type ${contentType}`);
  const operations = readBulkRequest(call.body, settings);
  if (typeof operations === 'string') throw new GraphRefusal(400, 'BadRequest', INVALID_FORMAT_MESSAGE, operations);
  if (job.queueLength + operations.length > settings.queueCapacity)
    throw new GraphRefusal(500, 'InternalServerError', BUCKET_FULL_MESSAGE, 'bucket full');

  const waiting = new Set(job.queue.map((record) => record.externalId));
  const acceptedAt = tenant.clock.now();
  let dueAt = 0;
  for (const [index, { data }] of operations.entries()) {
    if (waiting.has(data.externalId)) traffic.overlappingOperations += 1;
    waiting.add(data.externalId);
    const key = `${traffic.acceptedUploads}.${index}`;
    const drawn = acceptedAt + drawDelay(settings, settings.processingDelayMs, 'processing', key);
    dueAt = settings.shuffle ? drawn : Math.max(drawn, job.queue.at(-1)?.dueAt ?? 0);
    const order = settings.shuffle ? drawChance(settings.seed, 'order', key) : traffic.acceptedOperations + index;
    job.queue.push({ externalId: data.externalId, data, dueAt, order, attempts: 0 });
  }
  if (!job.isProcessing) traffic.acceptedWhileStopped += 1;
  traffic.countUpload({
    at: call.arrivedAt,
    jobId: job.id,
    requestId: call.requestId,
    people: operations.map(({ bulkId, data }) => ({ bulkId, externalId: data.externalId, active: data.active })),
  });
  return { status: 202, ...describeAccepted(tenant, call, job) };
}

function describeAccepted(tenant: Tenant, call: Call, job: Job): Pick<Answer, 'headers' | 'body'> {
  const filter = `$filter=jobid%20eq%20'${job.id}'`;
  const location = `${call.origin}/${call.version}/auditLogs/provisioning/?${filter}`;
  const headers = { location };
  switch (tenant.settings.acceptedBody) {
    case 'empty':
      return { headers };
    case 'object':
      return { headers, body: {} };
    case 'headers':
      return { headers, body: { 'client-request-id': call.clientRequestId, 'request-id': call.requestId, location } };
  }
}
