// Ctrl-Z at the end of a file ends it, as DOS means it; elsewhere it is a control character.
import fc from 'fast-check';
import { withoutEndMark } from '../../../shared/export/text/end-mark';
import { readExport } from './read-export';

const through = async (parts: readonly string[]): Promise<string> => {
  // eslint-disable-next-line @typescript-eslint/require-await -- the text of a test is there at once
  async function* text(): AsyncGenerator<string> {
    yield* parts;
  }
  let all = '';
  for await (const part of withoutEndMark(text())) all += part;
  return all;
};

test('the mark at the end is taken away, wherever the text is cut', async () => {
  const sign = fc.constantFrom('a', '\x1a', '\n', '\r');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(sign, { maxLength: 4 }), { maxLength: 8 }), async (parts) => {
      const texts = parts.map((signs) => signs.join(''));
      expect(await through(texts)).toBe(texts.join('').replace(/\x1a+[\r\n]*$/, ''));
    }),
  );
});

test('what fills up more than a sector is no mark', async () => {
  const filled = '\x1a'.repeat(5_000);
  expect(await through(['a\n', filled])).toBe(`a\n${filled}`);
});

const rows = 'EmployeeID,Email,Status\r\n1,a,Active\r\n2,b,Left\r\n';
const cellsOf = async (bytes: string | Buffer, format: 'csv' | 'json' = 'csv') => {
  const { hold, records } = await readExport(bytes, { format });
  return hold === null ? records.map((record) => record.kind) : hold.code;
};

test.each([
  ['behind the last line', `${rows}\x1a`],
  ['behind a last line without end', `${rows.trimEnd()}\x1a`],
  ['with a line end behind it', `${rows}\x1a\r\n`],
  ['that fills up a record of 128 bytes', `${rows}${'\x1a'.repeat(77)}`],
])('a mark %s ends the file', async (_name, text) => {
  expect(await cellsOf(text)).toEqual(['csv', 'csv']);
});

test('it ends UTF-16', async () => {
  expect(await cellsOf(Buffer.from(`\ufeff${rows}\x1a`, 'utf16le'))).toEqual(['csv', 'csv']);
});

test('it ends a JSON document', async () => {
  expect(await cellsOf('[{"EmployeeID":1,"Email":"a","Status":"Active"}]\r\n\x1a', 'json')).toEqual(['json']);
});

test('in the middle it rejects its row', async () => {
  const { records } = await readExport(`${rows}\x1a3,c,Active\r\n`);
  expect(records.map((record) => (record.kind === 'unreadable' ? record.rejection.code : record.kind))).toEqual([
    'csv',
    'csv',
    'control-character',
  ]);
});

test('a row that the mark cuts is not taken for a whole one', async () => {
  expect(await cellsOf(`${rows}3,c\x1a`)).toBe('file-truncated');
});
