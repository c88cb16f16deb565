// Paths of what a set-up reads and changes. Every id comes from Graph or from somebody's keyboard, so it is encoded; the transport refuses a path
// that would lead elsewhere.

/** One service principal. */
export const principalPath = (id: string): string => `/v1.0/servicePrincipals/${encodeURIComponent(id)}`;
/** Its jobs. */
export const jobsPath = (servicePrincipalId: string): string =>
  `${principalPath(servicePrincipalId)}/synchronization/jobs`;
/** One of its jobs. */
export const oneJobPath = (servicePrincipalId: string, jobId: string): string =>
  `${jobsPath(servicePrincipalId)}/${encodeURIComponent(jobId)}`;
/** Its settings, which the API calls secrets. */
export const secretsPath = (servicePrincipalId: string): string =>
  `${principalPath(servicePrincipalId)}/synchronization/secrets`;
/** The app roles that were granted to it. */
export const grantsPath = (id: string): string => `${principalPath(id)}/appRoleAssignments`;
/** A list, as far as a property has a value. */
export const whereEqual = (list: string, property: string, value: string): string =>
  `${list}?$filter=${encodeURIComponent(`${property} eq '${value.replaceAll("'", "''")}'`)}`;
