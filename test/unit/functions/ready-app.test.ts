// May the app work? Every wrong setting, URL and credential is a refusal with its own code and sentence; nothing is thrown, nothing is called.
import { judgeApp } from '../../../functions/ready-app';

const GOOD = {
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
  ROLLCALL_GRAPH_URL: 'http://127.0.0.1:7250',
  ROLLCALL_CREDENTIAL: 'local',
};

test('good settings give the settings, storage and Graph', () => {
  const judgement = judgeApp(GOOD);
  expect(judgement).toMatchObject({ ok: true, app: { settings: { ROLLCALL_GRAPH_URL: GOOD.ROLLCALL_GRAPH_URL } } });
});

/** As soon as a Graph that is not on this machine may be used at all. */
describe('without loopback as the only host', () => {
  const CLOUD = {
    AzureWebJobsStorage: GOOD.AzureWebJobsStorage,
    ROLLCALL_GRAPH_URL: 'https://graph.microsoft.com',
    ROLLCALL_CREDENTIAL: 'managed-identity',
  };
  test.each([undefined, '', '  '])('the list of jobs %j is refused', (list) => {
    expect(judgeApp({ ...CLOUD, ROLLCALL_JOBS: list }, false)).toMatchObject({
      ok: false,
      refusal: {
        code: 'jobs-not-listed',
        disposition: 'halt',
        message: expect.stringContaining('ROLLCALL_JOBS is empty'),
      },
    });
  });
  test('a list of jobs is enough', () => {
    expect(judgeApp({ ...CLOUD, ROLLCALL_JOBS: 'sp/API2AAD.contoso' }, false)).toMatchObject({ ok: true });
  });
  test('a wrong host is told first', () => {
    expect(judgeApp({ ...CLOUD, ROLLCALL_GRAPH_URL: 'https://graph.example' }, false)).toMatchObject({
      refusal: { code: 'graph-url-refused' },
    });
  });
  test('a simulator on this machine needs no list', () => {
    expect(judgeApp(GOOD, false)).toMatchObject({ ok: true, app: { settings: { ROLLCALL_JOBS: '' } } });
  });
});

const KEY = 'Zm9vYmFyYmF6';
test.each<readonly [string, Readonly<Record<string, string>>, string, RegExp]>([
  [
    'settings with mistakes',
    { ROLLCALL_LICENCE: 'free', ROLLCALL_WAITING_SECONDS: 'x' },
    'settings-invalid',
    /LICENCE.*WAITING/,
  ],
  ['no storage', { AzureWebJobsStorage: '' }, 'settings-invalid', /AzureWebJobsStorage is missing/],
  [
    'a connection string that is none',
    { AzureWebJobsStorage: `AccountName=a;AccountKey=${KEY}` },
    'settings-invalid',
    /AzureWebJobsStorage is no connection string/,
  ],
  [
    'an address that is no URL',
    {
      AzureWebJobsStorage: '',
      AzureWebJobsStorage__blobServiceUri: 'contoso',
      AzureWebJobsStorage__queueServiceUri: 'contoso',
      AzureWebJobsStorage__tableServiceUri: 'contoso',
    },
    'settings-invalid',
    /an address in it is no URL/,
  ],
  ['a Graph URL that is none', { ROLLCALL_GRAPH_URL: 'graph' }, 'graph-url-invalid', /ROLLCALL_GRAPH_URL is no URL/],
  [
    'Graph on another machine',
    { ROLLCALL_GRAPH_URL: 'https://graph.microsoft.com' },
    'graph-url-not-loopback',
    /graph\.microsoft\.com: this version sends to loopback only/,
  ],
  [
    'Graph on another machine, with another credential',
    { ROLLCALL_GRAPH_URL: 'https://graph.microsoft.com', ROLLCALL_CREDENTIAL: 'managed-identity' },
    'graph-url-not-loopback',
    /loopback only/,
  ],
])('%s: a refusal that says why', (_, wrong, code, sentence) => {
  const judgement = judgeApp({ ...GOOD, ...wrong });
  if (judgement.ok) throw new Error('it was not refused');
  expect(judgement.refusal).toMatchObject({ code, disposition: 'halt' });
  expect(judgement.refusal.message).toMatch(sentence);
  expect(JSON.stringify([judgement.refusal, judgement.refusal.message, judgement.refusal.cause])).not.toContain(KEY);
});
