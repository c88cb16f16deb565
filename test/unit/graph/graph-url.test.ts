// Which Graph URLs are allowed: this machine, and the published hosts exactly as they are published.
import * as fc from 'fast-check';
import { graphAddressOf, isLoopback } from '../../../shared/graph/graph-url';

const refusal = (code: string): unknown => expect.objectContaining({ code, disposition: 'halt' });
const HOSTS = ['graph.microsoft.com', 'graph.microsoft.us', 'dod-graph.microsoft.us'];

describe('loopback', () => {
  test.each([
    'http://127.0.0.1:7071',
    'http://localhost:1',
    'http://[::1]:80',
    'https://localhost',
    'http://127.0.0.1/',
  ])('%s is this machine, with the scope of the global cloud', (text) => {
    const { url, scope } = graphAddressOf(text);
    expect([url.href, scope]).toEqual([new URL(text).href, 'https://graph.microsoft.com/.default']);
    expect(isLoopback(url)).toBe(true);
  });
  test.each([
    'no url',
    '',
    'https://',
    'http://user@localhost',
    'http://:secret@127.0.0.1',
    'https://u:p@graph.microsoft.com',
    'https://graph.microsoft.com%00.evil.example',
    'https://graph.microsoft.com@evil.example',
    'https://graph.microsoft.com:443@evil.example',
    'https://graph.microsoft.com%2f@evil.example',
  ])('%j is no URL that we use, and is not quoted', (text) => {
    expect(() => graphAddressOf(text)).toThrow(refusal('graph-url-invalid') as Error);
    if (text !== '') expect(() => graphAddressOf(text)).not.toThrow(text);
  });
});

test.each([
  ['https://graph.microsoft.com', 'https://login.microsoftonline.com'],
  ['https://graph.microsoft.us', 'https://login.microsoftonline.us'],
  ['https://dod-graph.microsoft.us/', 'https://login.microsoftonline.us'],
  ['http://127.0.0.1:7250', 'https://login.microsoftonline.com'],
])('for %s applications sign in at %s', (graph, authority) => expect(graphAddressOf(graph).authority).toBe(authority));
test.each(HOSTS)('%s is a published host, and the scope follows it', (host) => {
  for (const text of [`https://${host}`, `https://${host}/`]) {
    const { url, scope } = graphAddressOf(text);
    expect([url.origin, scope]).toEqual([`https://${host}`, `https://${host}/.default`]);
    expect(isLoopback(url)).toBe(false);
  }
});
test.each([
  'http://graph.microsoft.com',
  'https://graph.microsoft.com:443',
  'https://graph.microsoft.com:8443',
  'https://graph.microsoft.com.',
  'https://graph.microsoft.com/v1.0',
  'https://graph.microsoft.com//',
  'https://graph.microsoft.com/?x',
  'https://graph.microsoft.com#x',
  'https://graph.microsoft.com\\@evil.example',
  'https://graph.microsoft.com.evil.example',
  'https://evil-graph.microsoft.com',
  'https://graph.microsoft.co',
  'https://microsoft.com',
  'https://graph.microsoft.de',
  'https://ｇraph.microsoft.com',
  'https://gr\u0430ph.microsoft.com',
  'https://xn--grph-63d.microsoft.com',
  'https://graph\u3002microsoft.com',
  'https://gra\tph.microsoft.com',
  'https://graph%2Emicrosoft.com',
  'https://%67raph.microsoft.com',
  'https://graph.microsoft.com%2eevil.example',
  'https://GRAPH.MICROSOFT.COM',
  'HTTPS://graph.microsoft.com',
  'https://graph.microsoft.Us',
  'https://graph.microsoft.us.evil.example',
  'https://dod-graph.microsoft.com',
  'https://[::ffff:20.190.160.1]',
  'https://[2603:1037:1::1]',
  'https://login.microsoftonline.com',
  ' https://graph.microsoft.com',
  'https:graph.microsoft.com',
  'https://microsoftgraph.chinacloudapi.cn',
  'https://127.0.0.1.example.com',
  'https://localhost.example.com',
  'https://localhost.',
  'https://10.0.0.1',
  'http://0.0.0.0',
  'http://[::ffff:127.0.0.1]',
  'ftp://localhost',
  'data:https://graph.microsoft.com',
  'blob:https://graph.microsoft.com',
])('%j is no host of Graph', (text) => {
  expect(() => graphAddressOf(text)).toThrow(refusal('graph-url-refused') as Error);
});
test('whatever the text: this machine, a published host, or refused', () => {
  const piece = fc.constantFrom(
    ...HOSTS,
    'https://',
    'http://',
    '@',
    ':',
    '.',
    '/',
    '\\',
    '?',
    '#',
    'evil.example',
    'localhost',
    '443',
    '%2e',
    'xn--',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.array(piece, { maxLength: 6 }).map((all) => all.join('')),
      ),
      (text) => {
        try {
          const { url } = graphAddressOf(text);
          expect([...HOSTS.map((host) => `https://${host}`), isLoopback(url) ? url.origin : null]).toContain(
            url.origin,
          );
        } catch (error) {
          expect(error).toMatchObject({ disposition: 'halt' });
        }
      },
    ),
  );
});
