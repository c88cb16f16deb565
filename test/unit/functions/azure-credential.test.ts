// The union of credentials: which one the settings choose. The tokens of `local` serve this machine alone; the others are asked for nothing yet.
import { graphCredential } from '../../../functions/azure-credential';
import { parseAppSettings } from '../../../functions/settings';
import { graphAddressOf } from '../../../shared/graph/graph-url';

const STORAGE = { AzureWebJobsStorage: 'UseDevelopmentStorage=true' };
const LOCAL = parseAppSettings({ ...STORAGE, ROLLCALL_CREDENTIAL: 'local' });
const SCOPE = 'https://graph.microsoft.com/.default';
const addressOf = (url: string) => ({ url: new URL(url), scope: SCOPE, authority: 'https://login.example' });

test.each([
  'https://graph.microsoft.com',
  'https://graph.microsoft.us',
  'https://127.0.0.1.example',
  'https://localhost.example',
  'http://10.0.0.1',
])('no worthless token for %s', (graph) => {
  expect(() => graphCredential(LOCAL, addressOf(graph), Date.now)).toThrow(
    expect.objectContaining({ code: 'credential-not-for-this-host', disposition: 'halt' }) as Error,
  );
});

test.each(['http://127.0.0.1:7250', 'http://localhost', 'http://[::1]:1'])(
  'a worthless token for %s, which never ends',
  async (graph) => {
    const credential = graphCredential(LOCAL, graphAddressOf(graph), Date.now);
    const token = await credential.getToken(SCOPE, false);
    // No signature.
    expect(token?.token).toMatch(/\.$/);
    expect(await credential.endsAt()).toBeNull();
  },
);

test.each(['managed-identity', 'client-secret', 'client-certificate'])('%s is made without a call', (kind) => {
  const settings = parseAppSettings({
    ...STORAGE,
    ROLLCALL_CREDENTIAL: kind,
    ROLLCALL_TENANT_ID: '11111111-2222-4333-8444-555555555555',
    ROLLCALL_APPLICATION_ID: '66666666-7777-4888-8999-aaaaaaaaaaaa',
    ROLLCALL_KEY_VAULT_URL: 'https://contoso.vault.azure.net',
  });
  expect(graphCredential(settings, addressOf('https://graph.microsoft.com'), Date.now)).toHaveProperty('getToken');
});
