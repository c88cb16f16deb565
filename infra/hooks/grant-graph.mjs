// Gives the identity of the app its permissions in Microsoft Graph: node infra/hooks/grant-graph.mjs [object id of the identity]
// Somebody with the role Privileged Role Administrator runs it, once, after azd provision and before azd deploy. Twice does no harm.
import { runScript, valueOf } from './az.mjs';
import { grantPermission, missingPermissions } from './graph-permissions.mjs';

await runScript(() => {
  const principalId = process.argv[2] ?? valueOf('ROLLCALL_IDENTITY_PRINCIPAL_ID');
  const missing = missingPermissions(principalId);
  for (const one of missing) {
    grantPermission(principalId, one);
    console.log(`Rollcall: granted ${one.permission}`);
  }
  if (missing.length === 0) console.log('Rollcall: the identity has all its permissions in Microsoft Graph');
});
