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

describe('with Graph itself', () => {
  const CLOUD = {
    AzureWebJobsStorage: GOOD.AzureWebJobsStorage,
    ROLLCALL_GRAPH_URL: 'https://graph.microsoft.com',
    ROLLCALL_CREDENTIAL: 'managed-identity',
  };
  test.each([undefined, '', '  '])('the list of jobs %j is refused', (list) => {
    expect(judgeApp({ ...CLOUD, ROLLCALL_JOBS: list })).toMatchObject({
      ok: false,
      refusal: {
        code: 'jobs-not-listed',
        disposition: 'halt',
        message: expect.stringContaining('ROLLCALL_JOBS is empty'),
      },
    });
  });
  test.each(['https://graph.microsoft.com', 'https://graph.microsoft.us', 'https://dod-graph.microsoft.us'])(
    'a list of jobs is enough for %s',
    (url) => {
      const settings = { ...CLOUD, ROLLCALL_GRAPH_URL: url, ROLLCALL_JOBS: 'sp/API2AAD.contoso' };
      expect(judgeApp(settings)).toMatchObject({ ok: true, app: { graph: { origin: url } } });
    },
  );
  test('worthless tokens are refused', () => {
    const settings = { ...CLOUD, ROLLCALL_CREDENTIAL: 'local', ROLLCALL_JOBS: 'sp/API2AAD.contoso' };
    expect(judgeApp(settings)).toMatchObject({ ok: false, refusal: { code: 'credential-not-for-this-host' } });
  });
  test('a wrong host is told first', () => {
    expect(judgeApp({ ...CLOUD, ROLLCALL_GRAPH_URL: 'https://graph.example' })).toMatchObject({
      refusal: { code: 'graph-url-refused' },
    });
  });
  test('a simulator on this machine needs no list', () => {
    expect(judgeApp(GOOD)).toMatchObject({ ok: true, app: { settings: { ROLLCALL_JOBS: '' } } });
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
    { ROLLCALL_GRAPH_URL: 'https://graph.contoso.example' },
    'graph-url-refused',
    /not one of the published hosts/,
  ],
  [
    'Graph in China, whose log nobody has documented',
    { ROLLCALL_GRAPH_URL: 'https://microsoftgraph.chinacloudapi.cn', ROLLCALL_CREDENTIAL: 'managed-identity' },
    'graph-url-refused',
    /not one of the published hosts/,
  ],
  [
    'worthless tokens for Graph itself',
    { ROLLCALL_GRAPH_URL: 'https://graph.microsoft.com' },
    'credential-not-for-this-host',
    /serves loopback only, not graph\.microsoft\.com/,
  ],
])('%s: a refusal that says why', (_, wrong, code, sentence) => {
  const judgement = judgeApp({ ...GOOD, ...wrong });
  if (judgement.ok) throw new Error('it was not refused');
  expect(judgement.refusal).toMatchObject({ code, disposition: 'halt' });
  expect(judgement.refusal.message).toMatch(sentence);
  expect(JSON.stringify([judgement.refusal, judgement.refusal.message, judgement.refusal.cause])).not.toContain(KEY);
});
