// The names of the routes, as fault scripts and statistics use them.

/** Every Graph route that the simulator has. */
export const ROUTE_NAMES = [
  'bulkUpload',
  'logs',
  'getJob',
  'listJobs',
  'createJob',
  'deleteJob',
  'start',
  'pause',
  'restart',
  'validateCredentials',
  'getSchema',
  'putSchema',
  'deleteSchema',
  'putSecrets',
  'templates',
  'applicationTemplates',
  'instantiate',
  'findServicePrincipals',
  'getServicePrincipal',
  'appRoleAssignments',
] as const;

/** One of the routes. */
export type RouteName = (typeof ROUTE_NAMES)[number];
