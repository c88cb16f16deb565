// From SCIM paths to attributes of Entra: the default mapping as far as the reference documents it, and the view of a
// directory user that it gives. `mail` belongs to Exchange and is never written.
import { ENTERPRISE_URN, isRecord, MANAGER_PATH, type AttributeValue } from './scim-attributes';

/** The default mapping; the complete list is visible only in a portal, so all but the first three are inferred. */
const DEFAULT_TARGETS: ReadonlyMap<string, string> = new Map([
  ['externalId', 'employeeId'],
  ['userName', 'userPrincipalName'],
  ['active', 'accountEnabled'],
  ['displayName', 'displayName'],
  ['name.givenName', 'givenName'],
  ['name.familyName', 'surname'],
  ['title', 'jobTitle'],
  ['preferredLanguage', 'preferredLanguage'],
  ['addresses[type eq "work"].streetAddress', 'streetAddress'],
  ['addresses[type eq "work"].locality', 'city'],
  ['addresses[type eq "work"].region', 'state'],
  ['addresses[type eq "work"].postalCode', 'postalCode'],
  ['addresses[type eq "work"].country', 'country'],
  ['addresses[type eq "work"].formatted', 'physicalDeliveryOfficeName'],
  ['phoneNumbers[type eq "work"].value', 'telephoneNumber'],
  [`${ENTERPRISE_URN}:department`, 'department'],
  [MANAGER_PATH, 'manager'],
]);

/** Whether a path has a place in the default mapping. */
export function isMappedByDefault(path: string): boolean {
  return DEFAULT_TARGETS.has(path);
}

/** The name of the attribute in Entra; paths that only a tenant's own mapping can know keep their SCIM path. */
export function nameTarget(path: string): string {
  return DEFAULT_TARGETS.get(path) ?? path;
}

/** A value as the provisioning log writes it. */
export function printValue(value: AttributeValue | undefined): string | null {
  if (value === undefined) return null;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The default mapping as pairs of SCIM path and target attribute, for the schema document. */
export function listDefaultMappings(): readonly (readonly [string, string])[] {
  return [...DEFAULT_TARGETS];
}

/** The paths that a schema document maps, directly or within an expression; expressions are not evaluated. */
export function readMappedPaths(schema: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const mappings = listMembers([schema], 'synchronizationRules', 'objectMappings', 'attributeMappings');
  const sources = mappings.map((mapping) => mapping.source).filter(isRecord);
  return new Set(sources.flatMap(listAttributes));
}

function listAttributes(source: Readonly<Record<string, unknown>>): string[] {
  if (source.type === 'Attribute' && typeof source.name === 'string') return [source.name];
  const parameters = Array.isArray(source.parameters) ? source.parameters.filter(isRecord) : [];
  return parameters
    .map(({ value }) => value)
    .filter(isRecord)
    .flatMap(listAttributes);
}

function listMembers(
  objects: readonly Record<string, unknown>[],
  ...path: readonly string[]
): Record<string, unknown>[] {
  return path.reduce<Record<string, unknown>[]>(
    (level, member) =>
      level.flatMap((object) => (Array.isArray(object[member]) ? object[member].filter(isRecord) : [])),
    [...objects],
  );
}
