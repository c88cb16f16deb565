// The app settings: read from the environment of the entry, all problems reported together. Every delay of the product is a setting.
import type { Static } from '@sinclair/typebox';
import { Type } from '@sinclair/typebox';
import Ajv, { type ErrorObject } from 'ajv';
import { DAY_MS } from '../shared/core/clock';
import { RollcallError } from '../shared/core/errors';
import { JOB_LIST } from '../shared/delivery/allowed-jobs';
import { MAX_CALLS_PER_DAY } from '../shared/graph/limits';
import type { Delays } from '../shared/pipeline/pipeline';
import { MIN_RETENTION_DAYS } from '../shared/run/run';
import type { StorageSettings } from '../shared/storage/azure-storage';

const seconds = (defaultSeconds: number, description: string) =>
  Type.Number({ minimum: 0, maximum: 604_800, default: defaultSeconds, description });

const oneOf = <const T extends readonly string[]>(words: T, options: object) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words], ...options });

/** Names, defaults and meaning of all our settings. Values are text in the environment; numbers are coerced. */
export const AppSettingsSchema = Type.Object({
  ROLLCALL_GRAPH_URL: Type.String({
    minLength: 1,
    default: 'https://graph.microsoft.com',
    description: 'Origin of Microsoft Graph.',
  }),
  ROLLCALL_CREDENTIAL: oneOf(['managed-identity', 'client-secret', 'client-certificate', 'local'], {
    default: 'managed-identity',
    description:
      'Who asks for tokens. `client-secret` and `client-certificate` are those of an application, from Key Vault. `local` makes tokens that only a simulator takes, for loopback only.',
  }),
  ROLLCALL_IDENTITY_CLIENT_ID: Type.String({
    default: '',
    description: 'Client id of the user-assigned identity; empty: the system-assigned one.',
  }),
  ROLLCALL_APPLICATION_ID: Type.String({
    default: '',
    description: 'Client id of the application whose secret or certificate is in Key Vault.',
  }),
  ROLLCALL_KEY_VAULT_URL: Type.String({
    default: '',
    description: 'Key Vault that holds the secret or certificate, such as https://contoso.vault.azure.net.',
  }),
  ROLLCALL_KEY_VAULT_SECRET: Type.String({
    default: 'rollcall-client-secret',
    description: 'Name of the secret or certificate there.',
  }),
  ROLLCALL_TENANT_ID: Type.String({
    default: 'default',
    pattern: '^[A-Za-z0-9-]{1,64}$',
    form: 'at most 64 letters, digits and hyphens',
    description: 'Tenant whose pace and budget the senders share.',
  }),
  ROLLCALL_JOBS: Type.String({
    default: '',
    pattern: JOB_LIST,
    form: 'servicePrincipalId/jobId, or servicePrincipalId alone for all jobs of an application, with commas between them',
    description:
      'Jobs that may be sent to, whatever a source.json names; empty: any, with a simulator on this machine only.',
  }),
  ROLLCALL_LICENCE: oneOf(['premium', 'governance'], {
    default: 'premium',
    description: 'Decides the daily calls: 2,000 with P1/P2, 6,000 with ID Governance.',
  }),
  ROLLCALL_LEAVER_SHARE: Type.Number({
    minimum: 0,
    maximum: 0.9,
    default: 0.1,
    description: 'Share of the daily calls that is kept for leavers.',
  }),
  ROLLCALL_BLOB_SOURCE: oneOf(['EventGrid', 'LogsAndContainerScan'], {
    default: 'EventGrid',
    description: 'How blobs are noticed: Event Grid in Azure, a scan of the container locally.',
  }),
  ROLLCALL_EVENT_DESTINATION: oneOf(['webhook', 'queue'], {
    default: 'webhook',
    description:
      'Where Event Grid delivers the event of a dropped file: it calls the blob trigger (`webhook`; a scan of the container calls it, too), or writes to the queue `events` (`queue`), as to an app that it cannot reach.',
  }),
  ROLLCALL_CREATE_STORAGE: Type.Boolean({
    default: false,
    description: 'Make missing containers, queues and tables at start (locally; in Azure the template does).',
  }),
  ROLLCALL_RECONCILE_SCHEDULE: Type.String({
    pattern: '^\\S+( +\\S+){5}$',
    form: 'six fields with spaces between them',
    default: '0 */5 * * * *',
    description: 'NCRONTAB of the reconcile timer, UTC: six fields.',
  }),
  ROLLCALL_GRAPH_TIMEOUT_SECONDS: seconds(100, 'Longest wait for an answer of Graph.'),
  ROLLCALL_CONFIRM_WITHIN_SECONDS: seconds(
    7_200,
    'A sent row without a log entry for so long is silent: sent once more, then not-seen.',
  ),
  ROLLCALL_RETRY_DELAY_SECONDS: seconds(
    300,
    'Pause before the first retry of what failed for a transient reason; doubles with each.',
  ),
  ROLLCALL_SENDER_LEASE_SECONDS: seconds(
    360,
    'A batch that is being sent for longer has lost its sender. More than twice ROLLCALL_GRAPH_TIMEOUT_SECONDS: a sender waits for half of it, then calls.',
  ),
  ROLLCALL_LOST_MESSAGE_SECONDS: seconds(900, 'A pointer on the queue for longer counts as lost.'),
  ROLLCALL_LOST_EXPORT_SECONDS: seconds(
    180,
    'A dropped file without a run for longer has lost its event: the sweep announces it.',
  ),
  ROLLCALL_INTAKE_SILENCE_SECONDS: seconds(900, 'A run in intake without a sign of life for longer is started again.'),
  ROLLCALL_LOG_OVERLAP_SECONDS: seconds(
    7_200,
    'How far each reading of the provisioning log goes back: entries may appear late.',
  ),
  ROLLCALL_CLOCK_SKEW_SECONDS: seconds(5, 'How far the clock of the service may be behind.'),
  ROLLCALL_WAITING_SECONDS: seconds(60, 'When rows that wait for an older file are looked at again.'),
  ROLLCALL_UNANSWERED_DELAY_SECONDS: seconds(30, 'Pause before a request without an answer is sent again.'),
  ROLLCALL_HALT_PAUSE_SECONDS: seconds(900, 'After a halt: pause before we check whether it is fixed.'),
  ROLLCALL_RETENTION_DAYS: Type.Integer({
    minimum: MIN_RETENTION_DAYS,
    maximum: 3_650,
    default: 90,
    description:
      'So many days after a run has ended, its export and everything that was made of it is deleted. At least 8: late evidence is taken for a week.',
  }),
});

/** Our own settings: defaults filled in, numbers coerced. */
type OwnSettings = Static<typeof AppSettingsSchema>;
/** The parsed settings, with where storage is. */
export type AppSettings = OwnSettings & { readonly storage: StorageSettings };

// `form`: the pattern of a setting, in words. `verbose` gives it to whoever tells the mistake.
// The schema itself is not checked: TypeBox makes it, and compiling the schema of schemas is a good part of what the app takes to load.
const ajv = new Ajv({
  allErrors: true,
  coerceTypes: true,
  useDefaults: true,
  verbose: true,
  validateSchema: false,
  keywords: ['form'],
});
const validate = ajv.compile<OwnSettings>(AppSettingsSchema);

/** Where settings come from: `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Parses the settings from the environment. Throws `RollcallError` `settings-invalid` (halt), which names every mistake. */
export function parseAppSettings(environment: Environment): AppSettings {
  const { values, mistakes } = readOwn(environment);
  const storage = storageSettings(environment);
  const problems = [...mistakes, ...vaultMistakes(values)].map(({ name, message }) => `${name} ${message}`);
  if (storage === null)
    problems.push(
      'AzureWebJobsStorage is missing (a connection string, or AzureWebJobsStorage__blobServiceUri, __queueServiceUri and __tableServiceUri)',
    );
  if (problems.length > 0 || storage === null)
    throw new RollcallError('settings-invalid', 'halt', `the app settings cannot be used: ${problems.join('; ')}`);
  return { ...values, storage };
}

/** The settings with the default in place of whatever is wrong: for what must work before they are judged. Never throws. */
export function lenientSettings(environment: Environment): OwnSettings {
  const wrong = new Set(readOwn(environment).mistakes.map(({ name }) => name));
  return readOwn(Object.fromEntries(Object.entries(environment).filter(([name]) => !wrong.has(name)))).values;
}

interface Mistake {
  readonly name: string;
  readonly message: string;
}
interface ReadSettings {
  readonly values: OwnSettings;
  readonly mistakes: readonly Mistake[];
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** An address of a vault: nothing but its name, and over HTTPS, because the identity's token goes there. */
const VAULT_URL = /^https:\/\/[a-z0-9.-]+(:\d+)?\/?$/i;
/** Source: Learn, "Object identifiers, names, and versions" of Key Vault (2025). */
const SECRET_NAME = /^[0-9a-zA-Z-]{1,127}$/;

/** What a credential from Key Vault needs beside its defaults. */
function vaultMistakes(values: OwnSettings): readonly Mistake[] {
  const credential = values.ROLLCALL_CREDENTIAL;
  if (credential !== 'client-secret' && credential !== 'client-certificate') return [];
  const needed: readonly (readonly [name: keyof OwnSettings, form: RegExp, words: string])[] = [
    ['ROLLCALL_APPLICATION_ID', GUID, 'the client id of the application, a GUID'],
    ['ROLLCALL_KEY_VAULT_URL', VAULT_URL, 'the address of the vault, with https:// and without a path'],
    ['ROLLCALL_KEY_VAULT_SECRET', SECRET_NAME, 'a name of letters, digits and hyphens'],
    ['ROLLCALL_TENANT_ID', GUID, 'the id of the tenant, a GUID'],
  ];
  return needed
    .filter(([name, form]) => !form.test(String(values[name])))
    .map(([name, , words]) => ({ name, message: `must be ${words}, with ROLLCALL_CREDENTIAL=${credential}` }));
}

function readOwn(environment: Environment): ReadSettings {
  const own = Object.fromEntries(
    Object.keys(AppSettingsSchema.properties).flatMap((name) =>
      environment[name] === undefined ? [] : [[name, environment[name]]],
    ),
  );
  const mistakes = validate(own)
    ? []
    : (validate.errors ?? []).map((error) => ({ name: error.instancePath.slice(1), message: wordsOf(error) }));
  return { values: own as unknown as OwnSettings, mistakes };
}

function wordsOf({ keyword, message, params, parentSchema }: ErrorObject): string {
  if (Array.isArray(params.allowedValues)) return `must be one of ${params.allowedValues.join(', ')}`;
  if (keyword === 'pattern' && typeof parentSchema?.form === 'string') return `must be ${parentSchema.form}`;
  return message ?? 'is wrong';
}

function storageSettings(environment: Environment): StorageSettings | null {
  const connectionString = environment.AzureWebJobsStorage;
  if (connectionString) return { kind: 'connection-string', connectionString };
  const [blobUrl, queueUrl, tableUrl] = ['blob', 'queue', 'table'].map(
    (service) => environment[`AzureWebJobsStorage__${service}ServiceUri`],
  );
  return blobUrl && queueUrl && tableUrl ? { kind: 'identity', blobUrl, queueUrl, tableUrl } : null;
}

/** The delays for the stories, in ms. */
export function delaysOf(settings: AppSettings): Delays {
  return {
    confirmWithinMs: settings.ROLLCALL_CONFIRM_WITHIN_SECONDS * 1_000,
    retryDelayMs: settings.ROLLCALL_RETRY_DELAY_SECONDS * 1_000,
    senderLeaseMs: settings.ROLLCALL_SENDER_LEASE_SECONDS * 1_000,
    lostMessageMs: settings.ROLLCALL_LOST_MESSAGE_SECONDS * 1_000,
    lostExportMs: settings.ROLLCALL_LOST_EXPORT_SECONDS * 1_000,
    intakeSilenceMs: settings.ROLLCALL_INTAKE_SILENCE_SECONDS * 1_000,
    logOverlapMs: settings.ROLLCALL_LOG_OVERLAP_SECONDS * 1_000,
    clockSkewMs: settings.ROLLCALL_CLOCK_SKEW_SECONDS * 1_000,
    waitingMs: settings.ROLLCALL_WAITING_SECONDS * 1_000,
    unansweredDelayMs: settings.ROLLCALL_UNANSWERED_DELAY_SECONDS * 1_000,
    haltPauseMs: settings.ROLLCALL_HALT_PAUSE_SECONDS * 1_000,
    retentionMs: settings.ROLLCALL_RETENTION_DAYS * DAY_MS,
  };
}

/** The tenant's calls per day, and what is kept for leavers. */
export const budgetOf = (settings: AppSettings) => ({
  calls: MAX_CALLS_PER_DAY[settings.ROLLCALL_LICENCE],
  leaverShare: settings.ROLLCALL_LEAVER_SHARE,
});
