// Text of one byte a character behind UTF-16: a hold, never people with Chinese names.
import { readExport } from './read-export';

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const head = '\ufeffEmployeeID,Email,Status\n1,a,Jörg\n2,b,Müller\n';

test.each([
  ['a row of an even number of bytes', [utf16(head), Buffer.from('3,caroline@contoso.example,Anna Le\n')]],
  ['a row of an odd number of bytes', [utf16(head), Buffer.from('3,caroline@contoso.example,Anna Lee\n')]],
  [
    'a row, and UTF-16 again behind it',
    [utf16(head), Buffer.from('3,caroline@contoso.example,Anna Le\n'), utf16('4,d,Jörg\n')],
  ],
])('%s is held, with the line on which it begins', async (_name, parts) => {
  const { hold } = await readExport(Buffer.concat(parts));
  expect(hold).toMatchObject({ code: 'text-damaged', values: { damage: 'encoding-changes' }, at: { line: 4 } });
});

test('the same in big-endian order', async () => {
  const { hold } = await readExport(
    Buffer.concat([utf16(head).swap16(), Buffer.from('3,caroline@contoso.example,Anna Le\n')]),
  );
  expect(hold?.values).toEqual({ damage: 'encoding-changes', line: 4 });
});

test('wherever it is cut', async () => {
  const bytes = Buffer.concat([utf16(head), Buffer.from('3,caroline@contoso.example,Anna Le\n')]);
  const cuts = Array.from({ length: bytes.length - 1 }, (_, at) => at + 1);
  expect((await readExport(bytes, {}, cuts)).hold?.values).toEqual({ damage: 'encoding-changes', line: 4 });
});

test('Chinese, Japanese and Korean are read', async () => {
  const names = [
    '歐陽慧敏',
    '中华人民共和国北京市海淀区中关村南大街五号院',
    '株式会社日立製作所情報通信システム',
    '대한민국서울특별시강남구테헤란로',
  ];
  const { hold, records } = await readExport(
    utf16(`\ufeffEmployeeID,Email,Status\n${names.map((name, at) => `${at},x,${name}\n`).join('')}`),
  );
  expect(hold).toBeNull();
  expect(records.map((record) => record.kind === 'csv' && record.cells[2])).toEqual(
    names.map((name) => name.normalize('NFC')),
  );
});
