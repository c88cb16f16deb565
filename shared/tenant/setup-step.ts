// What a step of a set-up is: it looks, it does, it takes back.
//
//   look ──unchanged──► nothing to do
//     └──planned──► (yes) ──note in the record──► do ──note the ids──► done
//     └──needs-other──► somebody with another role has to do it
//   A process that is killed anywhere begins again with look, which finds by the record what it had begun.
import type { Clock } from '../core/clock';
import type { JsonObject } from '../core/json-value';
import type { Message } from '../core/message';
import type { GraphManagement } from '../graph/management';
import type { SourceSettings } from '../source/settings-schema';
import type { SetupRecord } from './setup-record';
import type { StepName, StepState } from './step-names';

/** What is to be set up. */
export interface SetupOrder {
  /** Display name of the enterprise application. */
  readonly name: string;
  readonly target: SourceSettings['job']['target'];
  /** Address that provisioning writes to. */
  readonly notify: string;
  /** Object id of the identity that the app runs under. */
  readonly identity: string;
  /** People whose disabling in one cycle stops the job; null for what the guard of the source says. */
  readonly threshold: number | null;
  /** Null where only what was made is taken back. */
  readonly settings: SourceSettings | null;
}

/** The source.json that a set-up writes to, as text. */
export interface SourceFile {
  read(): Promise<string>;
  write(text: string): Promise<void>;
}

/** Copies of schemas, kept before one is changed. */
export interface SchemaBackups {
  /** Keeps it in a new file; resolves to the name of that. `now`: ms since the epoch. */
  keep(schema: JsonObject, now: number): Promise<string>;
}

/** What the steps share. The ids are those that a step before has found or made. */
export interface SetupContext {
  readonly graph: GraphManagement;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly order: SetupOrder;
  readonly record: SetupRecord;
  readonly source: SourceFile;
  readonly backups: SchemaBackups;
  servicePrincipalId: string | null;
  jobId: string | null;
}

/** App roles that somebody else has to grant. */
export interface GrantRequest {
  readonly principalId: string;
  readonly resourceId: string;
  readonly roles: readonly { readonly id: string; readonly value: string }[];
}

/** What a step has found. `say`: its sentence in a state. */
export interface Look {
  readonly state: Exclude<StepState, 'done'>;
  readonly say: (state: StepState) => Message;
  /** What can be forwarded to somebody with the right that is missing here. */
  readonly request?: GrantRequest;
}

/** A step. All reject with `ManagementTrouble`. */
export interface SetupStep {
  readonly name: StepName;
  /** True if the steps after it are about what it makes. */
  readonly isNeeded: boolean;
  look(context: SetupContext): Promise<Look>;
  /** Notes in the record what it is about to make, makes it, and notes the ids. */
  make(context: SetupContext): Promise<void>;
  /**
   * Takes back what the record says that `make` made; false if somebody has changed it since, so that it was left. Nothing happens to what is gone
   * already. Null of a step that makes nothing.
   */
  readonly takeBack: ((context: SetupContext, made: JsonObject) => Promise<boolean>) | null;
}
