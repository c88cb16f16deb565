// infra/ and what stands around it: parameters, modules, names of functions and hooks that must be the same in template, page and code.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppSettingsSchema } from '../../../functions/settings';
import { CONNECTOR_ROLES } from '../../../local/entra/entra';
import { STORAGE_NAMES } from '../../../shared/storage/azure-storage';
import { readTemplate, templateFiles, templateRoles } from '../../azure-template';
import { brokenCitations } from './citations';
import { readProductFile as read, REPOSITORY } from './code-use';

const main = readTemplate('main.bicep');
const page = read('infra/README.md');

interface Parameter {
  readonly name: string;
  readonly type: string;
  /** The Bicep expression. */
  readonly standard: string;
  readonly decorators: string;
}

const parameters: readonly Parameter[] = [...main.matchAll(/((?:^@[^]*?\n)*)^param (\w+) (\S+) = (.+)$/gm)].map(
  ([, decorators, name, type, standard]) => ({
    name: name!,
    type: type!,
    standard: standard!,
    decorators: decorators!,
  }),
);

/** The parameters that `main.bicepparam` gives: the variable of the environment and its default. */
const given = new Map(
  [...readTemplate('main.bicepparam').matchAll(/^param (\w+) = .*readEnvironmentVariable\('(\w+)', '([^']*)'\)/gm)].map(
    ([, name, variable, standard]) => [name!, { variable: variable!, standard: standard! }],
  ),
);

const mayBeWithout = (type: string): string => (type === 'int' ? '@minValue @maxValue' : type === 'bool' ? '' : '@max');

test('every parameter is described, and bounded as its type can be', () => {
  expect(parameters.length).toBe([...main.matchAll(/^param /gm)].length);
  const loose = parameters.filter(({ name, type, decorators }) => {
    const isBounded =
      decorators.includes('@allowed') ||
      mayBeWithout(type)
        .split(' ')
        .every((word) => decorators.includes(word));
    return !decorators.includes('@description(') || !(isBounded || name === 'location');
  });
  expect(loose.map(({ name }) => name)).toEqual([]);
});

test('each parameter but the region can be given by a variable, with the same default', () => {
  const shared = parameters.filter(({ name }) => name !== 'location');
  expect([...given.keys()]).toEqual(shared.map(({ name }) => name));
  // A list is written as a text there, and an empty one as `[]` here.
  const asText = (expression: string): string => expression.replace(/^'(.*)'$/, '$1');
  const lists = ['jobs', 'sftpUsers'];
  expect(
    shared
      .filter(({ name, standard }) => !lists.includes(name) && given.get(name)!.standard !== asText(standard))
      .map(({ name }) => name),
  ).toEqual([]);
  expect(shared.filter(({ name }) => lists.includes(name)).map(({ standard }) => standard)).toEqual(['[]', '[]']);
});

test('the page has every parameter with its variable and default, in the same order', () => {
  const rows = [...page.matchAll(/^\| `(\w+)` \| `(\w+)` \| `?([^`|]*?)`? \| /gm)];
  expect(rows.map(([, name, variable, standard]) => [name, variable, standard])).toEqual(
    [...given].map(([name, { variable, standard }]) => [name, variable, standard === '' ? '–' : standard]),
  );
});

test('the page describes every file, and each module is part of main.bicep', () => {
  const described = [...page.matchAll(/^\| `([\w./-]+\.(?:bicep|bicepparam|mjs|yaml|json))` \|/gm)].map(
    ([, file]) => file!,
  );
  expect(templateFiles().filter((file) => !described.includes(file))).toEqual([]);
  expect(described.filter((file) => !existsSync(join(REPOSITORY, 'infra', file)))).toEqual([]);
  const modules = [...main.matchAll(/^module \w+ '([\w-]+\.bicep)'/gm)].map(([, file]) => file!);
  expect(['main.bicep', ...modules].sort()).toEqual([...templateFiles()].sort());
});

test.each([
  // Each was checked against the service's pages and newest samples, 2026-11 (docs/reference/azure-functions.md §D.6).
  [
    'maximumInstanceCount',
    '40',
    ['@minValue(1)', '@maxValue(1000)'],
    'app.bicep',
    'maximumInstanceCount: maximumInstanceCount',
  ],
  ['alwaysReadyInstances', '0', ['@minValue(0)', '@maxValue(10)'], 'app.bicep', 'instanceCount: alwaysReadyInstances'],
  ['nodeVersion', "'24'", ["@allowed(['22', '24'])"], 'app.bicep', "{ name: 'node', version: nodeVersion }"],
  [
    'storageRedundancy',
    "'Standard_ZRS'",
    ["@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS'])"],
    'storage.bicep',
    'sku: { name: redundancy }',
  ],
] as const)(
  '%s is %s where nobody says otherwise, within its bounds, and the resource has it',
  (name, standard, bounds, file, use) => {
    const parameter = parameters.find((one) => one.name === name);
    expect(parameter?.standard).toBe(standard);
    for (const bound of bounds) expect(parameter?.decorators).toContain(bound);
    expect(readTemplate(file)).toContain(use);
  },
);

test('where the template sets an app setting from a parameter, its default and its words are those of the schema', () => {
  const { ROLLCALL_CREDENTIAL, ROLLCALL_LICENCE } = AppSettingsSchema.properties;
  const allowed = (name: string): readonly string[] =>
    [
      ...(/@allowed\(\[(.*)\]\)/.exec(parameters.find((one) => one.name === name)!.decorators)?.[1] ?? '').matchAll(
        /'([^']+)'/g,
      ),
    ].map(([, word]) => word!);
  const words = ROLLCALL_CREDENTIAL as unknown as { enum: readonly string[] };
  // `local` is for a simulator.
  expect(allowed('credential')).toEqual(words.enum.filter((word) => word !== 'local'));
  expect(allowed('licence')).toEqual((ROLLCALL_LICENCE as unknown as { enum: readonly string[] }).enum);
  const standardOf = (name: string): string => parameters.find((one) => one.name === name)!.standard;
  expect(standardOf('credential')).toBe(`'${String(ROLLCALL_CREDENTIAL.default)}'`);
  expect(standardOf('licence')).toBe(`'${String(ROLLCALL_LICENCE.default)}'`);
});

test('functions, containers and queues that the template names exist', () => {
  const functions = [...read('functions/main.ts').matchAll(/\bapp\.\w+\('([\w-]+)'/g)].map(([, name]) => name!);
  const subscription = readTemplate('subscription.bicep');
  expect(functions).toContain(/functionName=Host\.Functions\.(\w+)&/.exec(subscription)![1]);
  expect(functions).toContain(/'function:(\w+)'/.exec(readTemplate('app.bicep'))![1]);
  expect(STORAGE_NAMES.queues).toContain(/queueName: '(\w+)'/.exec(subscription)![1]);
  expect(STORAGE_NAMES.containers).toContain(/blobContainerName: '(\w+)'/.exec(subscription)![1]);
  const places = [...STORAGE_NAMES.containers, ...STORAGE_NAMES.queues] as readonly string[];
  const scopes = templateRoles().map(({ on }) => on.split(' ')[1]);
  expect(scopes.filter((name) => name !== undefined && !places.includes(name))).toEqual([]);
});

test('the template delivers to the destinations that the app knows, and leaves out the names that the app ignores', () => {
  const subscription = readTemplate('subscription.bicep');
  const { ROLLCALL_EVENT_DESTINATION } = AppSettingsSchema.properties as unknown as Record<string, { enum: string[] }>;
  const wordsIn = (text: string): readonly string[] => [...text.matchAll(/'([^']+)'/g)].map(([, word]) => word!);
  expect(wordsIn(/@allowed\(\[(.*)\]\)\nparam eventDestination/.exec(subscription)![1]!)).toEqual(
    ROLLCALL_EVENT_DESTINATION!.enum,
  );
  const endings = /TEMPORARY_ENDINGS = \[(.*)\]/.exec(read('shared/export/export-store.ts'))![1]!;
  const left = /'StringNotEndsWith', key: 'subject', values: \[(.*)\]/.exec(subscription)![1]!;
  expect(wordsIn(left)).toEqual(wordsIn(endings));
});

test('the key of the blob trigger is asked for in one module, which is deployed only once the app is', () => {
  expect(templateFiles().filter((file) => readTemplate(file).includes('listKeys('))).toEqual(['subscription.bicep']);
  expect(main).toContain("module subscription 'subscription.bicep' = if (appIsDeployed)");
});

test('nothing takes a key where an identity will do', () => {
  expect(readTemplate('storage.bicep')).toContain('allowSharedKeyAccess: false');
  expect(readTemplate('monitoring.bicep')).toContain('DisableLocalAuth: true');
  expect(readTemplate('app.bicep').match(/basicPublishingCredentialsPolicies'[^}]*allow: false/g)).toHaveLength(2);
  expect(readTemplate('vault.bicep')).toContain('enableRbacAuthorization: true');
});

test('what is private has no public address', () => {
  for (const file of ['storage.bicep', 'vault.bicep', 'app.bicep'])
    expect([file, readTemplate(file).includes("publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'")]).toEqual([
      file,
      true,
    ]);
});

test('each fact of Azure that a comment relies on has its page and the time when it was read, or a section of the reference', () => {
  const files = [...templateFiles(), 'main.bicepparam'];
  expect(files.flatMap((file) => brokenCitations(readTemplate(file), null).map((one) => `${file}: ${one}`))).toEqual(
    [],
  );
  const facts = files.flatMap((file) => readTemplate(file).match(/Learn, .*(?:\n.*)?/g) ?? []);
  expect(facts.length).toBeGreaterThan(5);
  expect(facts.filter((fact) => !/^Learn, "[^"]+"[^]*?\((?:\d{4}-\d\d-\d\d, )?read \d{4}-\d\d\)/.test(fact))).toEqual(
    [],
  );
});

describe('the Azure Developer CLI', () => {
  const yaml = read('azure.yaml');

  test('deploys the package to the app that the template tags', () => {
    const service = /^services:\n(?: *#.*\n)* {2}(\w+):$/m.exec(yaml)![1]!;
    expect(readTemplate('app.bicep')).toContain(`'azd-service-name': '${service}'`);
    expect(yaml).toContain('dist: dist/package\n');
  });

  test('runs hooks that exist, the same on Windows', () => {
    const runs = [...yaml.matchAll(/run: (.+?) \}$/gm)].map(([, run]) => run!);
    expect(runs.filter((_, index) => index % 2 === 0)).toEqual(runs.filter((_, index) => index % 2 === 1));
    const scripts = runs.flatMap((run) => /^node (\S+)/.exec(run)?.[1] ?? []);
    expect(scripts.length).toBeGreaterThan(1);
    expect(scripts.filter((script) => !existsSync(join(REPOSITORY, script)))).toEqual([]);
  });

  test('hands to the hooks the outputs that they read', () => {
    const wanted = ['before-deploy', 'after-deploy', 'grant-graph']
      .flatMap((hook) => [...read(`infra/hooks/${hook}.mjs`).matchAll(/valueOf\('(\w+)'\)/g)])
      .map(([, name]) => name!)
      .filter((name) => name.startsWith('ROLLCALL_'));
    const outputs = [...main.matchAll(/^output (\w+) /gm)].map(([, name]) => name!);
    expect(wanted.length).toBeGreaterThan(3);
    expect(wanted.filter((name) => !outputs.includes(name))).toEqual([]);
  });

  test('checks and grants the permissions that Graph asks for', () => {
    const list = /PERMISSIONS = \[(.*)\]/.exec(read('infra/hooks/graph-permissions.mjs'))![1]!;
    const permissions = [...list.matchAll(/'([^']+)'/g)].map(([, name]) => name!);
    expect(permissions).toEqual([...CONNECTOR_ROLES]);
    expect(permissions.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
