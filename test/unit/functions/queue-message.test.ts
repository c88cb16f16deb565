// Incoming messages: what matches its schema is passed on unchanged, everything else is `message-invalid` and never half read.
import { Arrival, DeliveryPointer } from '../../../shared/delivery/queues';
import { fromQueue, messageReader } from '../../../functions/queue-message';

const RUN = '20261121T080000Z-0123456789';
const pointer = { version: 1, run: RUN, batch: '000001', delivery: 1 };
const arrival = { version: 1, blob: 'contoso-hr/people.csv' };
const readPointer = messageReader(DeliveryPointer);
const readArrival = messageReader(Arrival);

const base64 = (text: string): string => Buffer.from(text).toString('base64');
describe('what lies in a queue is taken as it was meant:', () => {
  test.each<readonly [string, unknown, unknown]>([
    ['JSON in base64, as everybody sends it', base64(JSON.stringify(pointer)), pointer],
    ['a text in base64', base64('Zoë { no JSON'), 'Zoë { no JSON'],
    ['JSON in plain text, which the worker has parsed', pointer, pointer],
    ['a plain text', 'no base64 at all!', 'no base64 at all!'],
    ['a plain word that could be base64, but not of a text', 'abcd', 'abcd'],
    ['base64 without its padding', 'e30', 'e30'],
    ['an empty text', '', ''],
    ['a number, which the worker has parsed', 1234, 1234],
  ])('%s', (_, input, meant) => {
    expect(fromQueue(input)).toEqual(meant);
  });
});

test.each([
  ['parsed by the host', pointer],
  ['as text', JSON.stringify(pointer)],
  ['with the refill flag', { ...pointer, onDuty: true }],
])('a pointer %s is read', (_, input) => {
  expect(readPointer(input)).toEqual(typeof input === 'string' ? pointer : input);
});
test.each([
  ['of another version', { ...pointer, version: 2 }],
  ['without a run', { ...pointer, run: undefined }],
  ['of an empty run', { ...pointer, run: '' }],
  ['of a run that is no id', { ...pointer, run: 'r1' }],
  ['of a run that leads elsewhere', { ...pointer, run: `${RUN}/../x` }],
  ['without a batch', { ...pointer, batch: undefined }],
  ['of an empty batch', { ...pointer, batch: '' }],
  ['of a batch that is no id', { ...pointer, batch: '1'.repeat(101) }],
  ['of a batch that leads elsewhere', { ...pointer, batch: '../000001' }],
  ['of no delivery', { ...pointer, delivery: 0 }],
  ['of half a delivery', { ...pointer, delivery: 1.5 }],
  ['whose number is text', { ...pointer, delivery: '1' }],
  ['whose flag is off: it is there or not', { ...pointer, onDuty: false }],
  ['that is an arrival', arrival],
  ['that is text', 'not JSON'],
  ['that is an empty text', ''],
  ['that is JSON of something else', '"text"'],
  ['that is a list', [pointer]],
  ['that is a list of texts', [JSON.stringify(pointer)]],
  ['that is nothing', null],
  ['that is missing', undefined],
])('a pointer %s is invalid', (_, input) => {
  expect(() => readPointer(input)).toThrow(
    expect.objectContaining({
      name: 'RollcallError',
      code: 'message-invalid',
      disposition: 'reject',
      message: 'a queue message does not have the form that this version reads',
    }) as Error,
  );
});
test.each([
  ['of a file', arrival],
  ['of a run', { ...arrival, run: RUN }],
  ['of the longest name of a blob', { ...arrival, blob: 'b'.repeat(1_024) }],
])('an arrival %s is read', (_, input) => {
  expect(readArrival(JSON.stringify(input))).toEqual(input);
});
test.each([
  ['without a file', { version: 1 }],
  ['of an empty name', { ...arrival, blob: '' }],
  ['of a longer name than blobs have', { ...arrival, blob: 'b'.repeat(1_025) }],
  ['of an empty run', { ...arrival, run: '' }],
  ['of a run that is no id', { ...arrival, run: 'r1' }],
  ['of a file in another container', { ...arrival, blob: 'hr/../../runs/secret/20261121T080000Z-0123456789/export' }],
  ['of a name with a control character', { ...arrival, blob: 'hr/a\u0001b.csv' }],
])('an arrival %s is invalid', (_, input) => {
  expect(() => readArrival(input)).toThrow(expect.objectContaining({ code: 'message-invalid' }) as Error);
});
test('the error quotes nothing of the message: it may be logged', () => {
  expect(() => readArrival('Ana Example')).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('Ana') as string }) as Error,
  );
});
