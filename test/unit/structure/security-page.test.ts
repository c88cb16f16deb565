// docs/security.md: each file and each test that it names exists, and nothing that rests, guards or attacks is left out.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { STORAGE_NAMES } from '../../../shared/storage/azure-storage';
import { templateRoles } from '../../azure-template';
import { filesUnder, readProductFile as read, REPOSITORY } from './code-use';

const page = read('docs/security.md');

/** Tests that the page names: a file under test/, and the titles behind it. */
interface Proof {
  readonly file: string;
  readonly titles: readonly string[];
}

const TITLE = '"[^"]+"';
const PROOF = new RegExp(`\`([\\w/-]+\\.(?:test|faults)\\.ts)\`((?:,? ${TITLE})*)`, 'g');

/** Every test file that a text names, with its titles; a title may be wrapped. */
const proofsIn = (text: string): readonly Proof[] =>
  [...text.replace(/\s+/g, ' ').matchAll(PROOF)].map(([, file, titles]) => ({
    file: `test/${file!}`,
    titles: [...titles!.matchAll(new RegExp(TITLE, 'g'))].map(([title]) => title.slice(1, -1)),
  }));

/** Every text of a source, as the page writes it: `…` for each part that a test fills in. */
function textsIn(file: string, text: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) found.add(node.text.replace(/%[a-z]/g, '…'));
    if (ts.isTemplateExpression(node))
      found.add(node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join(''));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

/** A title stands as it is in the source, or is that of an attack: `<does>: <holds>`. */
function isTitle(title: string, texts: ReadonlySet<string>): boolean {
  if (texts.has(title)) return true;
  return [...title.matchAll(/: /g)].some(
    ({ index }) => texts.has(title.slice(0, index)) && texts.has(title.slice(index + 2)),
  );
}

/** What a page names and does not exist, and files of which it names no test. */
const missingProofs = (text: string): readonly string[] =>
  proofsIn(text).flatMap(({ file, titles }) => {
    if (!existsSync(join(REPOSITORY, file))) return [file];
    if (titles.length === 0) return [`${file}: no title`];
    const texts = textsIn(file, read(file));
    return titles.filter((title) => !isTitle(title, texts)).map((title) => `${file}: ${title}`);
  });

test('every test that the page names exists', () => {
  expect(proofsIn(page).length).toBeGreaterThan(40);
  expect(missingProofs(page)).toEqual([]);
});

test('a test that does not exist is found', () => {
  const text = [
    '`attacks/queue-writer.test.ts` "names … on arrivals: nothing is read", "names … on arrivals: all is\nread"',
    '`unit/graph/gone.test.ts` "a title"',
    '`unit/core/names.test.ts` and',
    '`unit/core/names.test.ts` "a step of a path is one step", "(%j)"',
  ].join('; ');
  expect(missingProofs(text)).toEqual([
    'test/attacks/queue-writer.test.ts: names … on arrivals: all is read',
    'test/unit/graph/gone.test.ts',
    'test/unit/core/names.test.ts: no title',
    'test/unit/core/names.test.ts: (%j)',
  ]);
});

test('every other file that the page names exists', () => {
  const named = [...page.matchAll(/`((?:\.ci|[a-z]+)\/[\w/.-]*\w)`/g)].map(([, name]) => name!);
  const others = named.filter((name) => !/\.(?:test|faults)\.ts$/.test(name));
  expect(others.length).toBeGreaterThan(5);
  expect(others.filter((name) => !existsSync(join(REPOSITORY, name)))).toEqual([]);
});

test('every attacker has a chapter, and every file of attacks is named', () => {
  const attackers = [...read('test/attacks/README.md').matchAll(/^\| .*`[\w./-]+\.test\.ts`.*\|.*\|$/gm)];
  const chapters = [...page.matchAll(/^### \d\. Who /gm)];
  expect(chapters).toHaveLength(attackers.length);
  const named = new Set(proofsIn(page).map(({ file }) => file));
  expect(
    ['.test.ts', '.faults.ts'].flatMap((end) => filesUnder('test/attacks', end)).filter((file) => !named.has(file)),
  ).toEqual([]);
});

test('every container, table and queue says what it holds of people', () => {
  const places = [...page.matchAll(/^\| (.*?) \|/gm)].map(([, place]) => place!).join('\n');
  const missing = [
    ...STORAGE_NAMES.containers.map((name) => `\`${name}/\``),
    ...STORAGE_NAMES.tables.map((name) => `table \`${name}\``),
    ...STORAGE_NAMES.queues.map((name) => `\`${name}\``),
  ].filter((place) => !places.includes(place));
  expect(missing).toEqual([]);
});

test('the template deletes what the page says, after as many days', () => {
  const storage = read('infra/storage.bicep');
  const deleted = page.matchAll(/^\| `(\w+\/)` \|.*\| (?:`retentionDays`|the same).*\|$/gm);
  const prefixes = /prefixMatch: \[(.*)\]/.exec(storage)![1]!;
  expect([...deleted].map(([, name]) => name)).toEqual([...prefixes.matchAll(/'([^']+)'/g)].map(([, name]) => name));
  const days = /param retentionDays int = (\d+)/.exec(read('infra/main.bicep'))![1]!;
  expect(page).toContain(`\`retentionDays\` (${days})`);
});

/** The words of the page for whom and on what the template gives a role. */
const WHO = {
  app: "the app's identity",
  topic: "the topic's identity",
  hrGroup: "HR's group (`hrGroupId`)",
  identityTeam: "the identity team's group (`identityTeamGroupId`)",
} as const;
const ON = {
  account: 'the storage account',
  insights: 'Application Insights',
  vault: 'the Key Vault, where there is one',
  'queue events': 'queue `events`, in a private installation',
} as const;

test('the roles that the template gives are those of the page, no more and no less', () => {
  const wordsFor = (on: string): string =>
    on in ON ? ON[on as keyof typeof ON] : on.replace(/^container (\w+)$/, 'container `$1`');
  const table = /\| to whom \| role \| on \|\n\|---\|---\|---\|\n((?:\|.*\n)+)/.exec(page)![1]!;
  expect(table.trimEnd().split('\n')).toEqual(
    templateRoles().map(({ who, role, on }) => {
      const name = role.replace(/[A-Z]/g, ' $&').replace(/^./, (letter) => letter.toUpperCase());
      return `| ${WHO[who as keyof typeof WHO]} | ${name} | ${wordsFor(on)} |`;
    }),
  );
});

test('what the page says of the app in words are its roles', () => {
  const identity = page.split("| the app's identity |")[1]!.split('|')[0]!.toLowerCase();
  const roles = templateRoles().filter(({ who, on }) => who === 'app' && on !== 'vault');
  expect(roles).toHaveLength(4);
  const words = roles.map(({ role }) => role.replace(/[A-Z]/g, ' $&').toLowerCase());
  expect(words.filter((role) => !identity.includes(role))).toEqual([]);
});
