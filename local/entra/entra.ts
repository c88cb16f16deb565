// The simulator of Entra's inbound provisioning API, as tests and the demo use it.
import { issueToken, type TokenRequest } from './access-token';
import type { Owners } from './application-registry';
import type { DirectoryUser, SeedUser } from './directory';
import type { FaultScript } from './faults';
import { startServer } from './http-server';
import type { JobCode } from './job';
import { resolveOptions, type EntraOptions } from './options';
import { Processor } from './processor';
import type { LogEntry } from './provisioning-log';
import type { Rule } from './rules';
import { addSeedIdentity, type SeedIdentity } from './seed-identity';
import { addSeedUser, setEnabled } from './seed-user';
import { playFaults } from './simulator-control';
import { takeStats, type EntraStats } from './statistics';
import { Tenant } from './tenant';
import { describeTenant, type TenantState } from './tenant-state';
import { restoreSnapshot, takeSnapshot } from './tenant-snapshot';
import type { AcceptedUpload, UploadCall } from './traffic';

/** Application permissions of a connector that uploads, reads logs and reads job states. */
export const CONNECTOR_ROLES = [
  'SynchronizationData-User.Upload',
  'ProvisioningLog.Read.All',
  'Synchronization.Read.All',
] as const;

/** One job, controlled by a test. Every method first does what is due; after `remove`, any other method creates the job again. */
export interface JobControl {
  readonly servicePrincipalId: string;
  readonly jobId: string;
  state(): JobCode;
  start(): void;
  pause(): void;
  /** Without scopes: Full. Waiting records are purged if the job was not running. */
  restart(...scopes: string[]): void;
  quarantine(reason?: string): void;
  setAgent(up: boolean): void;
  setSecret(key: string, value: string): void;
  addOwner(appId: string): void;
  remove(): void;
  /** Records that wait, and failed records that will be tried again. */
  waiting(): number;
}

/** A running simulator. */
export interface Entra {
  /** http://127.0.0.1:port, without a slash at the end; paths are Graph's. */
  readonly url: string;
  readonly tenantId: string;
  /** The job with these ids; if it does not exist, it is created with a notification address and started. */
  job(servicePrincipalId: string, jobId: string): JobControl;
  /** A bearer token; without a request one for a connector, with `scopes` one of a signed-in user. */
  token(request?: TokenRequest): string;
  /** The whole tenant as data, to be compared before and after. */
  tenant(): TenantState;
  /** All users as they are now. */
  directory(): readonly DirectoryUser[];
  addUser(user: SeedUser): string;
  /** Adds the service principal of an identity, to which permissions may be granted. Returns its object id. */
  addIdentity(identity: SeedIdentity): string;
  /** Somebody enables or disables an account by hand; false if nobody has this employeeId. */
  setEnabled(employeeId: string, accountEnabled: boolean): boolean;
  /** All log entries, including those that are not visible yet; lost ones are not in it. */
  log(): readonly LogEntry[];
  /** The last accepted uploads (at most 2,500) with the people in them, in the order of acceptance. */
  uploads(): readonly AcceptedUpload[];
  /** The last calls of bulkUpload (at most 2,500), refused and cut ones included, in the order of their answers. */
  uploadCalls(): readonly UploadCall[];
  stats(): EntraStats;
  /** Appends faults to those still pending. */
  script(faults: readonly FaultScript[]): void;
  clearFaults(): void;
  setRules(rules: readonly Rule[]): void;
  /** Moves the clock forward, rate windows included. */
  advance(ms: number): void;
  /** The tenant as it is now, for `startEntra` of a later process. */
  snapshot(): Uint8Array;
  stop(): Promise<void>;
}

/** Starts a simulator on 127.0.0.1, with the tenant of an earlier one if `snapshot` is given. Rejects if the port is taken. */
export async function startEntra(options: EntraOptions = {}, snapshot: Uint8Array | null = null): Promise<Entra> {
  const tenant = new Tenant(resolveOptions(options));
  if (snapshot !== null) restoreSnapshot(tenant, snapshot);
  const processor = new Processor(tenant);
  const server = await startServer(tenant, processor);
  const settled = (): Tenant => {
    processor.settle();
    return tenant;
  };
  return {
    url: server.url,
    tenantId: tenant.settings.tenantId,
    job: (servicePrincipalId, jobId) => controlJob(settled, servicePrincipalId, jobId),
    token: (request) =>
      issueToken({ roles: CONNECTOR_ROLES, ...request }, tenant.settings.tenantId, tenant.clock.now()),
    tenant: () => describeTenant(settled()),
    directory: () => settled().directory.list(),
    addIdentity: (identity) => addSeedIdentity(settled(), identity),
    addUser: (user) => addSeedUser(settled(), user),
    setEnabled: (employeeId, accountEnabled) => setEnabled(settled(), employeeId, accountEnabled),
    log: () => settled().log.listAll(),
    uploads: () => [...tenant.traffic.uploads],
    uploadCalls: () => [...tenant.traffic.uploadCalls],
    stats: () => takeStats(settled()),
    script: (faults) => playFaults(settled(), faults),
    clearFaults: () => tenant.faults.clear(),
    setRules: (rules) => settled().rules.replace(rules),
    advance: (ms) => settled().clock.advance(ms),
    snapshot: () => takeSnapshot(settled()),
    stop: server.stop,
  };
}

function ownersOf({ applications }: Tenant, servicePrincipalId: string): Owners {
  return applications.servicePrincipals.get(servicePrincipalId)?.owners ?? new Map<string, 'application'>();
}

function controlJob(settled: () => Tenant, servicePrincipalId: string, jobId: string): JobControl {
  const open = () => settled().openJob(servicePrincipalId, jobId);
  const now = (): number => settled().clock.now();
  open();
  return {
    servicePrincipalId,
    jobId,
    state: () => open().code,
    start: () => open().start(now()),
    pause: () => open().pause(),
    restart: (...scopes) => open().restart(now(), new Set(scopes.length > 0 ? scopes : ['Full'])),
    quarantine: (reason = 'EncounteredEscrowProportionThreshold') => open().enterQuarantine(reason, now()),
    setAgent: (up) => open().setAgent(up, now()),
    setSecret: (key, value) => void open().secrets.set(key, value),
    addOwner: (appId) => void ownersOf(settled(), open().servicePrincipalId).set(appId, 'application'),
    remove: () => settled().removeJob(open()),
    waiting: () => open().queueLength,
  };
}
