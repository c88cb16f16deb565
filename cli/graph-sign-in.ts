// Graph for the commands, opened in this one place, as whoever calls: they sign in in their browser, or with a code on another device, and for
// exactly the permissions that the command needs. A simulator on this computer gets a token that is worth nothing elsewhere.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TokenCredential } from '@azure/identity';
import { DeviceCodeCredential, InteractiveBrowserCredential } from '@azure/identity';
import type { GraphCredential, GraphToken } from '../shared/graph/graph-credential';
import { graphTransport, type ServiceClock } from '../shared/graph/graph-transport';
import { graphAddressOf, isLoopback, type GraphAddress } from '../shared/graph/graph-url';
import { localToken } from '../shared/graph/local-token';
import { graphManagement, type GraphManagement } from '../shared/graph/management';
import { accountOf, userOfComputer } from './caller';
import { holdCommand } from './local-file';
import type { Terminal } from './terminal';

/** Where Graph is and how to sign in to it, as the options say. */
export interface GraphOptions {
  readonly graph: string;
  /** Id or domain of the tenant; null for that of whoever signs in. */
  readonly tenant: string | null;
  /** The public client that asks for the token. */
  readonly clientId: string;
  readonly deviceCode: boolean;
}

/** Graph, as somebody who has signed in. */
export interface SignedIn {
  readonly graph: GraphManagement;
  /** True of a simulator on this computer. */
  readonly isLocal: boolean;
  /** Who signed in, as their token says. */
  readonly account: string;
  readonly clock: ServiceClock;
}

/** The longest wait for an answer, ms: instantiating an application takes some ten seconds. Ours, 2026-11. */
const TIMEOUT_MS = 100_000;

/**
 * Signs in for these permissions, as Graph names them, and opens Graph. Throws `FileHold`: `graph-option-refused`, `sign-in-failed`.
 */
export async function signInToGraph(
  options: GraphOptions,
  permissions: readonly string[],
  terminal: Pick<Terminal, 'err'>,
): Promise<SignedIn> {
  const address = addressOf(options.graph);
  const isLocal = isLoopback(address.url);
  const credential = isLocal ? localSignIn(permissions) : await personalSignIn(options, address, permissions, terminal);
  const account = isLocal
    ? await userOfComputer()
    : (accountOf((await credential.getToken())?.token ?? '') ?? 'unknown');
  const clock = { now: Date.now, sleep: (ms: number) => sleep(ms) };
  const transport = graphTransport(address.url, credential, address.scope, TIMEOUT_MS, randomUUID);
  return { graph: graphManagement(transport, clock, randomUUID), isLocal, account, clock: transport };
}

/** Scheme, host and port of Graph. Throws `FileHold` (`graph-option-refused`). */
export const graphOriginOf = (graph: string): string => addressOf(graph).url.origin;

function addressOf(graph: string): GraphAddress {
  try {
    return graphAddressOf(graph);
  } catch {
    // The value may have a password in it.
    throw holdCommand('graph-option-refused', {});
  }
}

type SignInForGraph = GraphCredential & { getToken(): Promise<GraphToken | null> };

/** Whoever signs in to a simulator may do everything there. Template id of the role: Learn, "Microsoft Entra built-in roles" (2025). */
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';

const localSignIn = (permissions: readonly string[]): SignInForGraph => ({
  getToken: () => Promise.resolve(localToken({ scp: permissions.join(' '), wids: [GLOBAL_ADMINISTRATOR] }, Date.now())),
  endsAt: () => Promise.resolve(null),
});

/** Signs in before anything else is done: whoever closes the browser gets a sentence, not a fault of Graph. */
async function personalSignIn(
  { tenant, clientId, deviceCode }: GraphOptions,
  { url, authority }: GraphAddress,
  permissions: readonly string[],
  terminal: Pick<Terminal, 'err'>,
): Promise<SignInForGraph> {
  const client = { clientId, authorityHost: authority, ...(tenant === null ? {} : { tenantId: tenant }) };
  const credential: TokenCredential = deviceCode
    ? new DeviceCodeCredential({
        ...client,
        userPromptCallback: ({ verificationUri, userCode }) =>
          void terminal.err(`To sign in, open ${verificationUri} in any browser and enter the code ${userCode}.\n`),
      })
    : new InteractiveBrowserCredential(client);
  if (!deviceCode) await terminal.err('Sign in in the browser that opens. Without a browser, use --device-code.\n');
  // Not `.default`: that would ask for whatever was ever consented to for the client.
  const scopes = permissions.map((permission) => `${url.origin}/${permission}`);
  const getToken = (): Promise<GraphToken | null> => credential.getToken(scopes);
  try {
    await getToken();
  } catch (error) {
    const number = /AADSTS\d{3,12}/.exec(error instanceof Error ? error.message : '')?.[0] ?? null;
    throw holdCommand('sign-in-failed', { number });
  }
  return { getToken, endsAt: () => Promise.resolve(null) };
}
