// The state of a provisioning job, read before anything is sent to it. Source: synchronizationJob, CSDL of August 2026; docs/reference/graph-provisioning.md §4.2–4.3.
import { Type } from '@sinclair/typebox';
import { schemaCheck } from '../core/schema-check';
import type { JobKey } from './job-key';
import { jobPath } from './bulk-upload';
import type { GraphReply, GraphTransport } from './graph-transport';

const Loose = { additionalProperties: true };
const JobDocument = Type.Object(
  {
    status: Type.Object(
      {
        code: Type.String(),
        quarantine: Type.Optional(
          Type.Union([
            Type.Object({ reason: Type.Optional(Type.Union([Type.String(), Type.Null()])) }, Loose),
            Type.Null(),
          ]),
        ),
      },
      Loose,
    ),
  },
  Loose,
);
const jobDocumentCheck = schemaCheck(JobDocument);

/**
 * - `healthy`: uploads are processed.
 * - `ill`: uploads would be accepted but not processed, or purged by the restart that heals the job, or nobody may see whether they would:
 *   send nothing. `code` is of the error
 *   catalogue; `detail` is the service's word for it.
 * - `unknown`: it could not be read this time; that alone stops nothing.
 */
export type JobHealth =
  | { readonly kind: 'healthy' }
  | { readonly kind: 'ill'; readonly code: string; readonly detail: string }
  | { readonly kind: 'unknown' };

const ILL_CODES: ReadonlyMap<string, string> = new Map([
  ['paused', 'job-is-paused'],
  ['quarantine', 'job-in-quarantine'],
  ['notrun', 'job-never-started'],
  ['notconfigured', 'job-never-started'],
]);

/** Asks for the state of a job. */
export const readJobHealth = async (graph: GraphTransport, job: JobKey): Promise<JobHealth> =>
  judgeJobAnswer(await graph.get(jobPath(job)));

/** Judges the answer. An unknown status code counts as healthy: the service may know states that this version does not. */
export function judgeJobAnswer(reply: GraphReply): JobHealth {
  if (reply.kind === 'silence') return { kind: 'unknown' };
  if (reply.status === 404 || reply.status === 410)
    return { kind: 'ill', code: 'job-is-gone', detail: String(reply.status) };
  // It will not become readable by itself, and a job that cannot be watched loses what is sent to it without a word.
  if (reply.status === 403) return { kind: 'ill', code: 'job-not-readable', detail: '403' };
  if (reply.status !== 200) return { kind: 'unknown' };
  let document: unknown;
  try {
    document = JSON.parse(reply.body);
  } catch {
    // A gateway's page says nothing about the job.
    return { kind: 'unknown' };
  }
  if (!jobDocumentCheck()(document)) return { kind: 'unknown' };
  const code = ILL_CODES.get(document.status.code.toLowerCase());
  return code === undefined
    ? { kind: 'healthy' }
    : { kind: 'ill', code, detail: wordOf(document.status.quarantine?.reason ?? document.status.code) };
}

/** The documented reasons are members of an enumeration (`quarantineReason`); anything else is kept out of telemetry. */
const wordOf = (text: string): string => (/^[A-Za-z]{1,60}$/.test(text) ? text : 'unreadable');
