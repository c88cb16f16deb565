// A fault proxy in front of Azurite: hosts that use its connection string see a storage account that is busy, slow, contended and
// cut off. Faults are random by a seed (a function of the seed and of the number of the request), or aimed at a request.
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Agent, createServer, request as openRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { drawChance } from '../../local/entra/chance';
import { refuse, refuseWithin } from './storage-refusal';
import type { StorageRequest, StorageService } from './storage-request';
import { isConditionalWrite, isTransaction, readRequest } from './storage-request';

/**
 * - `busy`: 503 ServerBusy; `throttled`: with a Retry-After; `throttledWithin`: for one operation of a transaction
 * - `broken`: 500 InternalError
 * - `conflict`: 412 for a conditional write to a table, alone or within a transaction
 * - `cutBefore`, `cutAfter`: the connection is cut before the request is passed on, or after it was carried out
 * - `late`: the request is passed on so late that another process has time for the same; `slow`: the answer comes late; `never`: there is no answer, and nothing is carried out
 */
export type StorageFault =
  | 'busy'
  | 'throttled'
  | 'throttledWithin'
  | 'broken'
  | 'conflict'
  | 'cutBefore'
  | 'cutAfter'
  | 'late'
  | 'slow'
  | 'never';

/** Shares of the requests, 0 to 1 in sum. */
export type FaultShares = Readonly<Partial<Record<StorageFault, number>>>;

/** A fault for certain requests. */
export interface AimedFault {
  readonly fits: (request: StorageRequest) => boolean;
  readonly fault: StorageFault;
  /** How many matching requests are passed on unchanged first. Default 0. */
  readonly passing?: number;
  /** How many it hits then. Default 1. */
  readonly times?: number;
  /** Called when it hits: before the request is passed on, or for `cutAfter` once it was carried out. */
  readonly strikes?: () => void;
}

/** A running proxy. */
export interface StorageProxy {
  readonly connectionString: string;
  /** By chance, from now on. */
  play(shares: FaultShares): void;
  /** Aimed faults, from now on, as often as they say; the first that matches is used. */
  aim(...faults: readonly AimedFault[]): void;
  /** Called for each request, from now on. */
  watch(see: (request: StorageRequest) => void): void;
  /** How often each fault has happened. */
  struck(): Readonly<Partial<Record<StorageFault, number>>>;
  stop(): Promise<void>;
}

/** How late a slow answer is, ms. */
const SLOW_MS = 700;
/** How late a late request is passed on, ms: several reconciles, which begin every second. */
const LATE_MS = 5_000;
const ORDER: readonly StorageFault[] = ['busy', 'broken', 'conflict', 'cutBefore', 'cutAfter', 'slow'];

interface Strike {
  readonly fault: StorageFault;
  readonly tell: () => void;
}

/** Starts a proxy for each of the three services of `connectionString`. */
export async function startStorageProxy(connectionString: string, seed: number): Promise<StorageProxy> {
  const struck: Partial<Record<StorageFault, number>> = {};
  const agent = new Agent({ keepAlive: true });
  const servers: Server[] = [];
  let shares: FaultShares = {};
  let aimed: (AimedFault & { passing: number; times: number })[] = [];
  let see: (request: StorageRequest) => void = () => undefined;
  let requests = 0;

  const takeAimed = (incoming: StorageRequest): Strike | null => {
    const found = aimed.find((one) => one.fits(incoming));
    if (found === undefined || found.passing-- > 0) return null;
    if (--found.times === 0) aimed = aimed.filter((one) => one !== found);
    return { fault: found.fault, tell: found.strikes ?? (() => undefined) };
  };
  const draw = (incoming: StorageRequest): Strike | null => {
    let drawn = drawChance(seed, 'storage', ++requests);
    for (const fault of ORDER) {
      const share = fault === 'conflict' && !isConditionalWrite(incoming) ? 0 : (shares[fault] ?? 0);
      if (drawn < share) return { fault, tell: () => undefined };
      drawn -= share;
    }
    return null;
  };

  const answer = async (
    service: StorageService,
    target: URL,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<void> => {
    const isWhole = isTransaction(readRequest(service, incoming, ''));
    const body = isWhole ? await readBody(incoming) : null;
    const request = readRequest(service, incoming, body?.toString('utf8') ?? '');
    see(request);
    const strike = takeAimed(request) ?? draw(request);
    if (strike !== null) struck[strike.fault] = (struck[strike.fault] ?? 0) + 1;
    if (strike?.fault !== 'cutAfter') strike?.tell();
    switch (strike?.fault) {
      case 'never':
        incoming.resume();
        return;
      case 'cutBefore':
        incoming.socket.destroy();
        return;
      case 'busy':
      case 'throttled':
      case 'broken':
      case 'conflict':
        incoming.resume();
        refuse(request, outgoing, strike.fault);
        return;
      case 'throttledWithin':
        refuseWithin(outgoing, 'throttled');
        return;
      case 'late':
        setTimeout(() => forward(incoming, body, outgoing, target, agent, null), LATE_MS);
        return;
      case 'cutAfter':
      case 'slow':
      case undefined:
        forward(incoming, body, outgoing, target, agent, strike);
    }
  };

  const startOne = async (service: StorageService, target: URL): Promise<string> => {
    const server = createServer((incoming, outgoing) => {
      // The client disconnected in the middle of its request.
      answer(service, target, incoming, outgoing).catch(() => incoming.socket.destroy());
    });
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}${target.pathname}`;
  };

  let proxied = connectionString;
  for (const service of ['Blob', 'Queue', 'Table'] as const) {
    const endpoint = new RegExp(`${service}Endpoint=([^;]+)`).exec(connectionString)?.[1] ?? '';
    proxied = proxied.replace(endpoint, await startOne(service, new URL(endpoint)));
  }
  return {
    connectionString: proxied,
    play: (next) => {
      shares = next;
    },
    aim: (...faults) => {
      aimed.push(...faults.map((one) => ({ ...one, passing: one.passing ?? 0, times: one.times ?? 1 })));
    },
    watch: (next) => {
      see = next;
    },
    struck: () => ({ ...struck }),
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

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

function forward(
  incoming: IncomingMessage,
  body: Buffer | null,
  outgoing: ServerResponse,
  target: URL,
  agent: Agent,
  strike: Strike | null,
): void {
  const { method, url, headers } = incoming;
  const { hostname: host, port } = target;
  const passed = openRequest({ agent, host, port, method, path: url, headers }, (answer) => {
    if (strike?.fault === 'cutAfter') {
      strike.tell();
      answer.resume();
      answer.once('end', () => incoming.socket.destroy());
      return;
    }
    const pass = (): void => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    };
    if (strike?.fault === 'slow') setTimeout(pass, SLOW_MS);
    else pass();
  });
  // The client sees a cut connection; a killed host leaves half a request.
  passed.once('error', () => incoming.socket.destroy());
  outgoing.once('close', () => {
    if (!outgoing.writableFinished && strike?.fault !== 'cutAfter') passed.destroy();
  });
  if (body === null) incoming.pipe(passed);
  else passed.end(body);
}
