// The tenant as bytes, so that a simulator can go on where another one ended: directory, jobs, log, applications, calls of the day.
// Counters of requests, faults and rules belong to one simulator and are not in it.
import { deserialize, serialize } from 'node:v8';
import type { Application, AppRoleAssignment, ServicePrincipal } from './application-registry';
import type { StoredUser } from './directory';
import { Job } from './job';
import type { KeptEntry } from './provisioning-log';
import type { Tenant } from './tenant';

/** Counts the forms of a snapshot: one of another form is refused. */
const FORM = 2;

interface Snapshot {
  readonly form: number;
  readonly guids: number;
  readonly removed: ReadonlySet<string>;
  readonly users: readonly StoredUser[];
  /** The members of each job, without its class. Users in it are those of `users`. */
  readonly jobs: ReadonlyMap<string, Job>;
  readonly log: readonly KeptEntry[];
  readonly applications: ReadonlyMap<string, Application>;
  readonly servicePrincipals: ReadonlyMap<string, ServicePrincipal>;
  readonly assignments: readonly AppRoleAssignment[];
  readonly uploadsOfDay: readonly number[];
}

/** Everything that lasts. One graph, so that a user whom both directory and job know is still one user afterwards. */
export function takeSnapshot(tenant: Tenant): Uint8Array {
  const snapshot: Snapshot = {
    form: FORM,
    guids: tenant.guids,
    removed: tenant.removed,
    users: tenant.directory.stored(),
    jobs: tenant.jobs,
    log: tenant.log.stored(),
    applications: tenant.applications.applications,
    servicePrincipals: tenant.applications.servicePrincipals,
    assignments: tenant.applications.assignments,
    uploadsOfDay: tenant.uploadDay.remembered(),
  };
  return serialize(snapshot);
}

/** Fills a new tenant. Throws an Error for bytes that are no snapshot of this form. */
export function restoreSnapshot(tenant: Tenant, bytes: Uint8Array): void {
  const snapshot = readSnapshot(bytes);
  tenant.guids = snapshot.guids;
  for (const key of snapshot.removed) tenant.removed.add(key);
  for (const user of snapshot.users) tenant.directory.add(user);
  for (const [key, kept] of snapshot.jobs)
    tenant.jobs.set(key, Object.assign(new Job(kept.servicePrincipalId, kept.id, kept.target), kept));
  tenant.log.restore(snapshot.log);
  for (const [, application] of snapshot.applications) tenant.applications.addApplication(application);
  for (const [, kept] of snapshot.servicePrincipals) tenant.applications.addPrincipal(kept);
  tenant.applications.assignments.push(...snapshot.assignments);
  tenant.uploadDay.restore(snapshot.uploadsOfDay);
}

function readSnapshot(bytes: Uint8Array): Snapshot {
  let read: unknown;
  try {
    read = deserialize(bytes);
  } catch (cause) {
    throw new Error('The state of the simulator cannot be read.', { cause });
  }
  if (typeof read !== 'object' || read === null || !('form' in read) || read.form !== FORM)
    throw new Error('The state of the simulator was written by another version.');
  return read as Snapshot;
}
