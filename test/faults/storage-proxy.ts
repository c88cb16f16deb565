// A fault proxy in front of Azurite: hosts that are given its connection string meet a storage account that is busy, slow, contended and
// cut off, by chance with a seed. Which fault strikes is a function of the seed and of the number of the request.
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { drawChance } from '../../local/entra/chance';

/** Shares of the requests, 0 to 1 in sum. */
export interface StorageFaults {
  /** 503 ServerBusy, how storage throttles; nothing was carried out. */
  readonly busy?: number;
  /** 500 InternalError; nothing was carried out. */
  readonly broken?: number;
  /** 412 for a conditional write to a table; nothing was carried out. */
  readonly conflict?: number;
  /** The connection is cut before the request is passed on, or after it was carried out. */
  readonly cutBefore?: number;
  readonly cutAfter?: number;
  /** The answer comes late. */
  readonly slow?: number;
}

type Fault = keyof StorageFaults;
type Service = 'Blob' | 'Queue' | 'Table';

/** A running proxy. */
export interface StorageProxy {
  readonly connectionString: string;
  /** From now on. */
  play(faults: StorageFaults): void;
  /** How often each fault has struck. */
  struck(): Readonly<Record<Fault, number>>;
  stop(): Promise<void>;
}

/** How late a slow answer is, ms. */
const SLOW_MS = 700;
const ORDER: readonly Fault[] = ['busy', 'broken', 'conflict', 'cutBefore', 'cutAfter', 'slow'];

/** Starts a proxy for each of the three services of `connectionString`. */
export async function startStorageProxy(connectionString: string, seed: number): Promise<StorageProxy> {
  const struck: Record<Fault, number> = { busy: 0, broken: 0, conflict: 0, cutBefore: 0, cutAfter: 0, slow: 0 };
  const agent = new Agent({ keepAlive: true });
  const servers: Server[] = [];
  let faults: StorageFaults = {};
  let requests = 0;

  const draw = (service: Service, incoming: IncomingMessage): Fault | null => {
    let drawn = drawChance(seed, 'storage', ++requests);
    for (const fault of ORDER) {
      const share = fault === 'conflict' && !isConditionalWrite(service, incoming) ? 0 : (faults[fault] ?? 0);
      if (drawn < share) return fault;
      drawn -= share;
    }
    return null;
  };

  const startOne = async (service: Service, target: URL): Promise<string> => {
    const server = createServer((incoming, outgoing) => {
      const fault = draw(service, incoming);
      if (fault !== null) struck[fault]++;
      if (fault === 'cutBefore') incoming.socket.destroy();
      else if (fault === 'busy') refuse(incoming, outgoing, service, 503, 'ServerBusy');
      else if (fault === 'broken') refuse(incoming, outgoing, service, 500, 'InternalError');
      else if (fault === 'conflict') refuse(incoming, outgoing, service, 412, 'UpdateConditionNotSatisfied');
      else forward(incoming, outgoing, target, agent, fault);
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
      faults = next;
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

const isConditionalWrite = (service: Service, { headers }: IncomingMessage): boolean =>
  service === 'Table' && headers['if-match'] !== undefined && headers['if-match'] !== '*';

function refuse(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  service: Service,
  status: number,
  code: string,
): void {
  incoming.resume();
  const headers = { 'x-ms-error-code': code };
  if (service === 'Table')
    outgoing
      .writeHead(status, { ...headers, 'content-type': 'application/json' })
      .end(JSON.stringify({ 'odata.error': { code, message: { lang: 'en-US', value: code } } }));
  else
    outgoing
      .writeHead(status, { ...headers, 'content-type': 'application/xml' })
      .end(`<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

function forward(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  target: URL,
  agent: Agent,
  fault: 'cutAfter' | 'slow' | null,
): void {
  const { method, url, headers } = incoming;
  const passed = request({ agent, host: target.hostname, port: target.port, method, path: url, headers }, (answer) => {
    if (fault === 'cutAfter') {
      answer.resume();
      answer.once('end', () => incoming.socket.destroy());
      return;
    }
    const pass = (): void => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    };
    if (fault === 'slow') setTimeout(pass, SLOW_MS);
    else pass();
  });
  // Whoever asked sees a cut connection; a host that was killed leaves half a request behind.
  passed.once('error', () => incoming.socket.destroy());
  outgoing.once('close', () => {
    if (!outgoing.writableFinished && fault !== 'cutAfter') passed.destroy();
  });
  incoming.pipe(passed);
}
