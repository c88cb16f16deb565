// How the storage services refuse: by the status of the answer, or by that of one operation within a transaction.
import type { ServerResponse } from 'node:http';
import type { StorageRequest } from './storage-request';
import { isTransaction } from './storage-request';

/** Statuses and codes of the services' own documentation (Status and error codes, 2025). */
const REFUSALS = {
  busy: { status: 503, code: 'ServerBusy', headers: {} },
  throttled: { status: 503, code: 'ServerBusy', headers: { 'retry-after': '1' } },
  broken: { status: 500, code: 'InternalError', headers: {} },
  conflict: { status: 412, code: 'UpdateConditionNotSatisfied', headers: {} },
} as const;
export type Refusal = keyof typeof REFUSALS;

/** Answers in the service's own form; nothing was carried out. */
export function refuse(request: StorageRequest, outgoing: ServerResponse, refusal: Refusal): void {
  const { status, code, headers } = REFUSALS[refusal];
  const own = { ...headers, 'x-ms-error-code': code };
  // The account accepts a transaction as such before it checks versions.
  if (refusal === 'conflict' && isTransaction(request)) refuseWithin(outgoing, refusal);
  else if (request.service === 'Table')
    outgoing.writeHead(status, { ...own, 'content-type': 'application/json' }).end(tableError(code));
  else
    outgoing
      .writeHead(status, { ...own, 'content-type': 'application/xml' })
      .end(`<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

/** 202 for the transaction, and the refusal as the answer to the operation that failed (Performing entity group transactions, 2025). */
export function refuseWithin(outgoing: ServerResponse, refusal: Refusal): void {
  const { status, code, headers } = REFUSALS[refusal];
  const lines = [
    '--batchresponse_of-the-proxy',
    'Content-Type: multipart/mixed; boundary=changesetresponse_of-the-proxy',
    '',
    '--changesetresponse_of-the-proxy',
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    '',
    `HTTP/1.1 ${status} ${code}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    'Content-Type: application/json;odata=minimalmetadata;streaming=true;charset=utf-8',
    '',
    tableError(code),
    '--changesetresponse_of-the-proxy--',
    '--batchresponse_of-the-proxy--',
    '',
  ];
  outgoing
    .writeHead(202, { 'content-type': 'multipart/mixed; boundary=batchresponse_of-the-proxy' })
    .end(lines.join('\r\n'));
}

const tableError = (code: string): string =>
  JSON.stringify({ 'odata.error': { code, message: { lang: 'en-US', value: code } } });
