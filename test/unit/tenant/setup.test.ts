// The set-up of a tenant against the simulator in the process: what it makes, that it ends the same wherever its process is ended, and that it takes
// back what it made and nothing else.
import { parseSourceSettings, type SourceSettings } from '../../../shared/source/source-settings';
import { planSetup, runSetup, undoSetup, type StepReport } from '../../../shared/tenant/run-setup';
import { SetupRecord, type SetupSubject } from '../../../shared/tenant/setup-record';
import type { SetupContext } from '../../../shared/tenant/setup-step';
import { SETUP_STEPS } from '../../../shared/tenant/setup-steps';
import { IDENTITY, Killed, Life, SimulatedTenant } from './simulated-tenant';

const SOURCE = `{
    "name": "acme-hr",
    "file": { "format": "csv" },
    "job": { "servicePrincipalId": "REPLACE-WITH-SERVICE-PRINCIPAL-ID", "jobId": "REPLACE-WITH-JOB-ID" },
    "id": "Id",   "active": { "column": "Status", "active": ["a"], "inactive": ["x"] },
    "mapping": {
        "userName": "Mail",
        "emails": [{ "type": { "const": "work" }, "value": "Mail" }],
        "urn:ietf:params:scim:schemas:extension:acme:1.0:User": { "HireDate": "Hired", "Floor": "Floor" }
    }
}
`;
const SUBJECT: SetupSubject = { graph: 'http://127.0.0.1:8080', name: 'Acme HR', target: 'entra' };

function settingsOf(text: string): SourceSettings {
  const parsed = parseSourceSettings(text, 'acme-hr');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.settings;
}

const SETTINGS = settingsOf(SOURCE);

/** A folder in memory; each process has a life of its own in it. */
class Folder {
  record: string | null = null;
  source = SOURCE;
  backup: object | null = null;

  async open(of: SimulatedTenant, life = new Life()): Promise<SetupContext> {
    const set = (change: () => void): Promise<void> => {
      life.step();
      change();
      life.step();
      return Promise.resolve();
    };
    const file = {
      read: () => Promise.resolve(this.record),
      write: (text: string) => set(() => (this.record = text)),
      remove: () => set(() => (this.record = null)),
    };
    const source = {
      read: () => Promise.resolve(this.source),
      write: (text: string) => set(() => (this.source = text)),
    };
    const record = (await SetupRecord.find(file)) ?? SetupRecord.begin(file, SUBJECT);
    const order = {
      name: 'Acme HR',
      target: 'entra',
      notify: 'ops@acme.example',
      identity: IDENTITY,
      threshold: null,
      settings: SETTINGS,
    } as const;
    const backups = {
      keep: async (schema: object): Promise<string> => {
        await set(() => (this.backup = schema));
        return 'schema-before.json';
      },
    };
    const ids = { servicePrincipalId: null, jobId: null };
    return { graph: of.graph(life), clock: of.clock, order, record, source, backups, ...ids };
  }
}

const yes = (): Promise<boolean> => Promise.resolve(true);
const setUp = async (of: SimulatedTenant, folder: Folder, life?: Life): Promise<readonly StepReport[]> =>
  runSetup(SETUP_STEPS, await folder.open(of, life), yes);
const undo = async (of: SimulatedTenant, folder: Folder, life?: Life): Promise<readonly StepReport[]> =>
  undoSetup(SETUP_STEPS, await folder.open(of, life));
const statesOf = (reports: readonly StepReport[]): Record<string, string> =>
  Object.fromEntries(reports.map(({ step, state }) => [step, state]));
const unlessKilled = async (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => false,
    (error: unknown) => {
      if (!(error instanceof Killed)) throw error;
      return true;
    },
  );

test('from nothing to a running job, with what the app needs', async () => {
  const of = new SimulatedTenant({ replicationDelayMs: 30_000 });
  const folder = new Folder();
  const reports = await setUp(of, folder);
  expect(statesOf(reports)).toEqual({
    licence: 'unchanged',
    application: 'done',
    job: 'done',
    notification: 'done',
    schema: 'done',
    permissions: 'done',
    start: 'done',
    settings: 'done',
  });
  const [job] = [...of.tenant.jobs.values()];
  expect(job?.code).toBe('Active');
  expect(JSON.parse(job?.secrets.get('SyncNotificationSettings') ?? '')).toEqual({
    Enabled: true,
    Recipients: 'ops@acme.example',
    DeleteThresholdEnabled: true,
    DeleteThresholdValue: 500,
  });
  const graphRoles = of.tenant.applications.findByAppId('00000003-0000-0000-c000-000000000000')?.appRoles ?? [];
  const granted = of.tenant.applications.assignments.map(
    ({ appRoleId }) => graphRoles.find(({ id }) => id === appRoleId)?.value,
  );
  expect(granted).toEqual(['SynchronizationData-User.Upload', 'ProvisioningLog.Read.All', 'Synchronization.Read.All']);
  expect(folder.source).toBe(
    SOURCE.replace('REPLACE-WITH-SERVICE-PRINCIPAL-ID', job?.servicePrincipalId ?? '').replace(
      'REPLACE-WITH-JOB-ID',
      job?.id ?? '',
    ),
  );
});

test('a second time nothing is left to do, and nothing is changed', async () => {
  const of = new SimulatedTenant();
  const folder = new Folder();
  await setUp(of, folder);
  const [before, calls] = [of.state(), of.calls.length];
  const reports = await setUp(of, folder);
  expect(new Set(reports.map(({ state }) => state))).toEqual(new Set(['unchanged']));
  expect(of.calls.slice(calls).filter((call) => !call.startsWith('GET'))).toEqual([]);
  expect(of.state()).toBe(before);
});

test('a plan reads and changes nothing', async () => {
  const of = new SimulatedTenant();
  const folder = new Folder();
  const before = of.state();
  const reports = await planSetup(SETUP_STEPS, await folder.open(of));
  expect(statesOf(reports)).toMatchObject({
    licence: 'unchanged',
    application: 'planned',
    start: 'planned',
    settings: 'planned',
  });
  expect(of.calls.filter((call) => !call.startsWith('GET'))).toEqual([]);
  expect([of.state(), folder.record, folder.source]).toEqual([before, null, SOURCE]);
});

test('whoever says no has nothing done from there on', async () => {
  const of = new SimulatedTenant();
  const before = of.state();
  const reports = await runSetup(SETUP_STEPS, await new Folder().open(of), () => Promise.resolve(false));
  expect(statesOf(reports)).toEqual({ licence: 'unchanged', application: 'planned' });
  expect(of.state()).toBe(before);
});

describe('ended anywhere', () => {
  const options = { replicationDelayMs: 30_000 };
  const whole = { steps: 0, shape: '' };
  beforeAll(async () => {
    const of = new SimulatedTenant(options);
    const life = new Life();
    await setUp(of, new Folder(), life);
    Object.assign(whole, { steps: life.steps, shape: of.shape() });
  });

  test('and started again, it ends the same; and taken back, nothing is left', async () => {
    expect(whole.steps).toBeGreaterThan(60);
    for (let end = 1; end <= whole.steps; end++) {
      const of = new SimulatedTenant(options);
      const folder = new Folder();
      const before = of.state();
      expect(await unlessKilled(setUp(of, folder, new Life(end)))).toBe(true);
      const reports = await setUp(of, folder);
      expect([end, reports.filter(({ state }) => state !== 'done' && state !== 'unchanged')]).toEqual([end, []]);
      expect([end, of.shape()]).toEqual([end, whole.shape]);
      // Taking back does not depend on where it was ended: once for a few places.
      if (end % 4 !== 0) continue;
      await undo(of, folder);
      expect([end, of.state(), folder.record, folder.source]).toEqual([end, before, null, SOURCE]);
    }
  });

  test('and taken back at once, nothing is left; the taking back may be ended anywhere, too', async () => {
    for (let end = 1; end <= whole.steps; end += 5) {
      const of = new SimulatedTenant(options);
      const folder = new Folder();
      const before = of.state();
      await unlessKilled(setUp(of, folder, new Life(end)));
      // As long as it is not replicated, nobody can delete it.
      await of.clock.sleep(options.replicationDelayMs);
      await unlessKilled(undo(of, folder, new Life(1 + (end % 13))));
      await undo(of, folder);
      expect([end, of.state(), folder.record, folder.source]).toEqual([end, before, null, SOURCE]);
    }
  });
});

describe('what others have made', () => {
  /** An application with a job of its own settings, made in the portal, and an identity that has one permission. */
  async function made(): Promise<{ of: SimulatedTenant; servicePrincipalId: string }> {
    const of = new SimulatedTenant();
    const folder = new Folder();
    await setUp(of, folder);
    const [job] = [...of.tenant.jobs.values()];
    of.tenant.applications.assignments.splice(1);
    job?.pause();
    job?.secrets.set('SkipOutOfScopeDeletions', 'True');
    job?.secrets.set('SyncNotificationSettings', '{"Enabled":true,"Recipients":"other@acme.example"}');
    return { of, servicePrincipalId: job?.servicePrincipalId ?? '' };
  }

  test('is used as it is, and is as it was once the set-up is taken back', async () => {
    const { of, servicePrincipalId } = await made();
    const folder = new Folder();
    const before = of.state();
    const reports = await setUp(of, folder);
    expect(statesOf(reports)).toMatchObject({
      application: 'unchanged',
      job: 'unchanged',
      notification: 'done',
      permissions: 'done',
    });
    expect(folder.source).toContain(servicePrincipalId);
    expect([...of.tenant.jobs.values()][0]?.secrets.get('SkipOutOfScopeDeletions')).toBe('True');
    await undo(of, folder);
    expect([of.state(), folder.record, folder.source]).toEqual([before, null, SOURCE]);
  });

  test('what was changed since by somebody else is left, and told', async () => {
    const { of } = await made();
    const folder = new Folder();
    await setUp(of, folder);
    [...of.tenant.jobs.values()][0]?.secrets.set('SyncNotificationSettings', '{"Recipients":"third@acme.example"}');
    folder.source = folder.source.replace(/"jobId": "[^"]+"/, '"jobId": "another"');
    const told = (await undo(of, folder))
      .filter(({ what }) => what.code === 'setup-changed-since')
      .map(({ step }) => step);
    expect(told).toEqual(['settings', 'notification']);
    expect(folder.source).toContain('"another"');
  });
});

test('to on-premises Active Directory: its own template, and the source says so', async () => {
  const of = new SimulatedTenant();
  const folder = new Folder();
  const context = await folder.open(of);
  const reports = await runSetup(
    SETUP_STEPS,
    { ...context, order: { ...context.order, target: 'active-directory' } },
    yes,
  );
  expect(reports.filter(({ state }) => state !== 'done' && state !== 'unchanged')).toEqual([]);
  const [job] = [...of.tenant.jobs.values()];
  expect(job?.target).toBe('active-directory');
  expect(JSON.parse(folder.source)).toMatchObject({ job: { jobId: job?.id, target: 'active-directory' } });
  await undo(of, folder);
  expect([of.tenant.jobs.size, folder.source]).toEqual([0, SOURCE]);
});

test('two applications of that name: it is not guessed which', async () => {
  const of = new SimulatedTenant();
  await setUp(of, new Folder());
  const [first] = [...of.tenant.applications.servicePrincipals.values()].filter(
    ({ displayName }) => displayName === 'Acme HR',
  );
  of.tenant.applications.addApplication({
    ...[...of.tenant.applications.applications.values()][0]!,
    id: 'x',
    appId: 'second',
  });
  of.tenant.applications.addPrincipal({ ...first!, id: 'second', appId: 'second' });
  const reports = await setUp(of, new Folder());
  expect(reports.at(-1)).toMatchObject({
    step: 'application',
    state: 'failed',
    what: { code: 'setup-application-twice' },
  });
});

describe('without a right', () => {
  const scopes = [
    'Application.ReadWrite.All',
    'Synchronization.ReadWrite.All',
    'AppRoleAssignment.ReadWrite.All',
    'LicenseAssignment.Read.All',
  ];

  test('to grant permissions, everything else is set up, and a request says what to grant', async () => {
    const of = new SimulatedTenant({}, { scopes, directoryRoles: ['Application Administrator'] });
    const reports = await setUp(of, new Folder());
    const permissions = reports.find(({ step }) => step === 'permissions');
    expect(permissions).toMatchObject({
      state: 'needs-other',
      what: { code: 'tenant-forbidden', values: { operation: 'grant-role', role: 'Privileged Role Administrator' } },
      request: { principalId: IDENTITY },
    });
    expect(permissions?.request?.roles).toHaveLength(3);
    expect(statesOf(reports)).toMatchObject({ start: 'done', settings: 'done' });
  });

  test('to create applications, nothing is made', async () => {
    const of = new SimulatedTenant({}, { scopes, directoryRoles: ['Global Reader'] });
    const folder = new Folder();
    const before = of.state();
    const reports = await setUp(of, folder);
    expect(reports.at(-1)).toMatchObject({
      step: 'application',
      state: 'needs-other',
      what: { values: { operation: 'create-application', permission: 'Application.ReadWrite.All' } },
    });
    expect(of.state()).toBe(before);
  });

  test('to read licences, the rest goes on', async () => {
    const of = new SimulatedTenant({}, { scopes: scopes.slice(0, 3) });
    expect(statesOf(await setUp(of, new Folder()))).toMatchObject({ licence: 'needs-other', settings: 'done' });
  });
});

test.each([
  ['none', 'none', 'needs-other'],
  ['P1', 'premium', 'unchanged'],
  ['governance', 'governance', 'unchanged'],
] as const)('a tenant with %s is known as %s', async (licence, known, state) => {
  const [report] = await planSetup(SETUP_STEPS, await new Folder().open(new SimulatedTenant({ licence })));
  expect(report).toMatchObject({ state, what: { values: { licence: known } } });
});
