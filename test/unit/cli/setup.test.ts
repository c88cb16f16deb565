// `rollcall setup` from its options to what it prints and to its exit code, with a folder of its own and the simulator in the process.
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSetupCommand, type SetupOptions } from '../../../cli/setup';
import type { Terminal } from '../../../cli/terminal';
import { IDENTITY, SimulatedTenant } from '../tenant/simulated-tenant';

const SOURCE = `{
\t"name": "acme-hr", "file": { "format": "csv" },
\t"job": { "servicePrincipalId": "REPLACE-WITH-A", "jobId": "REPLACE-WITH-B" }, "id": "Id",
\t"active": { "column": "Status", "active": ["a"], "inactive": ["x"] }, "mapping": { "userName": { "column": "Mail" } }
}
`;
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-setup-'));
  await writeFile(join(folder, 'source.json'), SOURCE);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function run(of: SimulatedTenant, given: Partial<SetupOptions>, confirm?: Terminal['confirm']) {
  const written = { out: '', err: '' };
  const terminal: Terminal = {
    out: (text) => Promise.resolve(void (written.out += text)),
    err: (text) => Promise.resolve(void (written.err += text)),
    isInteractive: false,
    ...(confirm === undefined ? {} : { confirm }),
  };
  const asked: string[] = [];
  const options: SetupOptions = {
    source: folder,
    name: 'Acme HR',
    target: null,
    notify: 'ops@acme.example',
    identity: IDENTITY,
    threshold: null,
    does: 'yes',
    json: false,
    graph: 'http://127.0.0.1:8080',
    tenant: null,
    clientId: 'x',
    deviceCode: false,
    ...given,
  };
  const exitCode = await runSetupCommand(options, terminal, (_options, permissions) => {
    asked.push(...permissions);
    return Promise.resolve({ graph: of.graph() });
  });
  return { exitCode, asked, ...written };
}

test('the object of --json, and what taking it back leaves', async () => {
  const of = new SimulatedTenant();
  const before = of.state();
  const { exitCode, out } = await run(of, { json: true });
  const [job] = [...of.tenant.jobs.values()];
  const told = JSON.parse(out) as { steps: Record<string, unknown>[] };
  expect(exitCode).toBe(0);
  expect(told).toMatchObject({ servicePrincipalId: job?.servicePrincipalId, jobId: job?.id });
  expect(told.steps[1]).toEqual({
    step: 'application',
    state: 'done',
    what: expect.stringContaining('"Acme HR" was created') as unknown,
    undo: 'Taking it back will delete the enterprise application, with its job.',
  });
  expect(await readFile(join(folder, 'source.json'), 'utf8')).toContain(`"jobId": "${job?.id ?? ''}" }, "id": "Id",`);
  expect((await run(of, { does: 'undo', name: null, notify: null, identity: null })).exitCode).toBe(0);
  expect([of.state(), await readFile(join(folder, 'source.json'), 'utf8')]).toEqual([before, SOURCE]);
  expect(await readdir(folder)).toEqual(['source.json']);
});

test('the text ends with what the app has to be told', async () => {
  const of = new SimulatedTenant({ licence: 'governance' });
  const { out } = await run(of, {});
  const [job] = [...of.tenant.jobs.values()];
  expect(out).toContain(
    `--settings ROLLCALL_JOBS=${job?.servicePrincipalId ?? ''}/${job?.id ?? ''} ROLLCALL_LICENCE=governance`,
  );
  expect(out).not.toContain('REPLACE-WITH');
});

test('a plan asks for rights to read, and whoever can answer nothing gets a plan', async () => {
  const of = new SimulatedTenant();
  const before = of.state();
  for (const does of ['plan', 'ask'] as const) {
    const { out, asked } = await run(of, { does });
    expect(asked.filter((permission) => permission.includes('Write'))).toEqual([]);
    expect(out).toContain('planned      application: Create the enterprise application "Acme HR"');
    expect(out).toContain('az rest --method POST');
  }
  expect(of.state()).toBe(before);
});

test('each step is asked about', async () => {
  const questions: string[] = [];
  const { exitCode } = await run(new SimulatedTenant(), { does: 'ask' }, (question) => {
    questions.push(question.split(':')[0] ?? '');
    return Promise.resolve(true);
  });
  expect([exitCode, questions]).toEqual([
    0,
    ['application', 'job', 'notification', 'permissions', 'start', 'settings'],
  ]);
});

test.each([
  ['setup-incomplete', { notify: null, identity: null }],
  ['graph-option-refused', { graph: 'https://graph.example' }],
  ['setup-made-nothing', { does: 'undo' }],
] as const)('%s is told, and nothing is asked of Graph', async (code, given) => {
  const of = new SimulatedTenant();
  const { exitCode, err } = await run(of, given);
  expect([exitCode, err.includes(`[${code}]`), of.calls]).toEqual([2, true, []]);
});

test('a folder has one set-up, and a record that cannot be read stops it', async () => {
  const of = new SimulatedTenant();
  await run(of, {});
  expect((await run(of, { name: 'Other HR' })).err).toContain('[setup-of-another]');
  await writeFile(join(folder, 'rollcall-setup.json'), '{');
  expect((await run(of, {})).err).toContain('[setup-record-damaged]');
});

test('what cannot be done is told before anything is made', async () => {
  const of = new SimulatedTenant();
  const before = of.state();
  const { exitCode, out } = await run(of, { identity: '1de00000-0000-4000-8000-00000000dead' });
  expect([exitCode, of.state()]).toEqual([2, before]);
  expect(out).toContain('failed       permissions: There is no identity with the object id');
});
