// How long values may be: what the target directory refuses, with the source of each number.
import { enterpriseUserUrn } from './scim-schema';

/** Which directory a job writes to; the settings' `job.target`. */
export type ProvisioningTarget = 'entra' | 'active-directory';

/** The longest value of one attribute, in UTF-16 code units. `path` is dotted, lists without index, extensions by their URN. */
export interface LengthLimit {
  readonly path: readonly string[];
  readonly maxLength: number;
  readonly source: string;
}

const graphUser = 'microsoft-graph-docs-contrib api-reference/v1.0/resources/user.md, read 2026-11';

/**
 * Limits of the attributes that the jobs' default mappings write. Attributes that are not mapped by default (`organization`
 * to `companyName` and others) are left to the tenant's own mapping. The limits of Active Directory's schema (rangeUpper,
 * [MS-ADA1] and [MS-ADA3]) for these attributes are the same numbers.
 */
export const lengthLimits: readonly LengthLimit[] = [
  { path: ['displayName'], maxLength: 256, source: `${graphUser}: displayName` },
  { path: ['name', 'givenName'], maxLength: 64, source: `${graphUser}: givenName` },
  { path: ['name', 'familyName'], maxLength: 64, source: `${graphUser}: surname` },
  { path: ['title'], maxLength: 128, source: `${graphUser}: jobTitle` },
  { path: ['addresses', 'streetAddress'], maxLength: 1024, source: `${graphUser}: streetAddress` },
  { path: ['addresses', 'locality'], maxLength: 128, source: `${graphUser}: city` },
  { path: ['addresses', 'region'], maxLength: 128, source: `${graphUser}: state` },
  { path: ['addresses', 'postalCode'], maxLength: 40, source: `${graphUser}: postalCode` },
  { path: ['addresses', 'country'], maxLength: 128, source: `${graphUser}: country` },
  { path: ['phoneNumbers', 'value'], maxLength: 64, source: '[MS-ADA3] telephoneNumber, rangeUpper 64' },
  { path: [enterpriseUserUrn, 'department'], maxLength: 64, source: `${graphUser}: department` },
];

/**
 * What `userName` may be for Entra: a sign-in name (UPN), or the part before its @, to which the job's mapping adds the domain, as Microsoft's own
 * sample of workers does (`EMP1222`). Before the @ at most 64 characters (letters A to Z, digits, ' . - _ ! # ^ ~, no dot as the last), after it
 * at most 48 of a domain's name. Accents are refused.
 * @see entra-docs docs/identity/authentication/concept-sspr-policy.md, section "Username policies", 15 May 2025
 */
export const entraUserNamePattern =
  "^[A-Za-z0-9'._!#^~-]{1,64}(?<!\\.)(?:@(?=.{1,48}$)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*)?$";

/** A character that no sign-in name has, of Entra. @see entraUserNamePattern */
export const notOfUserName = /[^A-Za-z0-9'._!#^~@-]/u;

/** Longest UPN in Entra: 64 + 1 + 48 characters. @see as entraUserNamePattern */
export const maxEntraUserNameLength = 113;

/** Longest userPrincipalName in Active Directory, characters. @see [MS-ADA3] userPrincipalName, rangeUpper 1024 */
export const maxDirectoryUserNameLength = 1024;

/**
 * Longest `employeeId` in Entra, characters: the target of `externalId` in the default mapping. A tenant may match by another
 * attribute, so a longer id is a warning, not a rejection. @see microsoft-graph-docs-contrib user resource, employeeId (pages since 2023)
 */
export const maxEmployeeIdLength = 16;
