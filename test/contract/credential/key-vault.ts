// A Key Vault on this machine, as it speaks to `@azure/keyvault-secrets`: the challenge first, then secrets by name and version. It is reached under
// a name of its own, because the client compares the vault's name with the resource of the challenge.
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from '../../pipeline/azure/certificate';

/** What tokens for the vault are for; the vault's name ends in that of this host. */
export const VAULT = 'https://vault.example';
export const VAULT_HOST = 'rollcall.vault.example';

/** A version of a secret, as the vault holds it. */
export interface StoredSecret {
  readonly version: string;
  readonly value: string;
  readonly contentType?: string;
  /** The same as PEM, which the vault makes of PKCS #12 when it is asked to. */
  readonly pem?: string;
  /** Seconds since 1970. */
  readonly exp?: number;
  readonly isDisabled?: boolean;
}

/** A request that came. */
export interface VaultRequest {
  readonly path: string;
  readonly outContentType: string | null;
  readonly status: number;
}

/** A running vault. */
export interface KeyVault {
  readonly url: string;
  /** Finds the vault under its name, and trusts its certificate. */
  readonly agent: Agent;
  /** All requests so far. */
  readonly requests: readonly VaultRequest[];
  /** A new version of a secret: the newest. */
  put(name: string, secret: StoredSecret): void;
  /** The vault takes tokens or not, from now on: 403, or any status of its own; null: it does. */
  answerWith(status: number | null): void;
  /** Nobody hears the vault any more. */
  stop(): Promise<void>;
}

/** Starts an empty vault. `isToken`: which tokens it takes. */
export async function startKeyVault(certificate: Certificate, isToken: (token: string) => boolean): Promise<KeyVault> {
  const secrets = new Map<string, StoredSecret[]>();
  const requests: VaultRequest[] = [];
  let forced: number | null = null;

  const find = (path: string): StoredSecret | undefined => {
    const [, , name = '', version = ''] = path.split('/');
    const versions = secrets.get(name) ?? [];
    return version === '' ? versions.at(-1) : versions.find((one) => one.version === version);
  };
  const judge = (request: IncomingMessage, path: string): readonly [status: number, code: string, inner?: string] => {
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined || !isToken(token)) return [401, 'Unauthorized'];
    if (forced !== null) return [forced, 'Forbidden', 'ForbiddenByRbac'];
    const found = find(path);
    if (found === undefined) return [404, 'SecretNotFound'];
    return found.isDisabled ? [403, 'Forbidden', 'SecretDisabled'] : [200, ''];
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'https://vault');
    const [status, code, inner] = judge(request, pathname);
    const outContentType = searchParams.get('outContentType');
    requests.push({ path: pathname, outContentType, status });
    const challenge = `Bearer authorization="https://login.example/tenant", resource="${VAULT}"`;
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(status === 401 ? { 'www-authenticate': challenge } : {}),
    });
    const error = { code, message: 'Refused. Caller: appid=secret-of-nobody', innererror: inner && { code: inner } };
    response.end(JSON.stringify(status === 200 ? bundle(pathname, find(pathname)!, outContentType) : { error }));
  };
  const bundle = (path: string, stored: StoredSecret, outContentType: string | null): object => {
    const isConverted = outContentType === 'application/x-pem-file' && stored.pem !== undefined;
    return {
      value: isConverted ? stored.pem : stored.value,
      id: `https://${VAULT_HOST}/secrets/${path.split('/')[2]}/${stored.version}`,
      contentType: isConverted ? outContentType : stored.contentType,
      attributes: { enabled: true, created: 1_700_000_000, updated: 1_700_000_000, exp: stored.exp },
    };
  };

  const server = createServer({ key: certificate.key, cert: certificate.cert }, answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({
    ca: certificate.cert,
    lookup: (_name, options, done) =>
      options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
  });
  return {
    url: `https://${VAULT_HOST}:${port}`,
    agent,
    requests,
    put: (name, secret) => void secrets.set(name, [...(secrets.get(name) ?? []), secret]),
    answerWith: (status) => {
      forced = status;
    },
    async stop() {
      agent.destroy();
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
