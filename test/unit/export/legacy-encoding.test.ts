// Names of one language in one single-byte encoding: recognised or held, never read as other names.
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { FileHold } from '../../../shared/core/errors';
import { tellLegacyEncoding } from '../../../shared/export/text/legacy-encoding';
import { languages } from './names-of-languages';
import { readExport } from './read-export';

/** The names as they are read, or `null` if they are held. */
const readBack = (names: string, encoding: string): string | null => {
  const bytes = iconv.encode(names, encoding);
  try {
    return iconv.decode(bytes, tellLegacyEncoding(bytes).encoding);
  } catch (cause) {
    if (!(cause instanceof FileHold)) throw cause;
    return null;
  }
};

describe('recognising the encoding of names', () => {
  test.each(languages)('of %s: a single name is read correctly or held', (_language, encodings, names) => {
    for (const encoding of encodings) {
      for (const name of names.split(' ')) expect([name, null]).toContain(readBack(name, encoding));
    }
  });

  test.each(languages)(
    'of %s: twelve names are read correctly, and hardly ever held',
    (_language, encodings, names) => {
      let held = 0;
      let runs = 0;
      fc.assert(
        fc.property(
          fc.constantFrom(...encodings),
          fc.array(fc.constantFrom(...names.split(' ')), { minLength: 12, maxLength: 12 }),
          (encoding, some) => {
            const read = readBack(some.join(';'), encoding);
            runs++;
            if (read === null) held++;
            else expect(read).toBe(some.join(';'));
          },
        ),
        { numRuns: 50 },
      );
      expect(held).toBeLessThan(runs / 4);
    },
  );

  test('letters that are the same in all encodings need no choice', () => {
    expect(readBack('Müller;Jäger;José', 'windows-1252')).toBe('Müller;Jäger;José');
  });

  test('letters of no European alphabet are held', () => {
    expect(readBack('Иван;Ольга;Пётр', 'koi8-r')).toBeNull();
    expect(readBack('Γιώργος;Ελένη', 'iso-8859-7')).toBeNull();
    expect(readBack('田中;鈴木', 'shift_jis')).toBeNull();
  });

  test('is recognised from the beginning and confirmed by the whole file', async () => {
    const csv = (late: string): Buffer =>
      iconv.encode(
        `EmployeeID,Email,Status\n1,a,Müller\n${`2,b,${'Plain '.repeat(80)}\n`.repeat(700)}3,c,${late}\n`,
        'windows-1252',
      );
    const more = await readExport(csv('José Núñez'));
    expect([more.hold, more.shape?.encoding, more.records.length]).toEqual([null, 'windows-1252', 702]);
    // ¹ is what the ą of Windows-1250 looks like.
    expect((await readExport(csv('D¹browska'))).hold?.code).toBe('encoding-doubtful');
  });
});

describe('letters that DOS and the Macintosh write', () => {
  const western = languages.filter(([language]) => /^(?:French|German|Spanish|Portuguese|Swedish)$/.test(language));

  test.each(western)(
    'of %s: are held, and told is in which encoding they are words',
    (_language, _encodings, names) => {
      for (const encoding of ['cp850', 'macintosh']) {
        const bytes = iconv.encode(names.split(' ').join(';'), encoding);
        let hold: unknown = null;
        try {
          tellLegacyEncoding(bytes);
        } catch (cause) {
          hold = cause;
        }
        expect(hold).toMatchObject({ code: 'encoding-doubtful', values: { doubt: 'words-elsewhere', encoding } });
      }
    },
  );

  test('are held where they look like small letters of Windows-1252', async () => {
    const { hold } = await readExport(
      iconv.encode('EmployeeID,Email,Status\nBjörn,Göran,Sören\nLindström,b,Nyström\n', 'macintosh'),
    );
    expect(hold?.values).toEqual({
      doubt: 'two-readings',
      first: { quote: 'Bjšrn' },
      firstEncoding: 'windows-1252',
      second: { quote: 'Björn' },
      secondEncoding: 'macintosh',
    });
  });

  test('an encoding that was refused is not named', () => {
    const tell = (bytes: Buffer) => () => tellLegacyEncoding(bytes);
    for (const text of ['Иван;Ольга;Пётр', 'Γιώργος;Ελένη'])
      for (const encoding of ['windows-1251', 'windows-1253', 'koi8-r']) {
        const bytes = iconv.encode(text, encoding);
        if (iconv.decode(bytes, encoding) !== text) continue;
        let guess: unknown = null;
        try {
          tell(bytes)();
        } catch (cause) {
          guess = (cause as FileHold).values['guess'] ?? null;
        }
        expect([
          'windows-1252',
          'iso-8859-1',
          'iso-8859-9',
          'iso-8859-2',
          'windows-1250',
          'windows-1254',
        ]).not.toContain(guess);
      }
  });
});
