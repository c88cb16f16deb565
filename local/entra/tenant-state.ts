// The whole tenant as plain data, in a fixed order: two calls with the same answer have nothing changed between them.
// What a client must leave as it was (everything that it did not make itself) is proved by comparing two of them.
import type { Application, AppRoleAssignment, ServicePrincipal } from './application-registry';
import type { DirectoryUser } from './directory';
import type { Job } from './job';
import type { Tenant } from './tenant';

/** Owners, sorted. */
interface Owned {
  readonly owners: readonly string[];
}

/** Everything that lasts, except log entries and counters. */
export interface TenantState {
  readonly applications: readonly (Omit<Application, 'owners'> & Owned)[];
  readonly servicePrincipals: readonly (Omit<ServicePrincipal, 'owners'> & Owned)[];
  readonly appRoleAssignments: readonly AppRoleAssignment[];
  readonly jobs: readonly JobState[];
  readonly users: readonly DirectoryUser[];
}

/** A job with what belongs to it; a schema that is the template's is null. Times in ms since 1970. */
export interface JobState {
  readonly servicePrincipalId: string;
  readonly id: string;
  readonly code: string;
  readonly scheduleDisabled: boolean;
  /** Every start and restart moves it. */
  readonly activeSince: number;
  readonly quarantine: Job['quarantine'] | null;
  readonly schema: Readonly<Record<string, unknown>> | null;
  readonly secrets: Readonly<Record<string, string>>;
  readonly settings: Job['settings'];
  readonly waiting: number;
  readonly purged: number;
}

/** The tenant as it is now, as a copy. */
export function describeTenant({ applications, jobs, directory }: Tenant): TenantState {
  return structuredClone({
    applications: sortById([...applications.applications.values()].map(listOwners)),
    servicePrincipals: sortById([...applications.servicePrincipals.values()].map(listOwners)),
    appRoleAssignments: sortById(applications.assignments),
    jobs: sortById([...jobs.values()].map(describeJob)),
    users: sortById(directory.list()),
  });
}

function describeJob(job: Job): JobState {
  const { servicePrincipalId, id, code, scheduleDisabled, activeSince, settings, purged } = job;
  return {
    servicePrincipalId,
    id,
    code,
    scheduleDisabled,
    activeSince,
    quarantine: job.quarantine ?? null,
    schema: job.schema ?? null,
    secrets: Object.fromEntries(job.secrets),
    settings,
    waiting: job.queueLength,
    purged,
  };
}

function listOwners<T extends Application | ServicePrincipal>(object: T): Omit<T, 'owners'> & Owned {
  return { ...object, owners: [...object.owners.keys()].sort() };
}

function sortById<T extends { readonly id: string }>(objects: readonly T[]): T[] {
  return [...objects].sort((a, b) => (a.id < b.id ? -1 : 1));
}
