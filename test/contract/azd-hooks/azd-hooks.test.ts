// The hooks of azure.yaml, as azd runs them: each script in a process, with an `az` before it that answers what the test says.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const HOOKS = join(__dirname, '../../../infra/hooks');
const IDENTITY = '33333333-4444-4555-8666-777777777777';
const FROM_AZD = {
  AZURE_SUBSCRIPTION_ID: 'subscription-1',
  AZURE_RESOURCE_GROUP: 'group-1',
  ROLLCALL_APP_NAME: 'rollcall-app',
  ROLLCALL_STORAGE_NAME: 'rollcallstorage',
  ROLLCALL_TOPIC_NAME: 'rollcall-blobs',
  ROLLCALL_IDENTITY_PRINCIPAL_ID: IDENTITY,
  ROLLCALL_CREDENTIAL: 'managed-identity',
  ROLLCALL_EVENT_DESTINATION: 'webhook',
};

/** An answer of `az` to calls in which all words of `to` occur; given one after the other, the last again and again. */
interface Answer {
  readonly to: readonly string[];
  readonly give: readonly unknown[];
}
interface Call {
  readonly words: readonly string[];
  readonly body?: unknown;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-hooks-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a hook; `bin`: where `az` is, empty for nowhere. */
function run(hook: string, answers: readonly Answer[], environment: Readonly<Record<string, string>> = FROM_AZD) {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  copyFileSync(join(__dirname, 'az.cjs'), join(bin, 'az'));
  writeFileSync(join(folder, 'answers.json'), JSON.stringify(answers));
  const [script, ...options] = hook.split(' ');
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(HOOKS, `${script!}.mjs`), ...options], {
    encoding: 'utf8',
    env: {
      ...environment,
      AZ_FOLDER: folder,
      PATH: [bin, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
    },
  });
  const notes = join(folder, 'calls.jsonl');
  const calls = existsSync(notes)
    ? readFileSync(notes, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Call)
    : [];
  return { status, stdout, stderr, calls };
}

const GRAPH: Answer = {
  to: ["(appId='00000003-0000-0000-c000-000000000000')"],
  give: [
    {
      id: 'graph-1',
      appRoles: [
        { id: 'role-upload', value: 'SynchronizationData-User.Upload' },
        { id: 'role-log', value: 'ProvisioningLog.Read.All' },
        { id: 'role-jobs', value: 'Synchronization.Read.All' },
        { id: 'role-other', value: 'User.ReadWrite.All' },
      ],
    },
  ],
};
const granted = (...roles: readonly string[]): Answer => ({
  to: ['GET', `${IDENTITY}/appRoleAssignments`],
  give: [{ value: roles.map((appRoleId) => ({ appRoleId, resourceId: 'graph-1' })) }],
});

describe('before the app is deployed', () => {
  test('an identity with all its permissions lets it go on', () => {
    const { status, stderr } = run('before-deploy', [GRAPH, granted('role-upload', 'role-log', 'role-jobs')]);
    expect([status, stderr]).toEqual([0, '']);
  });

  test('a permission that is missing stops it, with its name and the command that grants it', () => {
    const { status, stderr } = run('before-deploy', [GRAPH, granted('role-upload', 'role-jobs')]);
    expect(status).toBe(1);
    expect(stderr).toContain(`lacks ProvisioningLog.Read.All in Microsoft Graph`);
    expect(stderr).toContain(`node infra/hooks/grant-graph.mjs ${IDENTITY} `);
  });

  test('a permission of another API with the same id does not count', () => {
    const elsewhere: Answer = {
      to: ['GET', `${IDENTITY}/appRoleAssignments`],
      give: [
        { value: ['role-upload', 'role-log', 'role-jobs'].map((appRoleId) => ({ appRoleId, resourceId: 'api-2' })) },
      ],
    };
    expect(run('before-deploy', [GRAPH, elsewhere]).status).toBe(1);
  });

  test('nothing is asked where an application signs in', () => {
    const { status, calls } = run('before-deploy', [], { ...FROM_AZD, ROLLCALL_CREDENTIAL: 'client-secret' });
    expect([status, calls]).toEqual([0, []]);
  });

  test('what the Azure CLI refuses is told in its words', () => {
    const { status, stderr } = run('before-deploy', [{ to: ['rest'], give: [{ error: 'Please run az login' }] }]);
    expect([status, stderr]).toEqual([1, 'Rollcall: Please run az login\n']);
  });
});

describe('granting', () => {
  test('gives what is missing, and nothing twice', () => {
    const post: Answer = { to: ['POST'], give: [{}] };
    const { status, stdout, calls } = run('grant-graph', [post, GRAPH, granted('role-log')]);
    expect(status).toBe(0);
    expect(calls.filter(({ words }) => words.includes('POST')).map(({ body }) => body)).toEqual([
      { principalId: IDENTITY, resourceId: 'graph-1', appRoleId: 'role-upload' },
      { principalId: IDENTITY, resourceId: 'graph-1', appRoleId: 'role-jobs' },
    ]);
    expect(stdout).toContain('granted Synchronization.Read.All');
  });

  test('takes the identity as an argument, for an administrator without the environment of azd', () => {
    expect(run(`grant-graph ${IDENTITY}`, [GRAPH, granted('role-upload', 'role-log', 'role-jobs')], {}).status).toBe(0);
  });
});

describe('once the app is deployed', () => {
  const AT_ONCE = 'after-deploy --tries 3 --pause 0';
  const keys = (...give: readonly unknown[]): Answer => ({ to: ['keys', 'list'], give });
  const deployment = (...give: readonly unknown[]): Answer => ({ to: ['deployment', 'create'], give });
  const DONE = { properties: { provisioningState: 'Succeeded' } };

  test('the subscription is made as soon as the key is there', () => {
    const { status, stdout, calls } = run(AT_ONCE, [
      keys({ error: 'host is starting' }, false, true),
      deployment(DONE),
    ]);
    expect(status).toBe(0);
    expect(stdout).toContain('files are announced by webhook');
    expect(calls).toHaveLength(4);
    const { words } = calls.at(-1)!;
    expect(words.slice(0, 7)).toEqual(
      'deployment group create --subscription subscription-1 --resource-group group-1'.split(' '),
    );
    const file = words[words.indexOf('--template-file') + 1]!;
    expect(existsSync(file)).toBe(true);
    const given = words.filter((word) => /^\w+=/.test(word));
    expect(given.sort()).toEqual([
      'appName=rollcall-app',
      'eventDestination=webhook',
      'storageName=rollcallstorage',
      'topicName=rollcall-blobs',
    ]);
    // Every parameter of the template, and no other.
    const parameters = [...readFileSync(file, 'utf8').matchAll(/^param (\w+) /gm)].map(([, name]) => name!);
    expect(given.map((word) => word.split('=')[0])).toEqual(parameters.sort());
  });

  test('the key never leaves Azure', () => {
    const { calls } = run(AT_ONCE, [keys(true), deployment(DONE)]);
    expect(calls[0]!.words.join(' ')).toContain("--query contains(keys(systemKeys), 'blobs_extension')");
  });

  test('a queue needs no key', () => {
    const { status, calls } = run(AT_ONCE, [deployment(DONE)], { ...FROM_AZD, ROLLCALL_EVENT_DESTINATION: 'queue' });
    expect(status).toBe(0);
    expect(calls).toHaveLength(1);
    expect(calls[0]!.words).toContain('eventDestination=queue');
  });

  test('a role that has not taken effect yet is waited for', () => {
    const { status, calls } = run(AT_ONCE, [keys(true), deployment({ error: 'AuthorizationFailed' }, DONE)]);
    expect([status, calls.length]).toEqual([0, 3]);
  });

  test.each([
    ['the app never starts', [keys(false)], 'the app has not started'],
    ['the deployment always fails', [keys(true), deployment({ error: 'handshake failed' })], 'handshake failed'],
  ] as const)('it gives up when %s, and says what finds the files meanwhile', (_, answers, words) => {
    const { status, stderr } = run(AT_ONCE, answers);
    expect(status).toBe(1);
    expect(stderr).toContain(words);
    expect(stderr).toContain('the timer finds new files');
  });

  test('a value that azd has not got is named', () => {
    const { status, stderr } = run(AT_ONCE, [], { AZURE_SUBSCRIPTION_ID: 'subscription-1' });
    expect(status).toBe(1);
    expect(stderr).toContain('AZURE_RESOURCE_GROUP is not set');
  });
});
