// The value of --storage: what is taken, what is refused, and that nothing of it is ever repeated.
import * as fc from 'fast-check';
import { parseStorageOption, withoutSecrets } from '../../../cli/storage-option';
import { FileHold } from '../../../shared/core/errors';

const troubleOf = (value: string): unknown => {
  try {
    return parseStorageOption(value);
  } catch (error) {
    if (!(error instanceof FileHold)) throw error;
    return [error.code, error.values['trouble']];
  }
};
const addressesOf = (account: string, suffix: string) => ({
  kind: 'identity',
  blobUrl: `https://${account}.blob.${suffix}`,
  queueUrl: `https://${account}.queue.${suffix}`,
  tableUrl: `https://${account}.table.${suffix}`,
});

test.each([
  ['https://contosohr.blob.core.windows.net', 'contosohr', 'core.windows.net'],
  [' https://contosohr.table.core.windows.net/ ', 'contosohr', 'core.windows.net'],
  ['HTTPS://ContosoHR.queue.core.windows.net', 'contosohr', 'core.windows.net'],
  ['https://contosohr.dfs.core.usgovcloudapi.net/', 'contosohr', 'core.usgovcloudapi.net'],
  ['https://contosohr.blob.core.chinacloudapi.cn', 'contosohr', 'core.chinacloudapi.cn'],
  ['https://contosohr.z12.blob.storage.azure.net', 'contosohr.z12', 'storage.azure.net'],
])('the address %s names all three services', (value, account, suffix) => {
  expect(parseStorageOption(value)).toEqual(addressesOf(account, suffix));
});

test.each([
  'UseDevelopmentStorage=true',
  'DefaultEndpointsProtocol=https;AccountName=contosohr;AccountKey=Zm9v;EndpointSuffix=core.windows.net',
  'BlobEndpoint=https://contosohr.blob.core.windows.net/;SharedAccessSignature=sv=1&sig=x',
])('%s is a connection string', (value) => {
  expect(parseStorageOption(value)).toEqual({ kind: 'connection-string', connectionString: value });
});

test.each([
  ['', 'neither'],
  ['contosohr', 'neither'],
  ['./data', 'neither'],
  ['https://', 'neither'],
  ['contosohr.blob.core.windows.net', 'not-https'],
  ['http://contosohr.blob.core.windows.net', 'not-https'],
  // The suffix alone says which cloud it is in, so it is never guessed.
  ['https://contosohr', 'foreign-host'],
  ['https://blob.core.windows.net', 'foreign-host'],
  ['https://contosohr.blob.core.windows.net.evil.example', 'foreign-host'],
  ['https://evil.example/contosohr.blob.core.windows.net', 'more-than-host'],
  ['https://contosohr.blob.core.windows.net@evil.example', 'more-than-host'],
  ['https://contosohr.blob.core.windows.net:8443', 'more-than-host'],
  ['https://contosohr.blob.core.windows.net/inbound', 'more-than-host'],
  ['https://contosohr.blob.core.windows.net?sv=1&sig=x', 'more-than-host'],
])('%j is refused: %s', (value, trouble) => {
  expect(troubleOf(value)).toEqual(['storage-malformed', trouble]);
});

test('a token goes to hosts of Azure Storage only, whatever is given', () => {
  const host =
    /^https:\/\/[a-z0-9.]+\.(blob|queue|table)\.(core\.(windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)|storage\.azure\.net)$/;
  const part = fc.constantFrom(
    'https://',
    'a1b',
    '.blob',
    '.core.windows.net',
    '.evil.example',
    '@',
    '/',
    '?',
    '#',
    '\\',
    ':1',
    '%2e',
    '\t',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 9 }), (parts) => {
      const found = troubleOf(parts.join(''));
      if (Array.isArray(found)) return;
      const { blobUrl, queueUrl, tableUrl } = found as ReturnType<typeof addressesOf>;
      for (const url of [blobUrl, queueUrl, tableUrl]) expect(url).toMatch(host);
    }),
    { seed: 20261126, numRuns: 5_000 },
  );
});

test.each([
  [
    "unknown option '--storag=AccountName=a;AccountKey=c2VjcmV0Cg==;EndpointSuffix=x'",
    "unknown option '--storag=AccountName=a;AccountKey=…;EndpointSuffix=x'",
  ],
  ['SharedAccessSignature=sv=1&sig=secret', 'SharedAccessSignature=…'],
  ['https://a.blob.core.windows.net/x?sv=1&sig=secret', 'https://a.blob.core.windows.net/x?sv=1&sig=…'],
  ['nothing to hide', 'nothing to hide'],
])('%j is shown without its secret', (text, shown) => {
  expect(withoutSecrets(text)).toBe(shown);
});
