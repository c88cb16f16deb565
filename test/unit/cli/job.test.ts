// `rollcall job` from its options to what it prints, with the simulator in the process.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runJob, type JobOptions } from '../../../cli/job';
import { restoreSchema } from '../../../cli/setup-schema';
import type { Job } from '../../../local/entra/job';
import { SimulatedTenant } from '../tenant/simulated-tenant';

const JOB_ID = 'API2AAD.0.1';
let folder = '';
let job: Job;
let of: SimulatedTenant;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-job-'));
  of = new SimulatedTenant();
  job = of.tenant.openJob('principal', JOB_ID);
  await writeSource(JOB_ID);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const writeSource = (jobId: string): Promise<void> =>
  writeFile(
    join(folder, 'source.json'),
    JSON.stringify({
      name: 'acme-hr',
      file: { format: 'csv' },
      job: { servicePrincipalId: 'principal', jobId },
      id: 'Id',
      active: { column: 'Status', active: ['a'], inactive: ['x'] },
      mapping: {
        userName: 'Mail',
        nickName: 'Nick',
        'urn:ietf:params:scim:schemas:extension:acme:1.0:User': { Floor: 'Floor' },
      },
    }),
  );

async function run(does: JobOptions['does'], given: Partial<JobOptions> = {}) {
  const written = { out: '', err: '' };
  const terminal = {
    out: (text: string) => Promise.resolve(void (written.out += text)),
    err: (text: string) => Promise.resolve(void (written.err += text)),
    isInteractive: false,
  };
  const graph = { graph: 'http://127.0.0.1:8080', tenant: null, clientId: 'x', deviceCode: false };
  const other = { source: folder, storage: null, data: null, allowDeletions: false, yes: false, json: false };
  const exitCode = await runJob({ ...graph, ...other, does, ...given }, terminal, () =>
    Promise.resolve({ graph: of.graph() }),
  );
  return { exitCode, ...written };
}
const changes = (): readonly string[] => of.calls.filter((call) => !call.startsWith('GET'));

test('its state, in the words of the service', async () => {
  job.enterQuarantine('TooManyDeletes', of.clock.now());
  const { exitCode, out } = await run('status');
  expect(exitCode).toBe(1);
  expect(out).toContain('Job: Quarantine');
  expect(out).toContain('Quarantine: TooManyDeletes since 2026-11-27T00:00:00Z, next attempt 2026-11-27T06:00:00Z');
  expect(changes()).toEqual([]);
});

test('paused and started; what is so already is not asked for again', async () => {
  for (const does of ['pause', 'pause', 'start', 'start'] as const) expect((await run(does)).exitCode).toBe(0);
  expect(changes().map((call) => call.split('/').at(-1))).toEqual(['pause', 'start']);
  expect(JSON.parse((await run('status', { json: true })).out)).toMatchObject({
    jobId: JOB_ID,
    code: 'Active',
    quarantine: null,
  });
});

test('a restart says what it purges, and does nothing unless somebody says yes', async () => {
  job.pause();
  const refused = await run('restart');
  expect([refused.exitCode, changes()]).toEqual([2, []]);
  expect(refused.err).toContain('what was uploaded and is not processed yet is purged');
  expect(refused.err).toContain('were not counted');
  expect((await run('restart', { yes: true })).exitCode).toBe(0);
  expect(changes()).toHaveLength(1);
});

test('the schema, attribute by attribute: mapped, without effect, not known, and never sent', async () => {
  const { exitCode, out } = await run('schema');
  expect(exitCode).toBe(1);
  expect(out).toMatch(/^externalId +employeeId \(matching\) = \[externalId\]$/m);
  expect(out).toMatch(/^urn:\S+:Floor +not known to the job, so ignored$/m);
  expect(out).toMatch(/mappings of the job read what this source never sends:\n(.*\n)*  jobTitle = \[title\]$/m);
});

test('a source without a job is told, before anybody signs in', async () => {
  await writeSource('REPLACE-WITH-JOB-ID');
  expect((await run('status')).err).toContain('[job-not-set-up]');
  expect(of.calls).toEqual([]);
});

test('a copy of the schema is put back as it was, and the one before is kept; anything else is refused', async () => {
  const options = {
    source: folder,
    graph: 'http://127.0.0.1:8080',
    tenant: null,
    clientId: 'x',
    deviceCode: false,
    json: true,
  };
  const told: string[] = [];
  const terminal = {
    out: (text: string) => Promise.resolve(void told.push(text)),
    err: () => Promise.resolve(),
    isInteractive: false,
  };
  const restore = (file: string): Promise<number> =>
    restoreSchema({ ...options, restore: join(folder, file) }, terminal, () => Promise.resolve({ graph: of.graph() }));
  const rule = {
    sourceDirectoryName: 'S',
    targetDirectoryName: 'T',
    objectMappings: [{ sourceObjectName: 'O', futureMember: [1] }],
  };
  const copy = {
    directories: [{ name: 'S', objects: [{ name: 'O', attributes: [] }] }],
    synchronizationRules: [rule],
    id: 'x',
  };
  await writeFile(join(folder, 'copy.json'), JSON.stringify(copy));
  await writeFile(join(folder, 'other.json'), '{"directories":[]}');
  expect(await restore('other.json')).toBe(2);
  expect(changes()).toEqual([]);
  expect(await restore('copy.json')).toBe(0);
  expect(job.schema).toEqual(copy);
  const { backup } = JSON.parse(told.at(-1) ?? '') as { backup: string };
  expect(JSON.parse(await readFile(join(folder, backup), 'utf8'))).toMatchObject({
    synchronizationRules: [{ name: 'Users' }],
  });
});
