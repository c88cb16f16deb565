// The endpoint that gives an app in App Service the tokens of its managed identity (docs/reference/azure-functions.md §D.5): strict, with a
// note of every request.
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Signer } from './tokens';

/** A request that came. */
export interface TokenRequest {
  readonly resource: string | null;
  readonly clientId: string | null;
  /** 200, or why it was refused. */
  readonly status: number;
  /** Names of the parameters, sorted. */
  readonly query: readonly string[];
}

/** What the tenant knows of the app's identity. */
export interface Identity {
  readonly tenantId: string;
  readonly clientId: string;
}

/** A running endpoint. */
export interface IdentityEndpoint {
  /** `IDENTITY_ENDPOINT` and `IDENTITY_HEADER`, as the platform sets them. */
  readonly environment: Readonly<Record<'IDENTITY_ENDPOINT' | 'IDENTITY_HEADER', string>>;
  /** All requests so far. */
  requests(): readonly TokenRequest[];
  /** The app roles on Microsoft Graph in each token from now on. */
  grant(roles: readonly string[]): void;
  stop(): Promise<void>;
}

/** The resources for which the identity gets tokens. */
export const STORAGE = 'https://storage.azure.com';
export const GRAPH = 'https://graph.microsoft.com';
/** Where telemetry goes (Learn, "Microsoft Entra authentication for Application Insights", 2025). */
export const MONITOR = 'https://monitor.azure.com';

/** How long tokens of Azure are valid. */
const DAY_S = 86_400;

/** Starts an endpoint whose identity is `identity`; tokens for Graph have no role until `grant` gives one. `more`: other resources that it serves. */
export async function startIdentityEndpoint(
  signer: Signer,
  identity: Identity,
  more: readonly string[] = [],
): Promise<IdentityEndpoint> {
  const secret = `header-${Math.random().toString(36).slice(2)}`;
  const requests: TokenRequest[] = [];
  let roles: readonly string[] = [];

  const refusal = (request: IncomingMessage, query: URLSearchParams): number | null => {
    if (request.headers['x-identity-header'] !== secret) return 401;
    const isRight =
      query.get('api-version') === '2019-08-01' &&
      query.get('client_id') === identity.clientId &&
      [STORAGE, GRAPH, MONITOR, ...more].includes(query.get('resource') ?? '');
    return isRight ? null : 400;
  };
  const tokenFor = (resource: string): object => {
    const now = Math.floor(Date.now() / 1_000);
    const claims = {
      aud: resource,
      iss: `https://sts.windows.net/${identity.tenantId}/`,
      iat: now,
      nbf: now,
      exp: now + DAY_S,
      appid: identity.clientId,
      idtyp: 'app',
      tid: identity.tenantId,
      // Without any app role there is no such claim.
      ...(resource === GRAPH && roles.length > 0 ? { roles } : {}),
    };
    return {
      access_token: signer.sign(claims),
      expires_on: String(claims.exp),
      resource,
      token_type: 'Bearer',
      client_id: identity.clientId,
    };
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const query = new URL(request.url ?? '/', 'http://endpoint').searchParams;
    const resource = query.get('resource');
    const status = refusal(request, query) ?? 200;
    requests.push({ resource, clientId: query.get('client_id'), status, query: [...query.keys()].sort() });
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(status === 200 ? tokenFor(resource ?? '') : { statusCode: status, message: 'refused' }),
    );
  };

  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    environment: { IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/msi/token`, IDENTITY_HEADER: secret },
    requests: () => [...requests],
    grant: (granted) => {
      roles = granted;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
