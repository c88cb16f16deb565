// `--storage`: the address of an account, or a connection string. The value may be a secret, so nothing repeats it.
import type { StorageSettings } from '../shared/storage/azure-storage';
import { holdCommand } from './local-file';

/**
 * Hosts of Azure Storage: account, DNS zone if it has one, service, and the suffix of the public cloud, of the US Government and Chinese
 * clouds, and of accounts with DNS zones. Source: Learn, "Storage account overview", endpoints (2025). A token is sent to no other host, and
 * an address is never guessed from the name of an account: nothing but its suffix says which cloud it is in.
 */
const STORAGE_HOST =
  /^(?<account>[a-z0-9]{3,24}(?:\.z\d+)?)\.(?:blob|queue|table|dfs|file)\.(?<suffix>core\.windows\.net|core\.usgovcloudapi\.net|core\.chinacloudapi\.cn|storage\.azure\.net)$/;

/** Members that connection strings have; one of them is enough to tell one from an address. */
const CONNECTION_STRING =
  /(?:^|;)\s*(?:AccountName|AccountKey|SharedAccessSignature|UseDevelopmentStorage|\w+Endpoint)\s*=/i;

/** Reads the value of the option. Throws `FileHold` (`storage-malformed`). */
export function parseStorageOption(value: string): StorageSettings {
  const text = value.trim();
  if (CONNECTION_STRING.test(text)) return { kind: 'connection-string', connectionString: text };
  if (STORAGE_HOST.test(text.toLowerCase())) throw holdCommand('storage-malformed', { trouble: 'not-https' });
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !text.includes('://')) throw holdCommand('storage-malformed', { trouble: 'neither' });
  return settingsOfAddress(url);
}

/** The option with this value, to be shown: a connection string is not repeated. */
export const optionOfStorage = (value: string): string =>
  CONNECTION_STRING.test(value) ? '--storage "CONNECTION STRING"' : `--storage ${value.trim()}`;

/** Any service of the account names all of them. */
function settingsOfAddress(url: URL): StorageSettings {
  if (url.protocol !== 'https:') throw holdCommand('storage-malformed', { trouble: 'not-https' });
  if (url.pathname !== '/' || `${url.search}${url.hash}${url.username}${url.password}${url.port}` !== '')
    throw holdCommand('storage-malformed', { trouble: 'more-than-host' });
  const host = STORAGE_HOST.exec(url.hostname)?.groups;
  if (host === undefined) throw holdCommand('storage-malformed', { trouble: 'foreign-host' });
  const urlOf = (service: string): string => `https://${host['account'] ?? ''}.${service}.${host['suffix'] ?? ''}`;
  return { kind: 'identity', blobUrl: urlOf('blob'), queueUrl: urlOf('queue'), tableUrl: urlOf('table') };
}

/** Secrets in a text that quotes what somebody typed, such as an unknown option: the values of keys and signatures. */
export const withoutSecrets = (text: string): string =>
  text.replace(/((?:AccountKey|SharedAccessSignature|sig)=)[^;'"\s]+/gi, '$1…');
