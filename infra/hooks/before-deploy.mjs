// azd runs this before it deploys the app. What a managed identity may do is in its token, and Azure keeps a token for about a day: an app that
// starts before its permissions are granted goes without them for so long. So nothing is deployed before they are.
import { runScript, valueOf } from './az.mjs';
import { missingPermissions } from './graph-permissions.mjs';

await runScript(() => {
  if (valueOf('ROLLCALL_CREDENTIAL') !== 'managed-identity') {
    console.log('Rollcall: an application signs in to Graph; its permissions are not checked here');
    return;
  }
  const principalId = valueOf('ROLLCALL_IDENTITY_PRINCIPAL_ID');
  const missing = missingPermissions(principalId).map(({ permission }) => permission);
  if (missing.length > 0)
    throw new Error(
      `the identity ${principalId} lacks ${missing.join(', ')} in Microsoft Graph, so nothing is deployed. ` +
        `A Privileged Role Administrator runs: node infra/hooks/grant-graph.mjs ${principalId} . Then run: azd deploy`,
    );
});
