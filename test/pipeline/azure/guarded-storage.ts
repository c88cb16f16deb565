// The storage account as Azure guards it: HTTPS before Azurite, which takes bearer tokens of the app's identity and nothing else. Azurite itself
// has no OAuth for tables (docs/reference/azure-functions.md §E.1), so what may pass goes on with a SAS.
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, request as openRequest } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { accountSas, connectionMember } from '../account-sas';
import type { Certificate } from './certificate';
import { STORAGE } from './identity-endpoint';
import type { Signer } from './tokens';

/** The services, each with the role without which it refuses (docs/reference/azure-functions.md §D.5). */
const SERVICES = [
  { service: 'blob', endpoint: 'BlobEndpoint', role: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' },
  { service: 'queue', endpoint: 'QueueEndpoint', role: '974c5e8b-45b9-4653-ba55-5f855dd0fb88' },
  { service: 'table', endpoint: 'TableEndpoint', role: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' },
] as const;
type Service = (typeof SERVICES)[number]['service'];

/** A request that was refused. */
export interface StorageRefusal {
  readonly service: Service;
  readonly method: string;
  /** The error code of the storage service. */
  readonly code: string;
}

/** A running account. */
export interface GuardedStorage {
  /** `primaryEndpoints` of the account, as the template reads them: with a slash at the end. */
  readonly endpoints: Readonly<Record<Service, string>>;
  /** How many requests were passed on, by service. */
  passed(): Readonly<Record<Service, number>>;
  refusals(): readonly StorageRefusal[];
  /** The ids of the roles that the identity has from now on. */
  assign(roles: readonly string[]): void;
  stop(): Promise<void>;
}

/** The oldest version of the service that takes bearer tokens. Source: Learn, "Authorize with Microsoft Entra ID" (2025). */
const LEAST_VERSION = '2017-11-09';

/** Starts the account in front of the Azurite of `connectionString`, with no role assigned. */
export async function startGuardedStorage(
  connectionString: string,
  certificate: Certificate,
  signer: Signer,
): Promise<GuardedStorage> {
  // For the way behind the guard.
  const sas = accountSas(connectionString, 'rwdlacup');
  const agent = new Agent({ keepAlive: true });
  const servers: Server[] = [];
  const passed = { blob: 0, queue: 0, table: 0 };
  const refusals: StorageRefusal[] = [];
  let roles: readonly string[] = [];

  const judge = ({ headers }: IncomingMessage, role: string): readonly [status: number, code: string] | null => {
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    if (token === undefined) return [403, 'KeyBasedAuthenticationNotPermitted'];
    const claims = signer.read(token);
    if (claims === null || claims.exp * 1_000 <= Date.now() || claims.aud !== STORAGE)
      return [401, 'InvalidAuthenticationInfo'];
    if (String(headers['x-ms-version'] ?? '') < LEAST_VERSION) return [403, 'AuthenticationFailed'];
    return roles.includes(role) ? null : [403, 'AuthorizationPermissionMismatch'];
  };

  const startOne = async ({
    service,
    endpoint,
    role,
  }: (typeof SERVICES)[number]): Promise<readonly [Service, string]> => {
    const target = new URL(connectionMember(connectionString, endpoint));
    const server = createServer({ key: certificate.key, cert: certificate.cert }, (incoming, outgoing) => {
      const refused = judge(incoming, role);
      if (refused === null) {
        passed[service] += 1;
        forward(incoming, outgoing, target, sas, agent);
        return;
      }
      refusals.push({ service, method: incoming.method ?? '', code: refused[1] });
      incoming.resume();
      refuse(outgoing, ...refused);
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return [service, `https://127.0.0.1:${(server.address() as AddressInfo).port}${target.pathname}/`];
  };

  const endpoints = Object.fromEntries(await Promise.all(SERVICES.map(startOne))) as Record<Service, string>;
  return {
    endpoints,
    passed: () => ({ ...passed }),
    refusals: () => [...refusals],
    assign: (assigned) => {
      roles = assigned;
    },
    async stop() {
      await Promise.all(
        servers.map((server) => {
          const closed = once(server, 'close');
          server.close();
          server.closeAllConnections();
          return closed;
        }),
      );
      agent.destroy();
    },
  };
}

/** The service's own forms: XML, and for a 401 the challenge that the clients read. */
function refuse(outgoing: ServerResponse, status: number, code: string): void {
  outgoing.writeHead(status, {
    'content-type': 'application/xml',
    'x-ms-error-code': code,
    ...(status === 401
      ? {
          'www-authenticate': `Bearer authorization_uri=https://login.example/t/oauth2/authorize resource_id=${STORAGE}`,
        }
      : {}),
  });
  outgoing.end(`<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>Refused.</Message></Error>`);
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, target: URL, sas: string, agent: Agent): void {
  const { method, url = '/', headers } = incoming;
  const kept = { ...headers };
  delete kept.authorization;
  const path = `${url}${url.includes('?') ? '&' : '?'}${sas}`;
  const { hostname: host, port } = target;
  const passed = openRequest({ agent, host, port, method, path, headers: kept }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  // The client sees a cut connection; a host that was killed leaves half a request.
  passed.once('error', () => incoming.socket.destroy());
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) passed.destroy();
  });
  incoming.pipe(passed);
}
