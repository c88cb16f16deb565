// Where applications sign in follows the cloud of Graph; the tokens of `local` serve this machine alone.
import { authorityOf, graphCredential } from '../../../functions/azure-credential';
import { parseAppSettings } from '../../../functions/settings';

const LOCAL = parseAppSettings({ AzureWebJobsStorage: 'UseDevelopmentStorage=true', ROLLCALL_CREDENTIAL: 'local' });

test.each([
  ['https://graph.microsoft.com', 'https://login.microsoftonline.com'],
  ['https://graph.microsoft.us', 'https://login.microsoftonline.us'],
  ['https://dod-graph.microsoft.us', 'https://login.microsoftonline.us'],
])('for %s they sign in at %s', (graph, authority) => expect(authorityOf(new URL(graph))).toBe(authority));

test.each([
  'https://graph.microsoft.com',
  'https://graph.microsoft.us',
  'https://127.0.0.1.example',
  'https://localhost.example',
  'http://10.0.0.1',
])('no worthless token for %s', (graph) => {
  expect(() => graphCredential(LOCAL, new URL(graph))).toThrow(
    expect.objectContaining({ code: 'credential-not-for-this-host', disposition: 'halt' }) as Error,
  );
});

test.each(['http://127.0.0.1:7250', 'http://localhost', 'http://[::1]:1'])(
  'a worthless token for %s',
  async (graph) => {
    const token = await graphCredential(LOCAL, new URL(graph)).getToken('https://graph.microsoft.com/.default');
    // No signature.
    expect(token?.token).toMatch(/\.$/);
  },
);
