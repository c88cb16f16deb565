import fc from 'fast-check';
import { escaped, html, jsonData, type Part, raw, safeJson } from '../../../shared/page/html';
import { visible, visibleValue } from '../../../shared/page/visible';

/** Any UTF-16 text, lone surrogates too, with the characters that matter more often. */
const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom('<', '>', '&', '"', "'", '`', '</script>', '<!--', '\u202E', '\u2028', '\uD800', ' ', '  ', 'a'),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

test('what is inserted is text, whatever it says', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(html`<p title="${text}">${text}</p>`.text).toMatch(/^<p title="[^"<>'`]*">[^"<>'`]*<\/p>$/);
    }),
  );
});

test('an escaped text reads as the text with its invisible characters named', () => {
  const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#96': '`' };
  fc.assert(
    fc.property(anyText, (text) => {
      expect(escaped(text).replace(/&([a-z0-9#]+);/g, (_, name: string) => names[name]!)).toBe(visible(text));
    }),
  );
});

test('HTML goes in as it is, lists one after the other, and nothing for null and false', () => {
  const item = (text: string) => html`<li>${text}</li>`;
  const parts: readonly Part[] = [['a', '<b>'].map(item), null, false, 0, raw('<hr>')];
  expect(html`<i>${parts}</i>`.text).toBe('<i><li>a</li><li>&lt;b&gt;</li>0<hr></i>');
});

test('data for a script parses to the same value, and cannot end its element', () => {
  fc.assert(
    fc.property(fc.array(anyText), (value) => {
      const json = safeJson(JSON.stringify(value));
      expect(json).not.toMatch(/[<>&\u2028\u2029]/);
      expect(JSON.parse(json)).toEqual(value);
    }),
  );
  expect(jsonData('a', '"</script>"').text).toBe(
    '<script type="application/json" id="a">"\\u003c/script\\u003e"</script>',
  );
});

test.each([
  ['\u202Egnp.exe', '[U+202E]gnp.exe'],
  ['a\u200Bb\u00ADc', 'a[U+200B]b[U+00AD]c'],
  ['\uD800', '[U+D800]'],
  ['\u{E0041}', '[U+E0041]'],
  ['a\r\nb', 'a[U+000D][U+000A]b'],
  ['José 李 👩 עברית', 'José 李 👩 עברית'],
])('an invisible character is named: %j', (text, shown) => expect(visible(text)).toBe(shown));

test.each([
  ['Ana Bel', 'Ana Bel'],
  ['Ana\u00A0Bel', 'Ana[U+00A0]Bel'],
  [' Ana  Bel ', '␣Ana␣␣Bel␣'],
  ['   ', '␣␣␣'],
  ['', ''],
])('spaces of a value that would be missed are shown: %j', (text, shown) => expect(visibleValue(text)).toBe(shown));
