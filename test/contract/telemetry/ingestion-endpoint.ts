// A server that takes telemetry as Application Insights does (`/v2.1/track`: JSON, gzipped or not), and keeps what it got.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { Transport } from '../../../functions/telemetry/azure-monitor';

/** One piece of telemetry as it was sent. */
export interface Envelope {
  readonly name: string;
  /** When it happened, ISO 8601. */
  readonly time: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly sampleRate?: number;
  readonly data: {
    readonly baseType: string;
    readonly baseData: {
      readonly name?: string;
      readonly id?: string;
      readonly properties?: Readonly<Record<string, string>>;
      readonly metrics?: readonly { readonly name: string; readonly value: number; readonly count?: number }[];
      readonly exceptions?: readonly {
        readonly typeName?: string;
        readonly message: string;
        readonly stack?: string;
      }[];
    };
  };
}

export interface IngestionEndpoint {
  readonly connectionString: string;
  readonly transport: Transport;
  readonly envelopes: readonly Envelope[];
  /** Everything that was sent, as text. */
  readonly text: () => string;
  /** The status of the next answers, then 200 again. */
  readonly refuseNext: (status: number, times: number) => void;
  readonly close: () => Promise<void>;
}

/** With a certificate it speaks HTTPS, and its connection string is enough to reach it; without one, the exporter needs its `transport`. */
export async function openIngestion(
  certificate: { readonly cert: string; readonly key: string } | null = null,
): Promise<IngestionEndpoint> {
  const envelopes: Envelope[] = [];
  const bodies: string[] = [];
  const refusals: number[] = [];
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const raw = Buffer.concat(parts);
      const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw).toString('utf8');
      const refusal = refusals.shift();
      if (refusal !== undefined)
        return void response.writeHead(refusal, { 'Content-Type': 'application/json' }).end('{}');
      const sent = JSON.parse(text) as Envelope[];
      envelopes.push(...sent);
      bodies.push(text);
      const answer = { itemsReceived: sent.length, itemsAccepted: sent.length, errors: [] };
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
    });
  };
  const server = certificate === null ? createServer(take) : createSecureServer(certificate, take);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    connectionString: `InstrumentationKey=7b2b1f0e-3c4d-4e5f-8a9b-${String(port).padStart(12, '0')}${
      certificate === null ? '' : `;IngestionEndpoint=https://127.0.0.1:${port}/`
    }`,
    transport: { host: `http://127.0.0.1:${port}`, allowInsecureConnection: true },
    envelopes,
    text: () => bodies.join('\n'),
    refuseNext: (status, times) => refusals.push(...Array.from({ length: times }, () => status)),
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
