// Listening and stopping.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Processor } from './processor';
import type { Tenant } from './tenant';
import { Wire } from './wire';

/** Longer than clients keep idle connections, so that no connection ends by itself between two calls. Unit: ms. */
const KEEP_ALIVE_MS = 120_000;

/** A listening server. */
export interface RunningServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Listens on 127.0.0.1. */
export async function startServer(tenant: Tenant, processor: Processor): Promise<RunningServer> {
  const stopping = new AbortController();
  const wire = new Wire(tenant, processor, stopping.signal);
  const server = createServer((request, response) => void wire.serve(request, response));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(tenant.settings.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => stopServer(server, stopping) };
}

async function stopServer(server: Server, stopping: AbortController): Promise<void> {
  stopping.abort();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
