// Everything that a deployment has around the app, on this machine: the storage account that takes tokens only, the endpoint of the managed
// identity, Graph, and hosts with the app settings of the template.
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openStorage } from '../../../functions/compose';
import { parseAppSettings } from '../../../functions/settings';
import { startAzurite } from '../../../local/azurite';
import { startEntra, type Entra } from '../../../local/entra/entra';
import { startHostProcess, type HostProcess } from '../../../local/host/host-process';
import type { Storage } from '../../../shared/storage/azure-storage';
import { deployedSettings, storageRoles } from '../../azure-template';
import { VAULT, VAULT_HOST } from '../../contract/credential/key-vault';
import { SIGN_IN_HOST } from '../../contract/credential/sign-in-server';
import { NO_REAL_SERVICE, sweepClean } from '../../faults/ground';
import { JOB } from '../../faults/small-world';
import { APP_DIR } from '../machine-under-test';
import { makeCertificate, type Certificate } from './certificate';
import { startGuardedStorage, type GuardedStorage } from './guarded-storage';
import { startIdentityEndpoint, type IdentityEndpoint } from './identity-endpoint';
import { makeSigner, type Signer } from './tokens';

export const CLIENT_ID = '0b1c2d3e-4f50-4162-8374-95a6b7c8d9e0';
export const TENANT_ID = '11111111-2222-4333-8444-555555555555';

/** The surroundings; one Azurite for all tests of a file, emptied by `begin`. */
export interface Azure {
  readonly signer: Signer;
  readonly certificate: Certificate;
  readonly guard: GuardedStorage;
  readonly identity: IdentityEndpoint;
  /** Storage as somebody with a key opens it: HR and the tests, never the app. */
  readonly storage: Storage;
  /** The same, for the commands. */
  readonly connectionString: string;
  /** Empties storage, gives the identity all roles on it, and starts a Graph with the one job. */
  begin(): Promise<Entra>;
  /** A host with the settings of the template; `more`: what a test turns on purpose; `appDir`: the folder of another form of the app. */
  startHost(graph: Entra, more?: Readonly<Record<string, string>>, appDir?: string): Promise<HostProcess>;
  /** Ends the hosts and Graphs of the test before. */
  end(): Promise<void>;
  stop(): Promise<void>;
}

/** Faster polls of the queues than the platform's minute: not a setting of the app. */
const PLATFORM = { AzureFunctionsJobHost__extensions__queues__maxPollingInterval: '00:00:00.3' };

/** Starts all of it. */
export async function startAzure(): Promise<Azure> {
  const [azurite, certificate] = await Promise.all([startAzurite(), makeCertificate([VAULT_HOST, SIGN_IN_HOST])]);
  const { connectionString } = azurite;
  const signer = makeSigner();
  const [guard, identity] = await Promise.all([
    startGuardedStorage(connectionString, certificate, signer),
    startIdentityEndpoint(signer, { tenantId: TENANT_ID, clientId: CLIENT_ID }, [VAULT]),
  ]);
  const storage = openStorage(parseAppSettings({ AzureWebJobsStorage: connectionString }));
  // A developer's own local.settings.json must not add to the settings.
  const settingsFile = join(dirname(certificate.file), 'no-settings.json');
  await writeFile(settingsFile, '{}');
  const settings = deployedSettings({
    'account.properties.primaryEndpoints.blob': guard.endpoints.blob,
    'account.properties.primaryEndpoints.queue': guard.endpoints.queue,
    'account.properties.primaryEndpoints.table': guard.endpoints.table,
    identityClientId: CLIENT_ID,
    // Nobody takes telemetry there: the app works all the same.
    insightsConnectionString:
      'InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=https://127.0.0.1:9/',
    "join(jobs, ',')": `${JOB.servicePrincipalId}/${JOB.jobId}`,
    licence: 'premium',
    credential: 'managed-identity',
    applicationId: '',
    vaultUrl: '',
    eventDestination: 'webhook',
    'string(retentionDays)': '90',
    'tenant().tenantId': TENANT_ID,
  });
  const hosts: HostProcess[] = [];
  const graphs: Entra[] = [];
  let hostsStarted = 0;
  const end = async (): Promise<void> => {
    await Promise.all(hosts.splice(0).map((host) => host.kill()));
    await Promise.all(graphs.splice(0).map((graph) => graph.stop()));
  };
  return {
    signer,
    certificate,
    guard,
    identity,
    storage,
    connectionString,
    async begin() {
      await sweepClean(storage, connectionString);
      await storage.create();
      guard.assign(storageRoles());
      const graph = await startEntra({ tenantId: TENANT_ID, processingDelayMs: [100, 800], logDelayMs: [50, 300] });
      graphs.push(graph);
      graph.job(JOB.servicePrincipalId, JOB.jobId);
      return graph;
    },
    async startHost(graph, { NODE_OPTIONS = '', ...more } = {}, appDir = APP_DIR) {
      hostsStarted += 1;
      const host = await startHostProcess({
        appDir,
        settingsFile,
        settings: {
          ...PLATFORM,
          NODE_OPTIONS: `${NO_REAL_SERVICE} ${NODE_OPTIONS}`,
          ...identity.environment,
          AzureFunctionsWebHost__hostid: `azure-${process.pid}-${hostsStarted}`,
          NODE_EXTRA_CA_CERTS: certificate.file,
          ...settings,
          // The one setting that differs from the template's.
          ROLLCALL_GRAPH_URL: graph.url,
          ...more,
        },
      });
      hosts.push(host);
      return host;
    },
    end,
    async stop() {
      await end();
      await Promise.all([guard.stop(), identity.stop()]);
      await azurite.stop();
      await certificate.remove();
    },
  };
}
