// The other side of `bench year`: takes bulk requests, processes each operation a minute later, logs it, and can be restarted.
import type { GraphAnswer } from '../../shared/graph/graph-transport';
import type { MemoryPipeline } from '../../test/unit/memory/memory-pipeline';
import type { GraphRequest } from '../../test/unit/memory/scripted-graph';
import { graphAnswer, wellAnswer } from '../../test/unit/memory/scripted-graph';
import type { SentUser } from './year-people';
import { wordsOf } from './year-people';

const PROCESSED_AFTER_MS = 60_000;
/** How long entries are kept: longer than any reader looks back. */
const LOG_MS = 12 * 3_600_000;
const HOUR_MS = 3_600_000;

interface Entry {
  readonly id: string;
  readonly at: number;
  readonly person: string;
  readonly action: string;
}

/** Counts calls by the hour, and how often each person was sent on a day. */
export class YearTenant {
  /** `wordsOf` by id. */
  readonly directory = new Map<string, string>();
  /** Ids that were sent since `forgetSent`, in order. */
  sent: string[] = [];
  calls = 0;
  /** Hears of each operation, with what it says. */
  onSent: (user: SentUser, words: string) => void = () => undefined;
  private readonly callsAt: number[] = [];
  private waiting: { readonly due: number; readonly users: readonly SentUser[] }[] = [];
  private log: Entry[] = [];
  private entries = 0;

  constructor(private readonly pipeline: MemoryPipeline) {
    pipeline.graph.answer = (request) => this.answer(request);
  }

  /** The greatest number of calls within any 24 hours. */
  mostInADay(): number {
    let most = 0;
    let first = 0;
    for (let last = 0; last < this.callsAt.length; last++) {
      while ((this.callsAt[first] ?? 0) <= (this.callsAt[last] ?? 0) - 24 * HOUR_MS) first++;
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  /** The job is restarted: what it has taken and not processed is gone. Returns how many people that were. */
  restart(): number {
    this.process();
    const lost = this.waiting.reduce((sum, { users }) => sum + users.length, 0);
    this.waiting = [];
    return lost;
  }

  private answer(request: GraphRequest): GraphAnswer | ReturnType<typeof wellAnswer> {
    this.process();
    if (request.method === 'POST') return this.take(request.body);
    if (!request.path.startsWith('/v1.0/auditLogs/')) return wellAnswer(request);
    const filter = new URL(request.path, 'https://graph.example').searchParams.get('$filter') ?? '';
    const after = Date.parse(/ gt (\S+)/.exec(filter)?.[1] ?? '');
    const before = Date.parse(/ lt (\S+)/.exec(filter)?.[1] ?? '9999-01-01T00:00:00Z');
    const value = this.log.filter(({ at }) => at > after && at < before).map(entryOf);
    return graphAnswer(200, { body: JSON.stringify({ value }) });
  }

  private take(body: string): GraphAnswer {
    const now = this.pipeline.clock.now();
    this.calls++;
    this.callsAt.push(now);
    const users = (JSON.parse(body) as { readonly Operations: readonly { readonly data: SentUser }[] }).Operations.map(
      ({ data }) => data,
    );
    for (const user of users) {
      this.sent.push(user.externalId);
      this.onSent(user, wordsOf(user));
    }
    this.waiting.push({ due: now + PROCESSED_AFTER_MS, users });
    return graphAnswer(202, { requestId: 'request' });
  }

  private process(): void {
    const now = this.pipeline.clock.now();
    while ((this.waiting[0]?.due ?? Number.POSITIVE_INFINITY) <= now) {
      const { due, users } = this.waiting.shift() ?? { due: 0, users: [] };
      for (const user of users) {
        const known = this.directory.has(user.externalId);
        this.directory.set(user.externalId, wordsOf(user));
        const action = known ? (user.active ? 'update' : 'disable') : 'create';
        this.log.push({ id: String(++this.entries), at: due, person: user.externalId, action });
      }
    }
    const old = this.log.findIndex(({ at }) => at > now - LOG_MS);
    if (old > 0) this.log = this.log.slice(old);
    else if (old < 0) this.log = [];
  }
}

const entryOf = ({ id, at, person, action }: Entry): object => ({
  id: `e${id}`,
  changeId: `c${id}`,
  activityDateTime: new Date(at).toISOString(),
  provisioningAction: action,
  sourceIdentity: { id: person },
  provisioningStatusInfo: { status: 'success' },
});
