// A SCIM user as flat attributes: the part of a record that reaches the mapping. Paths are written as the portal
// writes them: name.givenName, emails[type eq "work"].value, urn:…:User:department.

/** A flat value; arrays of unknown attributes stay as they are. */
export type AttributeValue = string | number | boolean | readonly unknown[];

/** The URN of the enterprise extension. */
export const ENTERPRISE_URN = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** The path of the manager's externalId. */
export const MANAGER_PATH = `${ENTERPRISE_URN}:manager.value`;

/** Of these attributes, only the entry with type work is processed. [ISS] Jul 2026. */
const WORK_ONLY = new Set(['addresses', 'emails', 'phoneNumbers']);

/** Bound of the memory for paths; real mappings have a few dozen. */
const MAX_INTERNED_PATHS = 5_000;
const PATHS = new Map<string, string>();

const NOT_ATTRIBUTES = new Set(['schemas', 'id', 'meta']);

/** A record, flat. */
export interface FlatUser {
  /** Attributes with a value. */
  readonly values: ReadonlyMap<string, AttributeValue>;
  /** Paths that came as null or as an empty string. */
  readonly empty: ReadonlySet<string>;
  /** Paths of the objects and work entries in the record: `name`, `addresses[type eq "work"]`, a URN. */
  readonly containers: ReadonlySet<string>;
}

/** Flattens the `data` of an operation. Unknown attributes are kept; the mapping decides about them. */
export function flattenUser(data: Readonly<Record<string, unknown>>): FlatUser {
  const flat = { values: new Map<string, AttributeValue>(), empty: new Set<string>(), containers: new Set<string>() };
  for (const [name, value] of Object.entries(data)) {
    if (NOT_ATTRIBUTES.has(name)) continue;
    if (WORK_ONLY.has(name) && Array.isArray(value)) addWorkEntry(flat, name, value);
    else addValue(flat, name, name.startsWith('urn:') ? ':' : '.', value);
  }
  return flat;
}

/** The container of a path, or undefined for a plain attribute. */
export function findContainer(path: string): string | undefined {
  if (path.includes('].')) return path.slice(0, path.indexOf('].') + 1);
  const cut = path.startsWith('urn:') ? path.lastIndexOf(':') : path.indexOf('.');
  return cut > 0 ? path.slice(0, cut) : undefined;
}

interface GrowingFlatUser {
  readonly values: Map<string, AttributeValue>;
  readonly empty: Set<string>;
  readonly containers: Set<string>;
}

function addWorkEntry(flat: GrowingFlatUser, name: string, entries: readonly unknown[]): void {
  const work = entries.find((entry) => isRecord(entry) && entry.type === 'work');
  if (!isRecord(work)) return;
  const container = `${name}[type eq "work"]`;
  flat.containers.add(container);
  for (const [member, value] of Object.entries(work)) {
    if (member !== 'type') addValue(flat, internPath(`${container}.${member}`), '.', value);
  }
}

function addValue(flat: GrowingFlatUser, path: string, separator: string, value: unknown): void {
  if (value === null || value === undefined || value === '') flat.empty.add(path);
  else if (isRecord(value)) {
    flat.containers.add(path);
    for (const [member, inner] of Object.entries(value))
      addValue(flat, internPath(path + separator + member), '.', inner);
  } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    flat.values.set(path, value);
  } else if (Array.isArray(value)) flat.values.set(path, value);
}

/** One copy of each path instead of one per person: otherwise paths would take most of the memory of a large directory. */
function internPath(path: string): string {
  const known = PATHS.get(path);
  if (known !== undefined) return known;
  if (PATHS.size < MAX_INTERNED_PATHS) PATHS.set(path, path);
  return path;
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
