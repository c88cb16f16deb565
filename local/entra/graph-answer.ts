// What a handler answers, and the form of Graph's errors.

/** An answer; `body` is JSON, `html` a gateway's page. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly html?: string;
  /** Why it was refused, for the statistics only; never on the wire. */
  readonly reason?: string;
}

/** Ids of the request, repeated in every error. */
export interface RequestIds {
  readonly requestId: string;
  readonly clientRequestId: string;
  readonly now: number;
}

/** Thrown by a handler to refuse a request: the router turns it into Graph's error. */
export class GraphRefusal extends Error {
  constructor(
    readonly status: number,
    readonly graphCode: string,
    message: string,
    /** Why, for the statistics; the message is what the service says. */
    readonly reason: string = message,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** Codes other than InvalidAuthenticationToken are not documented; clients match status and message. */
const CODES: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'InvalidAuthenticationToken',
  403: 'Authorization_RequestDenied',
  404: 'Request_ResourceNotFound',
  405: 'MethodNotAllowed',
  409: 'Conflict',
  413: 'RequestEntityTooLarge',
  415: 'UnsupportedMediaType',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  502: 'BadGateway',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
};

/** The error code of a status. */
export function nameStatus(status: number): string {
  return CODES[status] ?? 'UnknownError';
}

/** The text of a full queue. [ISS] Jul 2026 */
export const BUCKET_FULL_MESSAGE =
  'The bucket that stores the ingested data is full, please wait for the synchronization service to process the ingested data and retry this request.';

/** The text of a malformed upload. [ISS] */
export const INVALID_FORMAT_MESSAGE = 'Invalid Data Format';

/** Graph's OData error. [ERR] */
export function renderError(code: string, message: string, ids: RequestIds) {
  return {
    error: {
      code,
      message,
      innerError: {
        date: new Date(ids.now).toISOString().slice(0, 19),
        'request-id': ids.requestId,
        'client-request-id': ids.clientRequestId,
      },
    },
  };
}

/** A gateway's error page, which any call to Graph may return. */
export function renderGatewayPage(status: number): string {
  const title = `${status} ${nameStatus(status)}`;
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
}
