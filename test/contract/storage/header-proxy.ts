// A proxy in front of Blob storage that adds headers to its answers: it shows states that Azurite never has.
import { once } from 'node:events';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { createServer, request as openRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A running proxy. */
export interface HeaderProxy {
  /** The service's URL, with the proxy as its host. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Passes every request on to the service at `serviceUrl`; `more` returns the headers to add to an answer. */
export async function startHeaderProxy(
  serviceUrl: string,
  more: (request: IncomingMessage, answer: IncomingMessage) => OutgoingHttpHeaders,
): Promise<HeaderProxy> {
  const service = new URL(serviceUrl);
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const passed = openRequest({ host: service.hostname, port: service.port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, { ...answer.headers, ...more(incoming, answer) });
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(serviceUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
