// The letters above ASCII of the languages that names and addresses are written in, by the family of encodings that has them.
// Source: the exemplar characters of Unicode CLDR 46 (main and auxiliary, as far as names use them).

/** Languages of Windows-1252 and ISO-8859-15: German, French, Spanish, Portuguese, Italian, Dutch, Swedish and Finnish, Danish and
 * Norwegian, Icelandic, Faroese, Catalan, Estonian. */
export const westernAlphabets: readonly string[] = [
  'äöüß',
  'àâæçéèêëîïôœùûüÿ',
  'áéíñóúü',
  'áâãàçéêíóôõúü',
  'àèéìíîòóùú',
  'áàéèëêïíóôöüç',
  'åäöéüáàèšž',
  'æøåéöäüóòôêèá',
  'áðéíóúýþæö',
  'áðíóúýæø',
  'àçéèíïóòúü',
  'äöõüšž',
];

/** Languages of Windows-1250 and ISO-8859-2: Polish, Czech, Slovak, Hungarian, Croatian and Slovene, Romanian, German. */
export const centralAlphabets: readonly string[] = [
  'ąćęłńóśźż',
  'áčďéěíňóřšťúůýž',
  'áäčďéíĺľňóôŕšťúýž',
  'áéíóöőúüű',
  'čćđšž',
  'ăâîşţ',
  'äöüß',
];

/** Languages of Windows-1254: Turkish, German. */
export const turkishAlphabets: readonly string[] = ['çğıöşüâîûi\u0307', 'äöüß'];

/** Languages of Windows-1257 and ISO-8859-13: Lithuanian, Latvian, Estonian, Polish, German. */
export const balticAlphabets: readonly string[] = ['ąčęėįšųūž', 'āčēģīķļņōŗšūž', 'äöõüšž', 'ąćęłńóśźż', 'äöüß'];
