// Nothing that a test runs can reach a service of Microsoft, in this process or in one that it starts.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const HOSTS = [
  'https://graph.microsoft.com',
  'https://graph.microsoft.us',
  'https://dod-graph.microsoft.us',
  'https://login.microsoftonline.com',
  'https://contoso.blob.core.windows.net',
  'https://dc.services.visualstudio.com',
  'http://169.254.169.254/metadata/identity/oauth2/token',
];

const causeOf = (url: string): Promise<string> =>
  fetch(url).then(
    () => 'it answered',
    (error: unknown) => String((error as Error).cause),
  );

test.each(HOSTS)('%s is not reached from a test', async (url) => {
  expect(await causeOf(url)).toContain(`tests do not reach ${new URL(url).hostname}`);
});

test('nor from a process that a test starts', async () => {
  const script = `(${causeOf.toString()})('https://graph.microsoft.com').then(console.log)`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script]);
  expect(stdout).toContain('tests do not reach graph.microsoft.com');
});
