// Names of one language in one single-byte encoding: recognised or held, never read as other names.
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { FileHold } from '../../../shared/core/errors';
import { tellLegacyEncoding } from '../../../shared/export/text/legacy-encoding';
import { readExport } from './read-export';

const western = ['windows-1252'];
const central = ['iso-8859-2', 'windows-1250'];

const languages: readonly (readonly [language: string, encodings: readonly string[], names: string])[] = [
  [
    'French',
    western,
    'Hélène Thérèse François Benoît Chloé Zoé Gaëtan Mickaël Loïc Anaïs Noël Aurélie Jérôme Désirée Inès Agnès Lefèvre Beauséjour Mathéo Côté Bérénice Geneviève Frédérique Cécile Rémi Étienne Éric Hervé Joël Maëlle Mélanie Noémie Raphaël Sébastien Stéphane Valérie Véronique Jérémy Théo Léa Élodie Émile Gérard Gisèle Irène Michèle Solène Eugène Barthélémy Guérin Prévost Séguin Légaré Bélanger Trépanier Gagné Désilets Hébert Bégin Dubé Pâquet Pérès',
  ],
  [
    'German',
    western,
    'Müller Jürgen Groß Schröder Köhler Weiß Böhm Jäger Krämer Schäfer Günther Voß Lüdecke Töpfer Größe Übel Österreich Ähren',
  ],
  [
    'Spanish',
    western,
    'José Núñez Peña Muñoz Ibáñez Martínez García Hernández López Sánchez Ramírez González Íñigo Begoña Iñaki Ángel Óscar Mónica Ordóñez Zúñiga Piñeiro Cañizares Castaño',
  ],
  [
    'Portuguese',
    western,
    'João Conceição Gonçalves Simões Magalhães Guimarães Inês Mônica Antônio Luís Araújo Sebastião Assunção Brandão Falcão Leitão Ângela Patrícia',
  ],
  ['Italian', western, 'Nicolò Niccolò Fabrò Cantù Papà Mosè Noè Dalpasserò Nicolà Desirè'],
  [
    'Swedish',
    western,
    'Åsa Håkan Göran Björn Sjöberg Åkesson Sjöström Lindström Bäckström Öberg Ström Hägg Ståhl Märta Pär Sörensen',
  ],
  [
    'Danish and Norwegian',
    western,
    'Søren Jørgen Bjørn Kåre Ærø Øystein Håkon Kjær Møller Sørensen Jørgensen Næss Tórshavn Åge Bjørnson Mørk Ødegård Bråten Grønn',
  ],
  [
    'Icelandic',
    western,
    'Þór Guðrún Sigurður Jón Björk Ásta Þórdís Guðmundur Halldór Davíð Róbert Eiður Aðalsteinn Ægir Örn',
  ],
  [
    'Polish',
    central,
    'Łukasz Wałęsa Dąbrowska Ćwikła Wiśniewska Żak Kamiński Zieliński Woźniak Kozłowski Jabłoński Wójcik Małgorzata Grażyna Bożena Stanisław Mirosław Rafał Michał Gołąb Nowakówna Śmiały',
  ],
  [
    'Czech',
    central,
    'Dvořák Jiří Růžena Šťastný Beneš Nováček Kučera Černý Procházka Veselý Říha Němec Pokorný Doležal Růžička Sedláček Zdeněk Ondřej Lukáš Matěj Vojtěch Bohouš Vlček',
  ],
  ['Hungarian', central, 'Őry Szűcs Kovács Szabó Tóth Horváth Németh Erdős Győző Gergő László Jenő Sándor Péter Fűzes'],
  ['Romanian', central, 'Ştefan Ţepeş Mădălina Cătălin Râşnov Pîrvu Ionuţ Bogdănescu Ană Mureşan Grigoraş Bălan'],
  ['Croatian', central, 'Đorđe Kovačić Šimić Žarko Babić Marković Čović Ćosić Horvatinčić'],
  ['Turkish', ['windows-1254'], 'Erdoğan Yıldız Şahin Özdemir Çelik Gülşen İbrahim Işık Doğan Ayşe Güneş Kılıç Aydın'],
];

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
