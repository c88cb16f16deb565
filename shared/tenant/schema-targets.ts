// Which attribute of the target an attribute of a source is meant for, where its name tells. Nothing is guessed beyond the name: what is left is told.
import { isCustomExtension } from '../scim/scim-schema';
import { enterpriseUserUrn } from '../scim/scim-schema';
import { isSameName, type PeopleSchema } from './job-schema';

/**
 * Names that HR systems have for what Entra calls otherwise. Both dates are those of Lifecycle Workflows.
 * Source: docs/reference/graph-provisioning.md §1.3, §6 (what the default mapping lacks).
 */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['hiredate', 'employeeHireDate'],
  ['startdate', 'employeeHireDate'],
  ['leavedate', 'employeeLeaveDateTime'],
  ['enddate', 'employeeLeaveDateTime'],
  ['terminationdate', 'employeeLeaveDateTime'],
  ['company', 'companyName'],
  ['organization', 'companyName'],
  ['employmenttype', 'employeeType'],
]);

/** The target of a source attribute; null if its name tells none that the schema has. */
export function targetOf(name: string, { targets }: Pick<PeopleSchema, 'targets'>): string | null {
  const last = /:([^:]+)$/.exec(name);
  const [urn, plain] = last === null ? ['', name] : [name.slice(0, last.index), last[1] ?? ''];
  // Of the core attributes the default mapping has those that are meant to be written.
  if (urn !== enterpriseUserUrn && !isCustomExtension(urn)) return null;
  const wanted = [plain, OTHER_NAMES.get(plain.toLowerCase()) ?? plain];
  return targets.find((target) => wanted.some((one) => isSameName(one, target))) ?? null;
}
