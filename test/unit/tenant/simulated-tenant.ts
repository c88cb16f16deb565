// The simulator without sockets, for the set-up of a tenant: answers calls in the process, on a clock of its own, and can end the process of the
// caller before or after any of them.
import { issueToken, type TokenRequest } from '../../../local/entra/access-token';
import { askRoute, refuse } from '../../../local/entra/ask-route';
import { findRoute } from '../../../local/entra/find-route';
import { GraphRefusal, type Answer } from '../../../local/entra/graph-answer';
import { resolveOptions, type EntraOptions } from '../../../local/entra/options';
import { Processor } from '../../../local/entra/processor';
import { addSeedIdentity } from '../../../local/entra/seed-identity';
import { Tenant } from '../../../local/entra/tenant';
import type { GraphCall, GraphCaller, GraphReply } from '../../../shared/graph/graph-transport';
import { graphManagement, type GraphManagement } from '../../../shared/graph/management';

/** The process of the caller has ended. */
export class Killed extends Error {}

/** Counts what may be the last thing that a process does. */
export class Life {
  private done = 0;
  constructor(private readonly endsAt: number = Infinity) {}
  /** Every odd step is before something happens, every even one after it. */
  step(): void {
    this.done++;
    if (this.done === this.endsAt) throw new Killed();
  }
  get steps(): number {
    return this.done;
  }
}

/** The object id of the identity that the tests grant to. */
export const IDENTITY = '1de00000-0000-4000-8000-000000000001';
const ORIGIN = 'http://127.0.0.1:8080';

/** A tenant with the identity of an app in it. */
export class SimulatedTenant {
  readonly tenant: Tenant;
  private readonly processor: Processor;
  /** Method and path of every call. */
  readonly calls: string[] = [];
  private time = Date.UTC(2026, 10, 27);

  /** `caller`: who signs in; without it a Global Administrator with every permission. */
  constructor(
    options: EntraOptions = {},
    private readonly caller: Partial<TokenRequest> | null = null,
  ) {
    this.tenant = new Tenant(resolveOptions({ acceptAnyToken: caller === null, ...options, now: () => this.time }));
    this.processor = new Processor(this.tenant);
    addSeedIdentity(this.tenant, { displayName: 'rollcall', id: IDENTITY });
  }

  readonly clock = {
    now: (): number => this.time,
    sleep: (ms: number): Promise<void> => {
      this.time += ms;
      return Promise.resolve();
    },
  };

  /** Graph, for as long as the caller lives. */
  graph(life = new Life()): GraphManagement {
    const caller: GraphCaller = {
      origin: ORIGIN,
      call: (call) => {
        life.step();
        const reply = this.answer(call);
        life.step();
        return Promise.resolve(reply);
      },
    };
    return graphManagement(caller, this.clock, () => this.tenant.nextGuid('call'));
  }

  private answer(call: GraphCall): GraphReply {
    this.calls.push(`${call.method} ${decodeURIComponent(call.path)}`);
    const { status, body } = this.ask(call);
    const text = body === undefined ? '' : JSON.stringify(body);
    return { kind: 'answer', status, requestId: null, retryAfter: null, contentType: 'application/json', body: text };
  }

  private ask({ method, path, body, clientRequestId }: GraphCall): Answer {
    const { tenant } = this;
    const url = new URL(path, ORIGIN);
    const now = tenant.clock.now();
    const ids = { requestId: clientRequestId, clientRequestId, now };
    const found = findRoute(method, url.pathname);
    if (!found) return refuse(new GraphRefusal(404, 'ResourceNotFound', 'Resource not found for the segment.'), ids);
    const authorization = `Bearer ${issueToken(this.caller ?? {}, tenant.settings.tenantId, now)}`;
    const headers = { authorization, 'content-type': 'application/json' };
    return askRoute(tenant, this.processor, { url, ids, found, headers, body: body ?? '' }, undefined);
  }

  /** Everything that a set-up could change, in one text. */
  state(): string {
    const { applications, jobs } = this.tenant;
    return JSON.stringify(
      {
        applications: [...applications.applications.values()],
        principals: [...applications.servicePrincipals.values()],
        grants: applications.assignments,
        jobs: [...jobs.values()].map(({ id, servicePrincipalId, code, secrets, schema }) => ({
          id,
          servicePrincipalId,
          code,
          secrets: [...secrets],
          schema,
        })),
      },
      (_key, value: unknown) => (value instanceof Map ? [...value] : value),
    );
  }

  /** The same without ids and times, to compare what two set-ups have made. */
  shape(): string {
    return this.state()
      .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id')
      .replace(/"createdAt":\d+/g, '');
  }
}
