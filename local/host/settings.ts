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
   * The connection string for a binding's `connection`: the setting `AzureWebJobs<name>`, else `<name>`; none means `AzureWebJobsStorage`.
   * @throws HostFault `setting-missing`, also for identity-based connections, which need Azure.
   */
  connectionString(connection: string | undefined, usedBy: string): string {
    const name = connection === undefined || connection === '' ? 'AzureWebJobsStorage' : connection;
    const value = this.find(`AzureWebJobs${name}`) ?? this.find(name);
    if (value === null) {
      const hint = 'The local host takes connection strings only.';
      throw new HostFault('setting-missing', `The connection '${name}' of ${usedBy} is not set. ${hint}`);
    }
    return value;
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
