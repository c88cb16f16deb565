// Which queues a refused invocation puts its message back into: those that the host itself reads. What it does there: test/contract/storage.
import { hostQueues } from '../../../functions/azure-put-back';

test.each<readonly [string, Readonly<Record<string, string>>, string]>([
  [
    'a connection string',
    { AzureWebJobsStorage: 'UseDevelopmentStorage=true' },
    'http://127.0.0.1:10001/devstoreaccount1',
  ],
  [
    'an address',
    { AzureWebJobsStorage__queueServiceUri: 'https://contoso.queue.example' },
    'https://contoso.queue.example',
  ],
  [
    'an address and an identity',
    {
      AzureWebJobsStorage: '',
      AzureWebJobsStorage__queueServiceUri: 'https://contoso.queue.example',
      AzureWebJobsStorage__clientId: '8f0e6d1c-3b52-4c57-9d0a-5f2f3c7e91ab',
    },
    'https://contoso.queue.example',
  ],
  [
    'the name of the account',
    { AzureWebJobsStorage__accountName: 'contoso' },
    'https://contoso.queue.core.windows.net',
  ],
])('%s', (_, environment, url) => {
  expect(hostQueues(environment).url).toBe(url);
});
