// The application permissions of Microsoft Graph that the identity of the app needs; a test compares them with the simulator's.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { az } from './az.mjs';

export const PERMISSIONS = ['SynchronizationData-User.Upload', 'ProvisioningLog.Read.All', 'Synchronization.Read.All'];

const GRAPH = 'https://graph.microsoft.com/v1.0/servicePrincipals';
/** The application id of Microsoft Graph in every tenant (docs/reference/graph-provisioning.md §5). */
const GRAPH_APPLICATION = '00000003-0000-0000-c000-000000000000';
const get = (url) => az('rest', '--method', 'GET', '--url', url);

/** The permissions that an identity lacks, with the ids by which they are granted. */
export function missingPermissions(principalId) {
  const graph = get(`${GRAPH}(appId='${GRAPH_APPLICATION}')`);
  const granted = get(`${GRAPH}/${principalId}/appRoleAssignments`).value.filter(
    ({ resourceId }) => resourceId === graph.id,
  );
  return PERMISSIONS.map((permission) => {
    const role = graph.appRoles.find(({ value }) => value === permission);
    if (role === undefined) throw new Error(`Microsoft Graph has no permission ${permission} in this tenant`);
    return { permission, appRoleId: role.id, resourceId: graph.id };
  }).filter(({ appRoleId }) => !granted.some((one) => one.appRoleId === appRoleId));
}

/** Grants one of them, with admin consent. Whoever runs this needs the role Privileged Role Administrator. */
export function grantPermission(principalId, { appRoleId, resourceId }) {
  // A file: no shell changes its quotes.
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-'));
  const file = join(folder, 'body.json');
  try {
    writeFileSync(file, JSON.stringify({ principalId, resourceId, appRoleId }));
    const url = `${GRAPH}/${principalId}/appRoleAssignments`;
    az('rest', '--method', 'POST', '--url', url, '--headers', 'Content-Type=application/json', '--body', `@${file}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
