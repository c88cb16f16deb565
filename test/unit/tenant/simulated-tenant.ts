// The simulator without sockets, for the set-up of a tenant: answers calls in the process, on a clock of its own, and can end the process of the
// caller before or after any of them.
import { requireAccess } from '../../../local/entra/access';
import { readCaller, issueToken, type TokenRequest } from '../../../local/entra/access-token';
import { findRoute } from '../../../local/entra/find-route';
import { GraphRefusal, renderError, type Answer } from '../../../local/entra/graph-answer';
import { resolveOptions, type EntraOptions } from '../../../local/entra/options';
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
  /** Method and path of every call. */
  readonly calls: string[] = [];
  private time = Date.UTC(2026, 10, 27);

  /** `caller`: who signs in; without it a Global Administrator with every permission. */
  constructor(
    options: EntraOptions = {},
    private readonly caller: Partial<TokenRequest> | null = null,
  ) {
    this.tenant = new Tenant(resolveOptions({ acceptAnyToken: caller === null, ...options, now: () => this.time }));
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
    const url = new URL(path, ORIGIN);
    const ids = { requestId: clientRequestId, clientRequestId, now: this.tenant.clock.now() };
    try {
      const found = findRoute(method, url.pathname);
      if (!found) throw new GraphRefusal(404, 'ResourceNotFound', 'Resource not found for the segment.');
      const { route, version, params } = found;
      const token = issueToken(this.caller ?? {}, this.tenant.settings.tenantId, ids.now);
      const caller = readCaller(`Bearer ${token}`, this.tenant.settings.acceptAnyToken, ids.now);
      requireAccess(caller, route.access);
      const of = { route: route.name, version, params, url, origin: url.origin, headers: {} };
      const contentType = 'application/json';
      return route.answer(this.tenant, {
        ...of,
        contentType,
        body: body ?? '',
        caller,
        ...ids,
        arrivedAt: ids.now,
      } as never);
    } catch (error) {
      if (!(error instanceof GraphRefusal)) throw error;
      return { status: error.status, body: renderError(error.graphCode, error.message, ids) };
    }
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
