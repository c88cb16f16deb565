// What operators see: one structured event per decision, from one closed list of names and members, never with personal data. What emits an
// event is compiled against this list, and what reads events (docs/operations.md, the queries of infra/) is tested against it.

/**
 * What a member of an event holds.
 * - `id`     of a source, run, batch or request; never of a person
 * - `word`   from a closed list: a code, a state, a step, the service's own word
 * - `count`  how many; `days`, `bytes`, `ms`: how long or how much
 * - `time`   ms since the epoch
 * - `flag`   true or false
 *
 * With a question mark: it may be null, or left out.
 */
type MemberKind = keyof ValueOfKind | `${keyof ValueOfKind}?`;
interface ValueOfKind {
  readonly id: string;
  readonly word: string;
  readonly count: number;
  readonly days: number;
  readonly bytes: number;
  readonly ms: number;
  readonly time: number;
  readonly flag: boolean;
}

// Named, because `code: '…'` is how a code is used (test/unit/structure/codes.test.ts).
const WORD = 'word';
const MAYBE_WORD = 'word?';
const OF_RUN = { source: 'id', run: 'id' } as const;
const OF_BATCH = { run: 'id', batch: 'id' } as const;
const OF_DELIVERY = { ...OF_BATCH, delivery: 'count' } as const;
const OF_CALL = {
  ...OF_DELIVERY,
  rows: 'count',
  durationMs: 'ms',
  waitedMs: 'ms?',
  requestId: 'id?',
  clientRequestId: 'id?',
} as const;
/** One member for each verdict; left out where no row has it. */
export const OF_VERDICTS = {
  created: 'count?',
  updated: 'count?',
  unchanged: 'count?',
  disabled: 'count?',
  skipped: 'count?',
  failed: 'count?',
  rejected: 'count?',
  held: 'count?',
  superseded: 'count?',
  'not-seen': 'count?',
} as const;

/** `rollcall.<stage>.<past tense>`, each with its members; docs/operations.md explains them. */
export const EVENTS = {
  'rollcall.intake.received': { ...OF_RUN, bytes: 'bytes' },
  'rollcall.intake.repeated': { ...OF_RUN, bytes: 'bytes' },
  'rollcall.intake.postponed': OF_RUN,
  'rollcall.intake.held': { ...OF_RUN, code: WORD },
  'rollcall.intake.refused': { ...OF_RUN, code: WORD },
  'rollcall.intake.approved': { ...OF_RUN, approvals: 'count' },
  'rollcall.intake.staged': {
    ...OF_RUN,
    rows: 'count',
    users: 'count',
    rejected: 'count',
    collapsed: 'count',
    superseded: 'count',
    skipped: 'count',
    batches: 'count',
  },
  'rollcall.intake.overtook': { ...OF_RUN, older: 'id', superseded: 'count' },
  'rollcall.held.waiting': { ...OF_RUN, days: 'days' },
  'rollcall.held.parked': { ...OF_RUN, code: WORD },
  'rollcall.release.released': { batches: 'count' },
  'rollcall.release.withheld': { ...OF_RUN, code: WORD, detail: 'word?', until: 'time?', batches: 'count' },
  'rollcall.deliver.skipped': { ...OF_DELIVERY, state: 'word' },
  'rollcall.deliver.postponed': { ...OF_DELIVERY, code: WORD, rows: 'count?', durationMs: 'ms?', waitedMs: 'ms?' },
  'rollcall.deliver.forfeited': { ...OF_BATCH, lateMs: 'ms' },
  'rollcall.deliver.sent': { ...OF_CALL, sinceArrivalMs: 'ms?' },
  'rollcall.deliver.throttled': { ...OF_CALL, retryAfterMs: 'ms?' },
  'rollcall.deliver.unanswered': { ...OF_CALL, code: WORD },
  'rollcall.deliver.split': { ...OF_CALL, code: WORD },
  'rollcall.deliver.paused': { ...OF_CALL, code: WORD },
  'rollcall.deliver.halted': { ...OF_CALL, durationMs: 'ms?', code: WORD },
  'rollcall.reconcile.read': {
    pages: 'count',
    entries: 'count',
    counted: 'count',
    unreadable: 'count',
    durationMs: 'ms',
    isAtEnd: 'flag',
  },
  'rollcall.reconcile.judged': { ...OF_BATCH, rows: 'count', done: 'count', again: 'count' },
  'rollcall.reconcile.silent': { ...OF_BATCH, rows: 'count' },
  'rollcall.reconcile.repaired': OF_BATCH,
  'rollcall.reconcile.postponed': { code: WORD, retryAfterMs: 'ms?' },
  'rollcall.reconcile.halted': { code: WORD, retryAfterMs: 'ms?' },
  'rollcall.reconcile.turnedon': { ...OF_RUN, rows: 'count' },
  'rollcall.reconcile.settled': {
    ...OF_RUN,
    state: 'word',
    rows: 'count',
    isFirst: 'flag',
    ...OF_VERDICTS,
  },
  'rollcall.credential.expiring': { days: 'days' },
  'rollcall.sweep.restarted': { ...OF_RUN, state: 'word', restarts: 'count' },
  'rollcall.sweep.tookover': OF_DELIVERY,
  'rollcall.sweep.found': OF_RUN,
  'rollcall.sweep.undelivered': { events: 'count', exports: 'count', attempts: 'count', kept: 'id?' },
  'rollcall.missing.found': { ...OF_RUN, people: 'count', disabled: 'count', by: 'id?' },
  'rollcall.dates.come': { ...OF_RUN, disabled: 'count', enabled: 'count' },
  'rollcall.dates.waiting': {
    source: 'id',
    code: MAYBE_WORD,
    people: 'count?',
    otherSettings: 'count?',
    onHold: 'count?',
    tried: 'count?',
  },
  'rollcall.hold.kept': { ...OF_RUN, people: 'count', leavers: 'count' },
  'rollcall.hold.ended': { ...OF_RUN, rows: 'count', superseded: 'count' },
  'rollcall.hold.broken': { ...OF_RUN, mistake: 'word', line: 'count?' },
  'rollcall.hold.lost': { ...OF_RUN, people: 'count', leavers: 'count' },
  'rollcall.retention.deleted': OF_RUN,
  'rollcall.retention.waiting': { source: 'id', runs: 'count' },
  'rollcall.retention.failed': { source: 'id', run: 'id', code: WORD },
  'rollcall.run.failed': { ...OF_RUN, step: 'word', code: WORD },
  'rollcall.run.parked': { ...OF_RUN, step: 'word', code: WORD, ticks: 'count' },
  'rollcall.run.abandoned': { ...OF_RUN, rows: 'count' },
  'rollcall.poison.returned': { source: 'id?', run: 'id', batch: 'id?', delivery: 'count?', code: MAYBE_WORD },
  'rollcall.poison.parked': { source: 'id?', run: 'id', batch: 'id?', delivery: 'count?', code: WORD, kept: 'id?' },
  'rollcall.machine.observed': {
    open: 'count',
    held: 'count',
    unconfirmedMs: 'ms?',
    callsUsed: 'count?',
    callsPerDay: 'count',
    arrivals: 'count',
    arrivalsMs: 'ms?',
    deliveries: 'count',
    deliveriesMs: 'ms?',
  },
  'rollcall.source.overdue': { source: 'id', since: 'time' },
  'rollcall.app.refused': { function: 'word', code: WORD },
} as const satisfies Readonly<Record<string, Readonly<Record<string, MemberKind>>>>;

type Events = typeof EVENTS;
export type EventName = keyof Events;
/** All names, in the order of the list. */
export const EVENT_NAMES = Object.keys(EVENTS) as readonly EventName[];

type Value<K> = K extends keyof ValueOfKind ? ValueOfKind[K] : never;
type Present<M> = { readonly [Name in keyof M as M[Name] extends `${string}?` ? never : Name]: Value<M[Name]> };
type Optional<M> = {
  readonly [Name in keyof M as M[Name] extends `${string}?` ? Name : never]?: M[Name] extends `${infer K}?`
    ? Value<K> | null
    : never;
};

/** The members of an event. */
export type EventFields<Name extends EventName> = Name extends EventName
  ? Present<Events[Name]> & Optional<Events[Name]>
  : never;
/** The members of some event, for whoever only passes them on. */
export type AnyEventFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Where events go: the invocation's log and the exporter in the functions, a list in tests. */
export type EmitEvent = <Name extends EventName>(name: Name, fields: EventFields<Name>) => void;
