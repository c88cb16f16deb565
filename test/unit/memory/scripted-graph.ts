// Graph as a test scripts it: answers from a list or a function, and every request with its time.
import type { Clock } from '../../../shared/core/clock';
import { RollcallError } from '../../../shared/core/errors';
import type { GraphAnswer, GraphReply, GraphTransport } from '../../../shared/graph/graph-transport';

/** A request as it came; `at` is when, ms. `contentType`, `body` and `clientRequestId` are '' for a GET. */
export interface GraphRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly contentType: string;
  readonly body: string;
  readonly clientRequestId: string;
  readonly at: number;
}

/** An answer of the service. */
export const graphAnswer = (status: number, more: Partial<Omit<GraphAnswer, 'kind' | 'status'>> = {}): GraphAnswer => ({
  kind: 'answer',
  status,
  requestId: null,
  retryAfter: null,
  contentType: 'application/json',
  body: '',
  ...more,
});

/** Uploads are accepted, jobs are active, the log is empty. */
export function wellAnswer(request: GraphRequest): GraphReply {
  if (request.method === 'POST') return graphAnswer(202, { requestId: 'graph-request' });
  return request.path.startsWith('/v1.0/auditLogs/')
    ? graphAnswer(200, { body: JSON.stringify({ value: [] }) })
    : graphAnswer(200, { body: JSON.stringify({ status: { code: 'Active' } }) });
}

/** Answers with what is in `uploads` and `reads`, first to last, then with `answer`. */
export class ScriptedGraph implements GraphTransport {
  readonly origin = 'https://graph.example';
  readonly requests: GraphRequest[] = [];
  /** Answers to the next POSTs and GETs. */
  readonly uploads: GraphReply[] = [];
  readonly reads: GraphReply[] = [];
  answer: (request: GraphRequest) => GraphReply | Promise<GraphReply> = wellAnswer;
  /** False: the credential returns no token, and nothing is sent. */
  hasToken = true;
  /** When the credential ends, ms. */
  endsAt: number | null = null;
  /** How often a token was requested on its own. */
  authorized = 0;

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  /** All uploads; all reads. */
  get posts(): readonly GraphRequest[] {
    return this.requests.filter((request) => request.method === 'POST');
  }
  get gets(): readonly GraphRequest[] {
    return this.requests.filter((request) => request.method === 'GET');
  }

  post(path: string, contentType: string, body: string, clientRequestId: string): Promise<GraphReply> {
    return this.ask({ method: 'POST', path, contentType, body, clientRequestId, at: this.clock.now() }, this.uploads);
  }

  get(path: string): Promise<GraphReply> {
    return this.ask(
      { method: 'GET', path, contentType: '', body: '', clientRequestId: '', at: this.clock.now() },
      this.reads,
    );
  }

  authorize(): Promise<void> {
    this.authorized++;
    return this.requireToken();
  }

  credentialEndsAt(): Promise<number | null> {
    return this.hasToken ? Promise.resolve(this.endsAt) : this.requireToken().then(() => null);
  }

  private async ask(request: GraphRequest, script: GraphReply[]): Promise<GraphReply> {
    await this.requireToken();
    this.requests.push(request);
    return script.shift() ?? this.answer(request);
  }

  private requireToken(): Promise<void> {
    return this.hasToken
      ? Promise.resolve()
      : Promise.reject(new RollcallError('graph-no-token', 'halt', 'the credential gave no token for Graph'));
  }
}
