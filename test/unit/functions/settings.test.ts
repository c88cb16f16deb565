// The app settings: their defaults, their bounds, every mistake at once, and the delays in milliseconds.
import { AppSettingsSchema, budgetOf, delaysOf, lenientSettings, parseAppSettings } from '../../../functions/settings';

const STORAGE = { AzureWebJobsStorage: 'UseDevelopmentStorage=true' };
const parse = (own: Readonly<Record<string, string | undefined>> = {}) => parseAppSettings({ ...STORAGE, ...own });
const names = Object.keys(AppSettingsSchema.properties);

/** The message of the error that these settings cause. */
function problemOf(environment: Readonly<Record<string, string | undefined>>): string {
  try {
    parseAppSettings(environment);
  } catch (error) {
    expect(error).toMatchObject({ name: 'RollcallError', code: 'settings-invalid', disposition: 'halt' });
    return (error as Error).message;
  }
  return '';
}

test('a missing setting has its default', () => {
  expect(parse()).toEqual({
    ROLLCALL_GRAPH_URL: 'https://graph.microsoft.com',
    ROLLCALL_CREDENTIAL: 'managed-identity',
    ROLLCALL_IDENTITY_CLIENT_ID: '',
    ROLLCALL_APPLICATION_ID: '',
    ROLLCALL_KEY_VAULT_URL: '',
    ROLLCALL_KEY_VAULT_SECRET: 'rollcall-client-secret',
    ROLLCALL_TENANT_ID: 'default',
    ROLLCALL_JOBS: '',
    ROLLCALL_LICENCE: 'premium',
    ROLLCALL_LEAVER_SHARE: 0.1,
    ROLLCALL_BLOB_SOURCE: 'EventGrid',
    ROLLCALL_EVENT_DESTINATION: 'webhook',
    ROLLCALL_CREATE_STORAGE: false,
    ROLLCALL_RECONCILE_SCHEDULE: '0 */5 * * * *',
    ROLLCALL_GRAPH_TIMEOUT_SECONDS: 100,
    ROLLCALL_CONFIRM_WITHIN_SECONDS: 7_200,
    ROLLCALL_RETRY_DELAY_SECONDS: 300,
    ROLLCALL_SENDER_LEASE_SECONDS: 360,
    ROLLCALL_LOST_MESSAGE_SECONDS: 900,
    ROLLCALL_LOST_EXPORT_SECONDS: 180,
    ROLLCALL_INTAKE_SILENCE_SECONDS: 900,
    ROLLCALL_LOG_OVERLAP_SECONDS: 7_200,
    ROLLCALL_CLOCK_SKEW_SECONDS: 5,
    ROLLCALL_WAITING_SECONDS: 60,
    ROLLCALL_UNANSWERED_DELAY_SECONDS: 30,
    ROLLCALL_HALT_PAUSE_SECONDS: 900,
    ROLLCALL_RETENTION_DAYS: 90,
    storage: { kind: 'connection-string', connectionString: 'UseDevelopmentStorage=true' },
  });
});

test('each delay is its own setting, in milliseconds', () => {
  const seconds = {
    confirmWithinMs: 'ROLLCALL_CONFIRM_WITHIN_SECONDS',
    retryDelayMs: 'ROLLCALL_RETRY_DELAY_SECONDS',
    senderLeaseMs: 'ROLLCALL_SENDER_LEASE_SECONDS',
    lostMessageMs: 'ROLLCALL_LOST_MESSAGE_SECONDS',
    lostExportMs: 'ROLLCALL_LOST_EXPORT_SECONDS',
    intakeSilenceMs: 'ROLLCALL_INTAKE_SILENCE_SECONDS',
    logOverlapMs: 'ROLLCALL_LOG_OVERLAP_SECONDS',
    clockSkewMs: 'ROLLCALL_CLOCK_SKEW_SECONDS',
    waitingMs: 'ROLLCALL_WAITING_SECONDS',
    unansweredDelayMs: 'ROLLCALL_UNANSWERED_DELAY_SECONDS',
    haltPauseMs: 'ROLLCALL_HALT_PAUSE_SECONDS',
  };
  const own = Object.fromEntries(Object.values(seconds).map((name, i) => [name, `${i + 1}.5`]));
  expect(delaysOf(parse({ ...own, ROLLCALL_RETENTION_DAYS: '30' }))).toEqual({
    ...Object.fromEntries(Object.keys(seconds).map((delay, i) => [delay, (i + 1) * 1_000 + 500])),
    retentionMs: 30 * 86_400_000,
  });
});

test.each([
  ['premium', 2_000],
  ['governance', 6_000],
])('the licence %s allows %i calls a day, of which a share is kept for leavers', (licence, calls) => {
  const settings = parse({ ROLLCALL_LICENCE: licence, ROLLCALL_LEAVER_SHARE: '0.25' });
  expect(budgetOf(settings)).toEqual({ calls, leaverShare: 0.25 });
});

test('unknown settings of ours are not read, nor are settings of others', () => {
  expect(Object.keys(parse({ ROLLCALL_UNKNOWN: 'x', PATH: '/bin' }))).toEqual([...names, 'storage']);
});

describe('storage', () => {
  const addresses = {
    AzureWebJobsStorage__blobServiceUri: 'https://contoso.blob.example',
    AzureWebJobsStorage__queueServiceUri: 'https://contoso.queue.example',
    AzureWebJobsStorage__tableServiceUri: 'https://contoso.table.example',
  };
  test('is a connection string, or an address for each service', () => {
    expect(parseAppSettings(addresses).storage).toEqual({
      kind: 'identity',
      blobUrl: 'https://contoso.blob.example',
      queueUrl: 'https://contoso.queue.example',
      tableUrl: 'https://contoso.table.example',
    });
    expect(parseAppSettings({ ...addresses, ...STORAGE }).storage.kind).toBe('connection-string');
    expect(parseAppSettings({ ...addresses, AzureWebJobsStorage: '' }).storage.kind).toBe('identity');
  });
  test.each(Object.keys(addresses))('is missing without %s', (name) => {
    expect(problemOf({ ...addresses, [name]: undefined })).toContain('AzureWebJobsStorage is missing');
    expect(problemOf({ ...addresses, [name]: '' })).toContain('AzureWebJobsStorage is missing');
  });
});

describe('mistakes', () => {
  test('in a closed list name what is allowed', () => {
    expect(problemOf({ ...STORAGE, ROLLCALL_LICENCE: 'free' })).toBe(
      'the app settings cannot be used: ROLLCALL_LICENCE must be one of premium, governance',
    );
  });
  test('in a form say what it is', () => {
    const problem = problemOf({ ...STORAGE, ROLLCALL_JOBS: 'sp job', ROLLCALL_RECONCILE_SCHEDULE: 'often' });
    expect(problem).toBe(
      'the app settings cannot be used: ROLLCALL_JOBS must be servicePrincipalId/jobId, or servicePrincipalId alone for all jobs of an application, with commas between them; ROLLCALL_RECONCILE_SCHEDULE must be six fields with spaces between them',
    );
  });
  test('are reported together, each with its setting, including storage', () => {
    const problem = problemOf({
      ROLLCALL_CREDENTIAL: 'password',
      ROLLCALL_LEAVER_SHARE: '0.91',
      ROLLCALL_WAITING_SECONDS: 'a minute',
      ROLLCALL_TENANT_ID: 'a tenant',
    });
    const told = ['ROLLCALL_CREDENTIAL ', 'ROLLCALL_LEAVER_SHARE ', 'ROLLCALL_WAITING_SECONDS ', 'ROLLCALL_TENANT_ID '];
    for (const name of [...told, 'AzureWebJobsStorage is missing']) expect(problem).toContain(name);
    expect(problem).toContain('ROLLCALL_LEAVER_SHARE must be <= 0.9; ');
    expect(problem).not.toContain('/');
  });
  test('only in storage are reported alone', () => {
    expect(problemOf({})).toMatch(/^the app settings cannot be used: AzureWebJobsStorage is missing/);
  });
  test.each<readonly [string, string]>([
    ['ROLLCALL_GRAPH_URL', ''],
    ['ROLLCALL_CREDENTIAL', ''],
    ['ROLLCALL_TENANT_ID', ''],
    ['ROLLCALL_TENANT_ID', 'a'.repeat(65)],
    ['ROLLCALL_TENANT_ID', 'a/b'],
    ['ROLLCALL_TENANT_ID', 'a b'],
    ...[',', 'sp,', ',sp', 'sp,,sp', 'sp sp', 'sp/', '/job', 'sp/job/more', 'sp;sp', '../x', 's'.repeat(201)].map(
      (list) => ['ROLLCALL_JOBS', list] as const,
    ),
    ['ROLLCALL_LICENCE', 'free'],
    ['ROLLCALL_LEAVER_SHARE', '-0.01'],
    ['ROLLCALL_LEAVER_SHARE', '0.91'],
    ['ROLLCALL_BLOB_SOURCE', 'eventgrid'],
    ['ROLLCALL_EVENT_DESTINATION', 'Webhook'],
    ['ROLLCALL_CREATE_STORAGE', 'yes'],
    ['ROLLCALL_RECONCILE_SCHEDULE', ''],
    ['ROLLCALL_RECONCILE_SCHEDULE', '*/5 * * * *'],
    ['ROLLCALL_RECONCILE_SCHEDULE', '00:05:00'],
    ...names
      .filter((name) => name.endsWith('_SECONDS'))
      .flatMap((name) => ['-1', '604801', 'x'].map((value) => [name, value] as const)),
  ])('%s cannot be "%s"', (name, value) => {
    const problem = problemOf({ ...STORAGE, [name]: value });
    expect(problem).toMatch(new RegExp(`^the app settings cannot be used: ${name} `));
  });
  test.each<readonly [string, string, string | number | boolean]>([
    ['ROLLCALL_CREDENTIAL', 'local', 'local'],
    ['ROLLCALL_TENANT_ID', 'A9-'.repeat(21), 'A9-'.repeat(21)],
    ['ROLLCALL_TENANT_ID', 'a'.repeat(64), 'a'.repeat(64)],
    ...[' ', 'sp', 'sp/job', ' sp-1/API2AAD.contoso_1 , SP-2,\tsp-3/job\n'].map(
      (list) => ['ROLLCALL_JOBS', list, list] as const,
    ),
    ['ROLLCALL_LEAVER_SHARE', '0', 0],
    ['ROLLCALL_LEAVER_SHARE', '0.9', 0.9],
    ['ROLLCALL_BLOB_SOURCE', 'LogsAndContainerScan', 'LogsAndContainerScan'],
    ['ROLLCALL_EVENT_DESTINATION', 'queue', 'queue'],
    ['ROLLCALL_CREATE_STORAGE', 'true', true],
    ['ROLLCALL_RECONCILE_SCHEDULE', '*/2 * * * * *', '*/2 * * * * *'],
    ['ROLLCALL_WAITING_SECONDS', '0', 0],
    ['ROLLCALL_WAITING_SECONDS', '604800', 604_800],
  ])('%s can be "%s"', (name, value, read) => {
    expect(parse({ [name]: value })).toMatchObject({ [name]: read });
  });
});

describe('a credential from Key Vault', () => {
  const VAULT = {
    ...STORAGE,
    ROLLCALL_TENANT_ID: '11111111-2222-4333-8444-555555555555',
    ROLLCALL_APPLICATION_ID: '66666666-7777-4888-8999-AAAAAAAAAAAA',
    ROLLCALL_KEY_VAULT_URL: 'https://contoso.vault.azure.net/',
  };
  const KINDS = ['client-secret', 'client-certificate'];
  test.each(KINDS)('%s is chosen with vault, application and tenant', (kind) => {
    expect(parseAppSettings({ ...VAULT, ROLLCALL_CREDENTIAL: kind })).toMatchObject({ ROLLCALL_CREDENTIAL: kind });
  });
  test.each(KINDS)('%s without them is told in one sentence', (kind) => {
    const problem = problemOf({ ...STORAGE, ROLLCALL_CREDENTIAL: kind });
    for (const name of ['ROLLCALL_APPLICATION_ID', 'ROLLCALL_KEY_VAULT_URL', 'ROLLCALL_TENANT_ID'])
      expect(problem).toContain(`${name} must be`);
    expect(problem).toContain(`with ROLLCALL_CREDENTIAL=${kind}`);
  });
  test.each([
    ['ROLLCALL_TENANT_ID', 'contoso'],
    ['ROLLCALL_APPLICATION_ID', 'rollcall'],
    ['ROLLCALL_APPLICATION_ID', '66666666-7777-4888-8999-aaaaaaaaaaaa '],
    ['ROLLCALL_KEY_VAULT_URL', 'http://contoso.vault.azure.net'],
    ['ROLLCALL_KEY_VAULT_URL', 'contoso.vault.azure.net'],
    ['ROLLCALL_KEY_VAULT_URL', 'https://contoso.vault.azure.net/secrets/x'],
    ['ROLLCALL_KEY_VAULT_URL', 'https://me@contoso.vault.azure.net'],
    ['ROLLCALL_KEY_VAULT_SECRET', ''],
    ['ROLLCALL_KEY_VAULT_SECRET', 'a/b'],
    ['ROLLCALL_KEY_VAULT_SECRET', 'x'.repeat(128)],
  ])('%s cannot be "%s"', (name, value) => {
    const problem = problemOf({ ...VAULT, ROLLCALL_CREDENTIAL: 'client-secret', [name]: value });
    expect(problem).toMatch(new RegExp(`^the app settings cannot be used: ${name} must be [^;]*$`));
  });
  test('that is not chosen needs nothing', () => {
    expect(parse({ ROLLCALL_CREDENTIAL: 'managed-identity', ROLLCALL_KEY_VAULT_URL: 'x' })).toHaveProperty('storage');
  });
});

describe('read before they are judged,', () => {
  test('settings without a mistake are the same', () => {
    const own = { ...STORAGE, ROLLCALL_BLOB_SOURCE: 'LogsAndContainerScan', ROLLCALL_HALT_PAUSE_SECONDS: '1' };
    const lenient = lenientSettings(own);
    expect({ ...lenient, storage: parse().storage }).toEqual(parseAppSettings(own));
  });
  test('each wrong one has its default, and the others are as they were set', () => {
    const defaults = parse();
    const read = (own: Readonly<Record<string, string>>) => ({ ...lenientSettings(own), storage: defaults.storage });
    const wrong = {
      ROLLCALL_BLOB_SOURCE: 'Polling',
      ROLLCALL_RECONCILE_SCHEDULE: 'now and then',
      ROLLCALL_TENANT_ID: ' '.repeat(70),
    };
    expect(read({ ...wrong, ROLLCALL_HALT_PAUSE_SECONDS: '2.5' })).toEqual({
      ...defaults,
      ROLLCALL_HALT_PAUSE_SECONDS: 2.5,
    });
    expect(read({ ROLLCALL_HALT_PAUSE_SECONDS: 'soon' })).toEqual(defaults);
  });
});
