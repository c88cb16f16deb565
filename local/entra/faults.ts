// Faults as data: what a route answers instead of its normal answer, what happens to log entries, what happens to
// a job. Each list is used up in its order; then everything is normal again.
import { Type, type Static } from '@sinclair/typebox';
import { ROUTE_NAMES, type RouteName } from './route-names';

const closed = { additionalProperties: false };

/** One faulty answer; members that go together may be combined (`delayMs` with any other). */
export const FaultAnswerSchema = Type.Object(
  {
    /** How often; 1 by default, always for `onlyIfContains`. */
    times: Type.Optional(Type.Union([Type.Integer({ minimum: 1 }), Type.Literal('always')])),
    /** Answer this many calls (`times`) normally before the next answer of the list. */
    normal: Type.Optional(Type.Literal(true)),
    status: Type.Optional(Type.Integer({ minimum: 400, maximum: 599 })),
    /** Seconds, or a date as text, for the header Retry-After. */
    retryAfter: Type.Optional(Type.Union([Type.Number({ minimum: 0 }), Type.String()])),
    /** Seconds after the answer, written in the header Retry-After as a date. */
    retryAfterAsDate: Type.Optional(Type.Number({ minimum: 0 })),
    /** The documented text of a full queue. */
    bucketFull: Type.Optional(Type.Literal(true)),
    /** A gateway's HTML page instead of Graph's JSON. */
    html: Type.Optional(Type.Literal(true)),
    code: Type.Optional(Type.String()),
    message: Type.Optional(Type.String()),
    /** The connection is cut: before the body is read, within it, or after the request was carried out. */
    cut: Type.Optional(Type.Union([Type.Literal('before'), Type.Literal('during'), Type.Literal('after-accept')])),
    /** Real milliseconds before the answer is sent; without another member the request is carried out at once. */
    delayMs: Type.Optional(Type.Number({ minimum: 0 })),
    /** 307 to another path; clients that follow it are counted in the statistics. */
    redirect: Type.Optional(Type.Literal(true)),
    /** Only for requests whose body holds this text as a whole JSON string. */
    onlyIfContains: Type.Optional(Type.String()),
  },
  closed,
);

/** Faults of a route. */
export const RouteFaultSchema = Type.Object(
  { on: Type.Union(ROUTE_NAMES.map((name) => Type.Literal(name))), answers: Type.Array(FaultAnswerSchema) },
  closed,
);

/** What happens to log entries: to all that match, to every n-th, or only to the n-th. */
export const LogFaultSchema = Type.Object(
  {
    on: Type.Literal('log'),
    /** Shown this many ms later, with its original time. Real milliseconds. */
    late: Type.Optional(Type.Number({ minimum: 0 })),
    twice: Type.Optional(Type.Literal(true)),
    lost: Type.Optional(Type.Literal(true)),
    /** The action is written as `unknownFutureValue`. */
    unknownAction: Type.Optional(Type.Literal(true)),
    externalId: Type.Optional(Type.String()),
    every: Type.Optional(Type.Integer({ minimum: 1 })),
    nth: Type.Optional(Type.Integer({ minimum: 1 })),
    times: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
);

/** What happens to a job, at once or after this many more accepted uploads. */
export const JobFaultSchema = Type.Object(
  {
    on: Type.Literal('job'),
    state: Type.Union(
      (['quarantine', 'pause', 'start', 'restart', 'gone', 'agentDown', 'agentUp'] as const).map((s) =>
        Type.Literal(s),
      ),
    ),
    /** All jobs when absent. */
    jobId: Type.Optional(Type.String()),
    /** A member of Graph's `quarantineReason`. */
    reason: Type.Optional(Type.String()),
    afterUploads: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
);

/** A fault as data; POST /_simulator/faults takes a list of them. */
export const FaultScriptSchema = Type.Union([RouteFaultSchema, LogFaultSchema, JobFaultSchema]);

/** One faulty answer. */
export type FaultAnswer = Static<typeof FaultAnswerSchema>;
/** Faults of log entries. */
export type LogFault = Static<typeof LogFaultSchema>;
/** Faults of jobs. */
export type JobFault = Static<typeof JobFaultSchema>;
/** Any fault. */
export type FaultScript = { on: RouteName; answers: FaultAnswer[] } | LogFault | JobFault;
