// What was read of a deployment and its tenant before anything is judged: each part, or why it could not be read. Plain data, so that every check is a
// pure function and a picture can be kept and compared with that of another day.
import type { Message, PlacedMessage } from '../core/message';
import type { Licence } from '../graph/licence';

/** A part of the picture: its value, or why there is none, as a message. What was not read is never taken for right. */
export type Part<T> = { readonly kind: 'read'; readonly value: T } | { readonly kind: 'unread'; readonly why: Message };

export const read = <T>(value: T): Part<T> => ({ kind: 'read', value });

/** What of the storage account is there. */
export interface StoragePicture {
  /** Why it could not be used at all; then nothing is known of the rest. */
  readonly refusal: PlacedMessage | null;
  readonly missing: {
    readonly containers: readonly string[];
    readonly queues: readonly string[];
    readonly tables: readonly string[];
  };
}

/** A token for Graph was asked for: null if there is one, else the reason as a message. */
export interface TokenPicture {
  readonly refusal: PlacedMessage | null;
}

/** The application permissions of the identity that sends. */
export interface GrantsPicture {
  readonly roles: readonly string[];
}

/** Words of `synchronizationJob` (docs/reference/graph-provisioning.md §4.2). */
export interface JobPicture {
  readonly id: string;
  /** Active, Disabled, Paused. */
  readonly schedule: string;
  /** NotConfigured, NotRun, Active, Paused, Quarantine. */
  readonly status: string;
  readonly quarantine: {
    readonly reason: string;
    readonly errorCode: string | null;
    readonly since: string | null;
  } | null;
  readonly lastExecution: { readonly state: string; readonly errorCode: string | null } | null;
}

/** An attribute of the source object in the job's schema. */
export interface JobAttribute {
  readonly name: string;
  readonly type: string;
  readonly isMultivalued: boolean;
  readonly flowsNull: boolean;
}

/** One attribute mapping. */
export interface MappedAttribute {
  readonly target: string;
  /** Attribute, Constant, Function; empty for a mapping with a default value alone. */
  readonly kind: string;
  readonly expression: string;
  /** Attributes of the source that it reads. */
  readonly reads: readonly string[];
  /** Always, ObjectAddOnly, … */
  readonly flowType: string;
  /** 0: not matched by. */
  readonly matchingPriority: number;
  /** Null: the mapping has no member that tells. */
  readonly flowsNull: boolean | null;
}

/** The schema of a job, as far as it concerns people. */
export interface SchemaPicture {
  readonly attributes: readonly JobAttribute[];
  readonly isEnabled: boolean;
  /** Add, Update, Delete: what the job may do. */
  readonly flows: readonly string[];
  /** Attributes that the scoping filter asks; null if there is no filter. */
  readonly scope: readonly string[] | null;
  readonly mappings: readonly MappedAttribute[];
}

/** Settings of the application's provisioning that Graph keeps as secrets. */
export interface ProvisioningSettings {
  readonly recipients: readonly string[];
  readonly isNotifying: boolean;
  readonly isThresholdOn: boolean;
  readonly threshold: number | null;
  readonly skipsOutOfScope: boolean;
  readonly hasDomain: boolean;
}

/** What the gate of the tenant remembers. */
export interface GatePicture {
  readonly callsInADay: number;
  /** 429 answers since the last accepted call. */
  readonly refusals: number;
}

/** The whole of it. */
export interface TenantPicture {
  readonly storage: Part<StoragePicture>;
  readonly token: Part<TokenPicture>;
  readonly grants: Part<GrantsPicture>;
  /** The object ids of the owners of the application. */
  readonly owners: Part<readonly string[]>;
  /** The id of the identity that sends. */
  readonly identity: string | null;
  /** Null if there is none. */
  readonly job: Part<JobPicture | null>;
  readonly schema: Part<SchemaPicture>;
  readonly provisioning: Part<ProvisioningSettings>;
  /** Our clock minus that of the service, ms. */
  readonly clock: Part<number>;
  readonly licence: Part<Licence>;
  /** Calls a day that the app is set to. */
  readonly callsPerDay: Part<number>;
  readonly gate: Part<GatePicture>;
  /** Enabled accounts that the roster knows. */
  readonly activePeople: Part<number>;
}
