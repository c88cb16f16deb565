// A request as handlers see it: after its body was read and its caller identified.
import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from './access-token';
import type { RouteName } from './route-names';

/** One request. */
export interface Call {
  readonly route: RouteName;
  readonly version: 'v1.0' | 'beta';
  /** Ids from the path, `servicePrincipalId` and `jobId` among them. */
  readonly params: Readonly<Record<string, string>>;
  readonly url: URL;
  /** Scheme and authority as the client sees them, for links. */
  readonly origin: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly caller: Caller | 'anyone';
  readonly requestId: string;
  readonly clientRequestId: string;
  /** Arrival, ms since 1970 on the simulator's clock. */
  readonly arrivedAt: number;
}
