// A client that calls the simulator as any program would: plain fetch, no code of the product.
import type { Entra } from '../../../local/entra/entra';

export const SERVICE_PRINCIPAL = '8f0e0000-0000-4000-8000-000000000001';
export const JOB = 'API2AAD.0123456789abcdef0123456789abcdef.6f2c1d0a-6a55-4c2f-9f0f-3b8a6b2f7c10';
export const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const JOB_PATH = `/v1.0/servicePrincipals/${SERVICE_PRINCIPAL}/synchronization/jobs/${JOB}`;

type Json = Record<string, unknown>;

/** A complete user; given members replace the invented ones. */
export function user(externalId: string, members: Json = {}): Json {
  return {
    schemas: [CORE, ENTERPRISE],
    externalId,
    userName: `u${externalId}@contoso.example`,
    displayName: `User ${externalId}`,
    active: true,
    [ENTERPRISE]: { employeeNumber: externalId, department: 'Finance' },
    ...members,
  };
}

/** A bulk request of users. */
export function bulk(users: readonly Json[], bulkIdPrefix = 'b'): Json {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
    Operations: users.map((data, index) => ({
      method: 'POST',
      bulkId: `${bulkIdPrefix}-${index}`,
      path: '/Users',
      data,
    })),
    failOnErrors: null,
  };
}

/** Sends any body to bulkUpload. */
export async function post(entra: Entra, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${entra.url}${JOB_PATH}/bulkUpload`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      authorization: `Bearer ${entra.token()}`,
      'content-type': 'application/scim+json',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** Uploads users. */
export async function upload(entra: Entra, ...users: readonly Json[]): Promise<Response> {
  return post(entra, bulk(users));
}

/** Calls any path of Graph with every permission. */
export async function graph(entra: Entra, method: string, path: string, body?: unknown): Promise<Response> {
  const token = entra.token({
    roles: [
      'ProvisioningLog.Read.All',
      'Synchronization.ReadWrite.All',
      'Application.ReadWrite.All',
      'AppRoleAssignment.ReadWrite.All',
    ],
  });
  return fetch(entra.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** One page of the logs. */
export async function readLogs(entra: Entra, query: Record<string, string> = {}): Promise<LogPage> {
  const response = await graph(entra, 'GET', `/v1.0/auditLogs/provisioning?${new URLSearchParams(query).toString()}`);
  if (response.status !== 200) throw new Error(`logs: ${response.status} ${await response.text()}`);
  return (await response.json()) as LogPage;
}

/** A page of logs, with the members that tests use. */
export interface LogPage {
  readonly '@odata.context': string;
  readonly '@odata.nextLink'?: string;
  readonly value: readonly LogRecord[];
}

/** A log record, with the members that tests use. */
export interface LogRecord {
  readonly id: string;
  readonly activityDateTime: string;
  readonly changeId: string;
  readonly provisioningAction: string;
  readonly sourceIdentity: { readonly id: string };
  readonly targetIdentity: { readonly id: string };
  readonly provisioningStatusInfo: {
    readonly status: string;
    readonly errorInformation: { readonly errorCode: string; readonly reason: string } | null;
  };
  readonly provisioningSteps: readonly { readonly provisioningStepType: string; readonly status: string }[];
  readonly modifiedProperties: readonly {
    readonly displayName: string;
    readonly oldValue: string | null;
    readonly newValue: string | null;
  }[];
}

/** The error of a Graph answer. */
export async function readError(response: Response): Promise<{ code: string; message: string }> {
  return ((await response.json()) as { error: { code: string; message: string } }).error;
}
