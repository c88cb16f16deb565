// Which file an event of Event Grid announces, if any.
import { arrivedBlobs, attemptsAt, EventMessage, type BlobEvent } from '../../../shared/export/blob-event';
import { messageReader } from '../../../functions/queue-message';
import { asCloudEvent, blobCreated, blobRenamed, deadLetter, type GridEvent } from '../../event-grid';

const read = messageReader(EventMessage);
const arrived = (...events: readonly object[]): readonly string[] => arrivedBlobs([read(events)].flat());
const BLOB = 'contoso-hr/2026/Größe 100% #1?.csv';
/** The event with other data. */
const withData = (event: GridEvent, data: object): object => ({ ...event, data: { ...event.data, ...data } });

describe.each([
  ['the Event Grid schema', (event: GridEvent): object => event],
  ['CloudEvents 1.0', asCloudEvent],
])('in %s', (_, form) => {
  test.each(['PutBlob', 'PutBlockList', 'CopyBlob', 'FlushWithClose', 'SftpCommit'])(
    'a file is there after %s',
    (api) => {
      expect(arrived(form(blobCreated(BLOB, api)))).toEqual([BLOB]);
    },
  );
  test.each(['SftpCreate', 'SftpWrite', 'CreateFile', 'AppendFile', 'putblob', ''])(
    'a file is not there yet, or not known to be, after %j',
    (api) => {
      expect(arrived(form(blobCreated(BLOB, api)))).toEqual([]);
    },
  );
  test.each(['SftpRename', 'RenameFile'])('a file has its name after %s', (api) => {
    expect(arrived(form(blobRenamed('contoso-hr/x.part', BLOB, api)))).toEqual([BLOB]);
  });
  test('events of other types, of any form, say nothing of files', () => {
    const deleted = { ...blobCreated(BLOB), eventType: 'Microsoft.Storage.BlobDeleted' };
    const moved = { ...blobCreated(BLOB), eventType: 'Microsoft.Storage.DirectoryRenamed', data: 'text' as never };
    expect(arrived(form(deleted), form(moved))).toEqual([]);
  });
  test.each([
    ['without data', { ...blobCreated(BLOB), data: undefined }],
    ['without an address', withData(blobCreated(BLOB), { url: undefined })],
    ['without a call', withData(blobCreated(BLOB), { api: undefined })],
    ['whose address is no text', withData(blobCreated(BLOB), { url: 7 })],
    ['whose address is too long', withData(blobCreated(BLOB), { url: `https://x/inbound/${'n'.repeat(10_000)}` })],
    ['that renames to nothing', withData(blobRenamed('x', BLOB), { destinationUrl: undefined })],
  ])('an event %s is invalid', (_what, event) => {
    expect(() => read(form(event as GridEvent))).toThrow(expect.objectContaining({ code: 'message-invalid' }) as Error);
  });
});

test.each([
  ['no JSON', 'x'],
  ['nothing', null],
  ['without a type', { data: {} }],
  ['of another version of CloudEvents', { ...asCloudEvent(blobCreated(BLOB)), specversion: '0.3' }],
  ['in a list with something else', [blobCreated(BLOB), 7]],
  ['in a list of too many', Array.from({ length: 5_001 }, () => ({ eventType: 'x', data: {} }))],
])('a message that is %s is invalid', (_, message) => {
  expect(() => read(message)).toThrow(expect.objectContaining({ code: 'message-invalid' }) as Error);
});

test('a file is announced once, however often it was changed', () => {
  expect(arrived(blobCreated(BLOB), blobRenamed('x', BLOB), blobCreated('b.csv'))).toEqual([BLOB, 'b.csv']);
});

test.each([
  ['of another container', 'https://contoso.blob.core.windows.net/inbound2/hr/a.csv'],
  ['of a container whose name ends alike', 'https://contoso.blob.core.windows.net/x/inbound/hr/a.csv'],
  ['of the container itself', 'https://contoso.blob.core.windows.net/inbound/'],
  ['that is no address', 'inbound/hr/a.csv'],
])('a file %s is not announced', (_, url) => {
  expect(arrived(withData(blobCreated(BLOB), { url }))).toEqual([]);
});

test.each([
  ['hr/a%20b.csv', 'hr/a b.csv'],
  ['hr/a b.csv', 'hr/a b.csv'],
  ['hr/100%.csv', 'hr/100%.csv'],
  ['hr/../../runs/x', 'hr/../../runs/x'],
  ['hr/%2E%2E/x', 'hr/../x'],
  ['hr/a\nb.csv', 'hr/a\nb.csv'],
])('the name in the address %j is %j: nothing is resolved', (path, name) => {
  expect(
    arrived(withData(blobCreated(BLOB), { url: `https://contoso.blob.core.windows.net/inbound/${path}` })),
  ).toEqual([name]);
});

test('what Event Grid gave up has the number of its tries', () => {
  const letters = JSON.parse(deadLetter([blobCreated(BLOB)], 30)) as BlobEvent[];
  expect(attemptsAt([read(letters)].flat())).toBe(30);
  expect(attemptsAt([read([asCloudEvent(blobCreated(BLOB))])].flat())).toBe(0);
  expect(attemptsAt([read({ ...asCloudEvent(blobCreated(BLOB)), deliveryattempts: 2 })].flat())).toBe(2);
});
