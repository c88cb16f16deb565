import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppSettingsSchema, parseAppSettings } from '../../../functions/settings';
import { MAX_READING_MS, READ_WITHIN_MS } from '../../../shared/pipeline/reconcile/reconcile';
import { LONGEST_ATTEMPT_MS } from '../../../shared/run/approval';
import { STORAGE_NAMES } from '../../../shared/storage/azure-storage';
import { templateList, templateSettings } from '../../azure-template';
import { REPOSITORY } from './code-use';

const read = (file: string): string => readFileSync(join(REPOSITORY, file), 'utf8');
const sample = (JSON.parse(read('local.settings.sample.json')) as { Values: Record<string, string> }).Values;
/** The app settings of the template: name and the text of the value, without its quotes. */
const template = Object.fromEntries(
  templateSettings().map(([name, expression]) => [name, expression.replace(/^'|'$/g, '')]),
);
const ours = (settings: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(settings).filter((name) => name.startsWith('ROLLCALL_'));
const names = Object.keys(AppSettingsSchema.properties);

test('sample, schema and template have the same settings in the same order', () => {
  expect(ours(sample)).toEqual(names);
  expect(ours(template)).toEqual(names);
});

test('the sample can be used unchanged', () => {
  expect(parseAppSettings(sample)).toMatchObject({ ROLLCALL_GRAPH_URL: sample.ROLLCALL_GRAPH_URL });
});

test('the template can be used unchanged', () => {
  const stood = {
    ROLLCALL_CREDENTIAL: 'managed-identity',
    ROLLCALL_IDENTITY_CLIENT_ID: 'x',
    ROLLCALL_TENANT_ID: 'x',
    ROLLCALL_EVENT_DESTINATION: 'queue',
    ROLLCALL_LICENCE: 'premium',
    ROLLCALL_RETENTION_DAYS: '90',
  };
  expect(parseAppSettings({ ...template, ...stood, ROLLCALL_JOBS: 'x/y,x/z' }).storage.kind).toBe('identity');
});

test('where the template names a value, it is the default of the schema', () => {
  const defaults = parseAppSettings({ AzureWebJobsStorage: 'UseDevelopmentStorage=true' });
  // Parameters of the template and facts of the deployment; defaults of parameters: template.test.ts.
  const fromElsewhere = [
    'ROLLCALL_CREDENTIAL',
    'ROLLCALL_IDENTITY_CLIENT_ID',
    'ROLLCALL_APPLICATION_ID',
    'ROLLCALL_EVENT_DESTINATION',
    'ROLLCALL_KEY_VAULT_URL',
    'ROLLCALL_TENANT_ID',
    'ROLLCALL_JOBS',
    'ROLLCALL_LICENCE',
    'ROLLCALL_RETENTION_DAYS',
  ];
  const differing = names.filter(
    (name) =>
      !fromElsewhere.includes(name) &&
      template[name] !== String(defaults[name as keyof typeof AppSettingsSchema.properties]),
  );
  expect(differing).toEqual([]);
  expect(read('infra/main.bicep')).toContain(`param retentionDays int = ${defaults.ROLLCALL_RETENTION_DAYS}\n`);
});

test('the template creates the containers, queues and tables that the app uses', () => {
  const listed = (name: string): readonly string[] => templateList('storage.bicep', name);
  expect({ containers: listed('containers'), queues: listed('queues'), tables: listed('tables') }).toEqual(
    STORAGE_NAMES,
  );
});

test('the host does not log the names of the files that start a function, and the events of the function are logged', () => {
  const { logLevel } = (JSON.parse(read('host.json')) as { logging: { logLevel: Record<string, string> } }).logging;
  const triggered = [...read('functions/main.ts').matchAll(/app\.storageBlob\('([^']+)'/g)].map(([, name]) => name!);
  expect(triggered).not.toEqual([]);
  for (const name of triggered)
    expect([name, logLevel[`Function.${name}`], logLevel[`Function.${name}.User`]]).toEqual([
      name,
      'Warning',
      'Information',
    ]);
});

/** Seconds in `hh:mm:ss`. */
const secondsIn = (text: string): number => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

describe('the times of functions fit together', () => {
  const timeout = secondsIn((JSON.parse(read('host.json')) as { functionTimeout: string }).functionTimeout);
  test.each([
    ['by default', parseAppSettings({ AzureWebJobsStorage: 'UseDevelopmentStorage=true' })],
    ['on a laptop', parseAppSettings(sample)],
  ])('%s, a sender has given up before its lease is over, and no platform ends it before that', (_, settings) => {
    const { ROLLCALL_SENDER_LEASE_SECONDS: lease, ROLLCALL_GRAPH_TIMEOUT_SECONDS: call } = settings;
    // Half of the lease for its slot (deliver.ts), then the call.
    expect(lease / 2 + call).toBeLessThan(lease);
    expect(lease / 2 + call).toBeLessThanOrEqual(5 * 60);
    expect(lease).toBeLessThan(timeout);
  });
  test('whoever approves waits for any attempt that the platform has not ended, and a tick settles before it is', () => {
    expect(LONGEST_ATTEMPT_MS / 1_000).toBeGreaterThan(timeout);
    expect(MAX_READING_MS).toBeLessThan(READ_WITHIN_MS);
    expect(READ_WITHIN_MS / 1_000).toBeLessThan(timeout / 2);
  });
});
