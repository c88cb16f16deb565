// What Graph says of a provisioning job, as far as somebody wants to know it. Its words are those of the service.
// Source: docs/reference/graph-provisioning.md §4.2.
import type { JsonObject, JsonValue } from '../core/json-value';
import { isObject, objectsOf, textOf } from '../graph/loose-json';

/** A job at one moment. Words and times are the service's own; null where it says nothing, or a time that never was. */
export interface JobView {
  /** `NotConfigured`, `NotRun`, `Active`, `Paused`, `Quarantine`, or a word of a later version. */
  readonly code: string;
  /** `Active`, `Disabled`, `Paused`. */
  readonly schedule: string;
  readonly quarantine: {
    readonly reason: string;
    readonly since: string | null;
    readonly nextAttempt: string | null;
  } | null;
  readonly lastExecution: {
    readonly state: string;
    readonly ended: string | null;
    readonly imported: number;
    readonly exported: number;
    /** People who failed, and whom the service tries again. */
    readonly escrowed: number;
  } | null;
  /** People whom the job knows. */
  readonly users: number;
}

const NEVER = '0001-01-01T00:00:00Z';
const timeOf = (object: JsonObject, member: string): string | null => {
  const time = textOf(object[member]);
  return time === '' || time === NEVER ? null : time;
};
const numberOf = (value: JsonValue | undefined): number => (typeof value === 'number' ? value : 0);
const partOf = (object: JsonObject, member: string): JsonObject | null => {
  const value = object[member];
  return isObject(value) ? value : null;
};

/** Reads the document of a job. */
export function jobView(document: JsonObject): JobView {
  const status = partOf(document, 'status') ?? {};
  const quarantine = partOf(status, 'quarantine');
  const last = partOf(status, 'lastExecution');
  return {
    code: textOf(status['code']),
    schedule: textOf((partOf(document, 'schedule') ?? {})['state']),
    quarantine: quarantine && {
      reason: textOf(quarantine['reason']),
      since: timeOf(quarantine, 'currentBegan'),
      nextAttempt: timeOf(quarantine, 'nextAttempt'),
    },
    lastExecution: last && {
      state: textOf(last['state']),
      ended: timeOf(last, 'timeEnded'),
      imported: numberOf(last['countImported']),
      exported: numberOf(last['countExported']),
      escrowed: numberOf(last['countEscrowed']),
    },
    users: usersIn(status),
  };
}

function usersIn(status: JsonObject): number {
  const entries = objectsOf(status['synchronizedEntryCountByType']);
  return numberOf(entries.find((entry) => textOf(entry['key']) === 'User')?.['value']);
}
