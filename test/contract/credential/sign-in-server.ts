// Where an application signs in, on this machine: discovery, and tokens for a client secret or an assertion signed with a certificate. Strict, as
// Entra is, with Entra's numbers of errors.
import { createHash, X509Certificate, verify } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from '../../pipeline/azure/certificate';
import type { Signer } from '../../pipeline/azure/tokens';

/** What the tenant knows of its one application. */
export interface RegisteredApplication {
  readonly tenantId: string;
  readonly clientId: string;
  /** Valid client secrets. */
  readonly secrets: Set<string>;
  /** Secrets that have expired. */
  readonly expired: Set<string>;
  /** Public parts of its certificates, PEM. */
  readonly certificates: Set<string>;
  /** Its permissions, as tokens say them; without any there is no such claim. */
  readonly roles?: readonly string[];
}

/** A running sign-in. */
export interface SignInServer {
  readonly authority: string;
  /** Status of each request for a token so far. */
  readonly statuses: readonly number[];
  stop(): Promise<void>;
}

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const HOUR_S = 3_600;

/** Where applications sign in, in the global cloud. */
export const SIGN_IN_HOST = 'login.microsoftonline.com';

/** Starts it; each token is another one, and valid for so long, s. */
export async function startSignIn(
  certificate: Certificate,
  signer: Signer,
  application: RegisteredApplication,
  lifetimeS = HOUR_S,
): Promise<SignInServer> {
  const statuses: number[] = [];
  let authority = '';
  let given = 0;

  const numberOf = (form: URLSearchParams, tenant: string): string | null => {
    if (tenant !== application.tenantId) return '90002';
    if (form.get('client_id') !== application.clientId) return '700016';
    const secret = form.get('client_secret');
    if (secret !== null) {
      if (application.expired.has(secret)) return '7000222';
      return application.secrets.has(secret) ? null : '7000215';
    }
    const isSigned =
      form.get('client_assertion_type') === ASSERTION &&
      [...application.certificates].some((one) => isSignedBy(form.get('client_assertion') ?? '', one));
    return isSigned ? null : '700027';
  };
  const token = (form: URLSearchParams): object => {
    const now = Math.floor(Date.now() / 1_000);
    const aud = (form.get('scope') ?? '').replace(/\/\.default.*$/, '');
    const { clientId: appid, tenantId: tid, roles } = application;
    const claims = { aud, appid, tid, exp: now + lifetimeS, n: ++given, ...(roles && { roles }) };
    return {
      token_type: 'Bearer',
      expires_in: lifetimeS,
      ext_expires_in: lifetimeS,
      access_token: signer.sign(claims),
    };
  };
  const answerToken = async (request: IncomingMessage, response: ServerResponse, tenant: string): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const form = new URLSearchParams(Buffer.concat(parts).toString());
    const number = numberOf(form, tenant);
    const status = number === null ? 200 : number === '90002' ? 400 : 401;
    statuses.push(status);
    response.writeHead(status, { 'content-type': 'application/json' });
    const error = {
      error: status === 400 ? 'invalid_request' : 'invalid_client',
      error_description: `AADSTS${number}: refused for ${form.get('client_id')} with ${form.get('client_secret')}. Trace ID: x`,
      error_codes: [Number(number)],
    };
    response.end(JSON.stringify(number === null ? token(form) : error));
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const [, tenant = '', ...rest] = new URL(request.url ?? '/', 'https://login').pathname.split('/');
    const path = rest.join('/');
    if (path === 'oauth2/v2.0/token') return void answerToken(request, response, tenant);
    const isDiscovery = path === 'v2.0/.well-known/openid-configuration';
    response.writeHead(isDiscovery ? 200 : 404, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        issuer: `${authority}/${tenant}/v2.0`,
        authorization_endpoint: `${authority}/${tenant}/oauth2/v2.0/authorize`,
        token_endpoint: `${authority}/${tenant}/oauth2/v2.0/token`,
        jwks_uri: `${authority}/${tenant}/discovery/v2.0/keys`,
      }),
    );
  };

  const server = createServer({ key: certificate.key, cert: certificate.cert }, answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  authority = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    authority,
    statuses,
    async stop() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** True if the assertion names this certificate and was signed with its key. */
function isSignedBy(assertion: string, pem: string): boolean {
  const [head = '', claims = '', signature = ''] = assertion.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString() || '{}') as Record<string, unknown>;
  const certificate = new X509Certificate(pem);
  const named = createHash('sha256').update(certificate.raw).digest('base64url');
  if (header['x5t#S256'] !== named || header['alg'] !== 'PS256') return false;
  const key = { key: certificate.publicKey, padding: 6 /* RSA_PKCS1_PSS_PADDING */, saltLength: 32 };
  return verify('sha256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'));
}
