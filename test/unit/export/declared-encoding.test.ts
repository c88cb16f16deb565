// A declared encoding that is right never holds a file; one that is wrong does, wherever its words show it.
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { FileHold } from '../../../shared/core/errors';
import { watchDeclared } from '../../../shared/export/text/declared-encoding';
import { isNoWord } from '../../../shared/export/text/no-word';
import { rounds } from '../../rounds';
import { languages, moreLanguages } from './names-of-languages';
import { readExport } from './read-export';

/** Why bytes in a declared encoding are refused, or null. */
const refusal = (bytes: Buffer, declared: string): FileHold | null => {
  const watch = watchDeclared(declared);
  try {
    watch?.look(bytes);
    watch?.confirm();
    return null;
  } catch (cause) {
    if (!(cause instanceof FileHold)) throw cause;
    return cause;
  }
};

const canHold = (text: string, encoding: string): boolean =>
  iconv.decode(iconv.encode(text, encoding), encoding) === text;

const DOS_AND_MAC = ['cp850', 'cp437', 'macintosh', 'cp852', 'cp858'];

describe('a declared encoding that is right', () => {
  test.each([...languages, ...moreLanguages])(
    'never holds names of %s, alone or together',
    (_language, encodings, names) => {
      const all = names.split(' ');
      for (const encoding of [...encodings, ...DOS_AND_MAC]) {
        const words = all.filter((word) => canHold(word, encoding));
        const files = [words.join(';'), ...words, words.join('\u0020').toUpperCase()];
        for (const file of files.filter((text) => canHold(text, encoding)))
          expect([encoding, file, refusal(iconv.encode(`${file}\n`, encoding), encoding)?.values ?? null]).toEqual([
            encoding,
            file,
            null,
          ]);
      }
    },
  );

  test('never holds any names of any languages in one file', () => {
    const every = [...languages, ...moreLanguages].flatMap(([, , names]) => names.split(' '));
    fc.assert(
      fc.property(
        fc.constantFrom(
          'windows-1252',
          'windows-1250',
          'iso-8859-2',
          'iso-8859-15',
          'windows-1257',
          'cp850',
          'macintosh',
        ),
        fc.array(fc.constantFrom(...every), { minLength: 1, maxLength: 8 }),
        (encoding, some) => {
          const file = some.filter((name) => canHold(name, encoding)).join('\n');
          expect([file, refusal(iconv.encode(file, encoding), encoding)?.values ?? null]).toEqual([file, null]);
        },
      ),
      { numRuns: rounds(200) },
    );
  });

  test('holds no signs that people write beside letters', () => {
    const texts = [
      'Müller–Schmidt',
      'n° 5 §3',
      '“Jack” Müller',
      'José María®',
      'Mª José',
      'D´Angelo',
      '20 °C, 5 €',
      'Col·lell',
    ];
    expect(texts.map((text) => refusal(iconv.encode(text, 'windows-1252'), 'windows-1252'))).toEqual(
      texts.map(() => null),
    );
  });
});

describe('a declared encoding that is wrong', () => {
  const western = languages.filter(([language]) =>
    /^(?:French|German|Spanish|Portuguese|Swedish|Danish and Norwegian|Icelandic)$/.test(language),
  );

  test.each(western)('holds names of %s from DOS and the Macintosh', (_language, _encodings, names) => {
    fc.assert(
      fc.property(
        fc.constantFrom('cp850', 'cp437', 'macintosh'),
        fc.constantFrom('windows-1252', 'iso-8859-15'),
        fc.shuffledSubarray(names.split(' '), { minLength: 10 }),
        (written, declared, some) => {
          const words = some.filter((word) => canHold(word, written));
          // Code page 437 has no ø: the one or two names that are left say too little.
          if (words.length < 10) return;
          const bytes = iconv.encode(words.join(';'), written);
          // A byte that the declared encoding lacks is told when it is decoded.
          if (/[\u0080-\u009f\ufffd]/.test(iconv.decode(bytes, declared))) return;
          expect([words, refusal(bytes, declared)?.code]).toEqual([words, 'encoding-doubtful']);
        },
      ),
      { numRuns: rounds(40) },
    );
  });

  // All names of a language, of which four fifths or more are read as something else. What is accepted all the same makes words there, too.
  test('is accepted only where its words may be words', () => {
    const encodings = ['windows-1252', 'iso-8859-2', 'windows-1250', 'cp850', 'macintosh', 'cp852'];
    const accepted = languages.flatMap(([language, , names]) =>
      encodings.flatMap((written) => {
        const words = names.split(' ').filter((word) => canHold(word, written));
        if (words.length < 10) return [];
        return encodings.flatMap((declared) => {
          const bytes = iconv.encode(words.join(';'), written);
          const read = iconv.decode(bytes, declared);
          const differing = read.split(';').filter((word, at) => word !== words[at]).length;
          if (differing < words.length * 0.8 || /[\u0080-\u009f\ufffd]/.test(read)) return [];
          return refusal(bytes, declared) === null ? [`${language}: ${written} as ${declared}`] : [];
        });
      }),
    );
    // Nicolò ends in ï, Noè in ä, and Italian has few other letters.
    expect(accepted).toEqual(['Italian: cp850 as macintosh']);
  });

  test('is told with the word, and with the encoding in which it is one', async () => {
    const csv = (name: string) => `EmployeeID,Email,Status\n1,a,${name}\n2,b,J\u00f6rg\n3,c,K\u00e4the\n`;
    const read = (encoding: string, declared: string, name = 'Müller') =>
      readExport(iconv.encode(csv(name), encoding), { encoding: declared });
    expect((await read('cp850', 'windows-1252', 'Böhm')).hold?.values).toEqual({
      doubt: 'declared',
      encoding: 'windows-1252',
      value: { quote: 'B”hm' },
      other: 'cp850',
      otherValue: { quote: 'Böhm' },
    });
    expect((await read('macintosh', 'windows-1252')).hold?.values).toMatchObject({
      doubt: 'declared',
      other: 'macintosh',
    });
    expect((await read('windows-1252', 'cp850')).hold?.values).toMatchObject({
      doubt: 'declared',
      other: 'windows-1252',
    });
    expect((await read('cp850', 'windows-1252')).hold).toMatchObject({
      code: 'encoding-doubtful',
      values: { doubt: 'declared-byte', byte: '0x81', line: 2, other: 'cp850', value: { quote: 'Müller' } },
      at: { line: 2 },
    });
    for (const [encoding, declared] of [
      ['cp850', 'cp850'],
      ['macintosh', 'macintosh'],
      ['windows-1252', 'windows-1252'],
    ] as const)
      expect(
        (await read(encoding, declared)).records.map((record) => record.kind === 'csv' && record.cells[2]),
      ).toEqual(['Müller', 'Jörg', 'Käthe']);
  });

  test('is seen before much of a large file is read', () => {
    let given = 0;
    const words = ['Jörg', 'Böhm', 'Köln', 'Höß', 'Vögel', 'Römer', 'Töpfer', 'Möller', 'Größe'];
    const part = iconv.encode(
      words
        .map((word) => `1,a,${word}\n`)
        .join('')
        .repeat(500),
      'cp850',
    );
    const watch = watchDeclared('windows-1252');
    expect(() => {
      for (; given < 1_000 * part.length; given += part.length) watch?.look(part);
    }).toThrow('encoding-doubtful');
    expect(given).toBe(0);
  });
});

test.each([
  'M”ller',
  'Strau§',
  'JosŽ',
  'GenŽve',
  'Ib‡–ez',
  '€nne',
  'ƒric',
  'Mьller',
  'Mόller',
  'хБЮМ',
  'Gr▀n',
  'Kov·cs',
  'Sz˚cs',
])('%s is a word of no language', (word) => expect(isNoWord(word)).toBe(true));

test.each([
  'Růžička',
  'Dušan',
  'Božena',
  'ŽIŽKA',
  'hÉanna',
  'McÉwan',
  'O’Connor',
  '“Jack”',
  'Müller–Schmidt',
  'Col·lell',
  'Mª',
  'Иван',
  'ИВАН',
  '€',
  '§',
])('%s may be a word', (word) => expect(isNoWord(word)).toBe(false));
