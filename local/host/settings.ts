// App settings as in Azure: local.settings.json below the environment, %NAME% expressions and connection names.
import { type Static, Type } from '@sinclair/typebox';
import Ajv from 'ajv';
import { existsSync, readFileSync } from 'node:fs';
import { HostFault } from './fault-codes';
import { parseTimeSpan } from './time-span';

const schema = Type.Object({
  IsEncrypted: Type.Optional(Type.Literal(false)),
  Values: Type.Optional(Type.Record(Type.String(), Type.String())),
  Host: Type.Optional(
    Type.Object({
      LocalHttpPort: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
      Containers: Type.Optional(Type.Array(Type.String())),
      Queues: Type.Optional(Type.Array(Type.String())),
    }),
  ),
});
const validate = new Ajv({ allErrors: true }).compile<Static<typeof schema>>(schema);

/** local.settings.json, checked. `Containers` and `Queues` are the local host's own: created at start if they are missing. */
export interface LocalSettings {
  readonly values: Readonly<Record<string, string>>;
  readonly port: number | null;
  readonly containers: readonly string[];
  readonly queues: readonly string[];
}

/**
 * Reads local.settings.json; a missing file means no settings, unless it was named explicitly.
 * @throws HostFault `settings-unreadable` with all mistakes at once.
 */
export function readLocalSettings(path: string, mustExist: boolean): LocalSettings {
  if (!mustExist && !existsSync(path)) {
    return { values: {}, port: null, containers: [], queues: [] };
  }
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new HostFault('settings-unreadable', `${path} cannot be read as JSON.`, { cause });
  }
  if (!validate(content)) {
    const mistakes = (validate.errors ?? []).map((one) => `${one.instancePath || '/'} ${one.message ?? ''}`);
    throw new HostFault('settings-unreadable', `${path}: ${mistakes.join('; ')}.`);
  }
  return {
    values: content.Values ?? {},
    port: content.Host?.LocalHttpPort ?? null,
    containers: content.Host?.Containers ?? [],
    queues: content.Host?.Queues ?? [],
  };
}

/** How a storage account is reached: by a string with its key, or by addresses and a managed identity (null: the system-assigned one). */
export type Connection =
  | { readonly kind: 'string'; readonly connectionString: string }
  | {
      readonly kind: 'identity';
      readonly blobUrl: string;
      readonly queueUrl: string;
      readonly clientId: string | null;
    };

/** App settings by name. Names are compared without case, as the configuration of the real host does. */
export class AppSettings {
  readonly #values = new Map<string, { readonly name: string; readonly value: string }>();

  constructor(values: Readonly<Record<string, string | undefined>>) {
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined) {
        this.#values.set(toKey(name), { name, value });
      }
    }
  }

  /** The setting, or `null`. An empty one counts as not set, as in the real host's name resolver. */
  find(name: string): string | null {
    return this.#values.get(toKey(name))?.value || null;
  }

  /** The settings below a section, `Section__a__b`, as paths `['a', 'b']` with their values. */
  below(section: string): readonly { readonly path: readonly string[]; readonly value: string }[] {
    return [...this.#values.values()]
      .map(({ name, value }) => ({ path: name.split(/__|:/), value }))
      .filter(({ path }) => path.length > 1 && path[0]?.toLowerCase() === section.toLowerCase())
      .map(({ path, value }) => ({ path: path.slice(1), value }));
  }

  /**
   * Replaces each `%NAME%` with its setting.
   * @throws HostFault `setting-missing`.
   */
  resolve(text: string, usedBy: string): string {
    return text.replace(/%([^%]+)%/g, (_all, name: string) => {
      const value = this.find(name);
      if (value === null) {
        throw new HostFault('setting-missing', `'%${name}%' of ${usedBy} does not resolve to a value.`);
      }
      return value;
    });
  }

  /**
   * The connection of a binding: the setting `AzureWebJobs<name>`, else `<name>`, else the addresses below one of the two, with the managed
   * identity; no name means `AzureWebJobsStorage`. A setting with exactly the name wins, as in Azure.
   * @throws HostFault `setting-missing`.
   */
  connection(connection: string | undefined, usedBy: string): Connection {
    const name = connection === undefined || connection === '' ? 'AzureWebJobsStorage' : connection;
    const names = [`AzureWebJobs${name}`, name];
    const connectionString = names.map((one) => this.find(one)).find((value) => value !== null);
    if (connectionString !== undefined) {
      return { kind: 'string', connectionString };
    }
    const byIdentity = names.map((one) => this.#identityConnection(one)).find((found) => found !== null);
    if (byIdentity === undefined) {
      throw new HostFault('setting-missing', `The connection '${name}' of ${usedBy} is not set.`);
    }
    return byIdentity;
  }

  /** Blobs and queues: a blob trigger needs both. Another `credential` than a managed identity is not known here. */
  #identityConnection(name: string): Connection | null {
    const blobUrl = this.find(`${name}:blobServiceUri`);
    const queueUrl = this.find(`${name}:queueServiceUri`);
    return blobUrl === null || queueUrl === null || this.find(`${name}:credential`) !== 'managedidentity'
      ? null
      : { kind: 'identity', blobUrl, queueUrl, clientId: this.find(`${name}:clientId`) };
  }

  /**
   * A duration among the host's own settings, in ms.
   * @throws HostFault `settings-unreadable` when it is not a time span.
   */
  duration(name: string, defaultMs: number): number {
    const text = this.find(name);
    if (text === null) {
      return defaultMs;
    }
    const ms = parseTimeSpan(text);
    if (ms === null) {
      throw new HostFault('settings-unreadable', `${name} is no time span such as 00:00:30.`);
    }
    return ms;
  }
}

/** `__` and `:` are equal as separators in names of settings. */
function toKey(name: string): string {
  return name.toLowerCase().replaceAll('__', ':');
}
