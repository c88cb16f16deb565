// Comments and pages cite the design, the reference and the model: what they cite exists.
import { brokenCitations, brokenNames, commentsIn, rowOfModel, rulesOfModel, sectionsOf } from './citations';
import { filesUnder, readProductFile as read } from './code-use';

const rules = rulesOfModel();
const members = rowOfModel();
const code = ['shared', 'functions', 'cli', 'local', 'bench', 'test'].flatMap((folder) =>
  ['.ts', '.mjs', '.cjs'].flatMap((suffix) => filesUnder(folder, suffix)),
);
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...['docs', 'infra', 'samples', 'local', 'test'].flatMap((folder) => filesUnder(folder, '.md')),
];
/** Most files cite nothing, and finding comments takes a parser. */
const mayCite = (file: string): boolean => /§|\*[a-z]\w*\*|\bmodel: |\bdesign,|\bADR |docs\/adr/.test(read(file));
/** The page that a section without a page's name belongs to. */
function ownPage(file: string): string | null {
  if (file.startsWith('docs/model/')) return 'docs/design.md';
  if (file === 'docs/entra-provisioning.md') return 'docs/reference/graph-provisioning.md';
  return /^docs\/(design|reference\/.*)\.md$/.test(file) ? file : null;
}

test('what comments cite exists', () => {
  const broken = code.filter(mayCite).flatMap((file) => {
    const comments = commentsIn(file, read(file));
    return [...brokenCitations(comments, null), ...brokenNames(comments, rules, members)].map(
      (one) => `${file}: ${one}`,
    );
  });
  expect(code.length).toBeGreaterThan(300);
  expect(broken).toEqual([]);
});

test('what pages cite exists', () => {
  const broken = [...pages, 'docs/model/protocol.mjs'].flatMap((file) =>
    brokenCitations(read(file), ownPage(file)).map((one) => `${file}: ${one}`),
  );
  expect(broken).toEqual([]);
});

test('the design and the record about order name every rule of the model, and no other', () => {
  const order = read('docs/design.md').split('**Order.**')[1]!.split('\n## ')[0]!;
  const inDesign = [...order.matchAll(/(?<=[-.,] |\n {2})\*(\w+)\*/g)].map(([, rule]) => rule);
  const inRecord = [...read('docs/adr/0015-order.md').matchAll(/^\| \*(\w+)\* \|/gm)].map(([, rule]) => rule);
  expect([...inDesign].sort()).toEqual([...rules].sort());
  expect([...inRecord].sort()).toEqual([...rules].sort());
});

test('the sections of a page are its numbered headings and paragraphs', () => {
  const page =
    '# Title\n## 3. The flow\n1. Arrival\n2. Reading\n**Order.** Sent is\n### 4.1 Set-up\n## D. Platform\n### D.10 Flex';
  expect([...sectionsOf(page)]).toEqual(['3', '3.1', '3.2', '3 Order', '4.1', 'D', 'D.10']);
});

test.each([
  ['docs/design.md §3.7', []],
  ['docs/design.md §3.1–6, §3 Order and §7.5', []],
  ['docs/reference/graph-provisioning.md §4.2–4.3', []],
  ['docs/reference/azure-functions.md §D.10', []],
  ['@see RFC 7643 §4.1, §4.1.2 and §2.3.6–7', []],
  ['docs/design.md §3.77', ['docs/design.md §3.77']],
  ['docs/design.md §3.1–60', ['docs/design.md §3.1–60']],
  ['docs/design.md §4 Order', ['docs/design.md §4 Order']],
  ['docs/reference/gone.md §1', ['docs/reference/gone.md §1']],
  ['as §3.7 says', ['§3.7']],
])('a wrong citation is found: %s', (comment, broken) => {
  expect(brokenCitations(comment, null)).toEqual(broken);
});

test.each([
  ['(*overtakeFirst*, docs/model: *fence*, docs/model: `un`) ADR 0012', []],
  ['(*overtakeLast*)', ['*overtakeLast*']],
  ['docs/model: `gone`', ['docs/model: `gone`']],
  ['(model: n), (design, Order), (model: *fence*)', ['(model: n', 'design, Order', 'model: *']],
  ['ADR 0999', ['ADR 0999']],
])('a wrong name is found: %s', (comment, broken) => {
  expect(brokenNames(comment, rules, members)).toEqual(broken);
});

test('comments are told from strings, and read across their lines', () => {
  const text =
    "/** One (docs/design.md\n * §3.7) *fence* */\nconst a = '§9'; // two\n// three\nconst b = /\\/\\/ §9/; /* four */";
  expect(commentsIn('a.ts', text).trim()).toBe('One (docs/design.md §3.7) *fence* two three four');
});
