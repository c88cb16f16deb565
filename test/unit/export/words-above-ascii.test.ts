// The words of a file, wherever it is cut into parts.
import fc from 'fast-check';
import { WordsAboveAscii } from '../../../shared/export/text/words-above-ascii';

const wordsOf = (bytes: Buffer, cuts: readonly number[] = []): readonly string[] => {
  const words = new WordsAboveAscii();
  let from = 0;
  for (const cut of [...cuts.toSorted((one, other) => one - other), bytes.length]) {
    words.look(bytes.subarray(from, cut));
    from = cut;
  }
  return words.all();
};

test('the words with letters above ASCII are taken, each once', () => {
  expect(wordsOf(Buffer.from('id;Müller;Anna;Jörg Müller;x-é;é', 'latin1'))).toEqual(['Müller', 'Jörg', 'é']);
});

test('where the bytes are cut changes nothing', () => {
  const sign = fc.constantFrom('a', 'B', 'é', 'ü', ';', ' ', '\n', '1');
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 50 }), fc.array(fc.nat(50), { maxLength: 6 }), (signs, cuts) => {
      const bytes = Buffer.from(signs.join(''), 'latin1');
      const within = cuts.filter((cut) => cut < bytes.length);
      expect(wordsOf(bytes, within)).toEqual(wordsOf(bytes));
    }),
  );
});

test('a long run is cut, and a file of them keeps few', () => {
  const words = new WordsAboveAscii();
  for (let part = 0; part < 40; part++)
    words.look(
      Buffer.from(
        `${'é'.repeat(100_000)};${Array.from({ length: 500 }, (_, at) => `é${part}x${'abcdefghij'.charAt(at % 10)}`).join(';')}`,
        'latin1',
      ),
    );
  expect(Math.max(...words.all().map(({ length }) => length))).toBeLessThanOrEqual(60);
  expect(words.size).toBeLessThanOrEqual(10_000);
});
