import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesUnder, REPOSITORY } from './code-use';

const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'],
  ...['docs', 'infra', 'samples', 'local'].flatMap((folder) => filesUnder(folder, '.md')),
];
const read = (page: string): string => readFileSync(join(REPOSITORY, page), 'utf8');

/** Relative links of a page that lead nowhere: to no file, or to no anchor or heading of a page of ours. */
function brokenLinks(page: string, text: string): readonly string[] {
  const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
  return links.flatMap(([link, path, anchor]) => {
    const target = path === '' ? page : join(dirname(page), path!);
    if (!existsSync(join(REPOSITORY, target))) return [`${page}: ${link}`];
    if (anchor === undefined || !target.endsWith('.md')) return [];
    return read(target).includes(`<a id="${anchor}">`) || headingsOf(read(target)).includes(anchor)
      ? []
      : [`${page}: ${link}`];
  });
}

const headingsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replace(/ /g, '-'),
  );

test.each(pages)('every link of %s leads somewhere', (page) => {
  expect(brokenLinks(page, read(page))).toEqual([]);
});

test('a link to nowhere is found', () => {
  const text =
    '[a](errors.md) [b](gone.md) [c](operations.md#file-empty) [d](operations.md#gone) [e](https://x.example)';
  expect(brokenLinks('docs/mapping.md', text)).toEqual([
    'docs/mapping.md: ](gone.md)',
    'docs/mapping.md: ](operations.md#gone)',
  ]);
});

test('the index of decisions lists every record, and no other', () => {
  const listed = [...read('docs/adr/README.md').matchAll(/\]\((\d{4}-[^)]+)\)/g)].map(([, name]) => `docs/adr/${name}`);
  expect(listed).toEqual(filesUnder('docs/adr', '.md').filter((name) => !name.endsWith('README.md')));
});

const PARTS = ['Context', 'Decision', 'Consequences', 'What would change our mind'];

/** What a record lacks of its four parts: each is a heading, in this order, with a text below it. */
function missingParts(text: string): readonly string[] {
  const parts = [...text.matchAll(/^## (.+)\n+(?!#)\S/gm)].map(([, heading]) => heading!);
  const found = parts.filter((part) => PARTS.includes(part));
  return PARTS.filter((part, at) => found[at] !== part);
}

test('every record has a context, a decision, consequences and what would change our mind', () => {
  const records = filesUnder('docs/adr', '.md').filter((name) => !name.endsWith('README.md'));
  expect(records.flatMap((name) => missingParts(read(name)).map((part) => `${name}: ${part}`))).toEqual([]);
  expect(records.filter((name) => !read(name).startsWith(`# ${/\d{4}/.exec(name)![0]} `))).toEqual([]);
});

test('a part that is missing, empty or only mentioned is found', () => {
  const text =
    '# 0001 A\n\n## Context\n\nThe Decision.\n\n## Consequences\n\n## What would change our mind\n\nNothing.\n';
  expect(missingParts(text)).toEqual(['Decision', 'Consequences', 'What would change our mind']);
  expect(
    missingParts(text.replace('The Decision.', 'x\n\n## Decision\n\ny').replace('Consequences\n', '$&\nz\n')),
  ).toEqual([]);
});

test('the record about order names every rule of the model, and functions and files that exist', () => {
  const rows = [...read('docs/adr/0015-order.md').matchAll(/^\| \*(\w+)\* \|[^|]*\| (.+) \|$/gm)];
  const rules = /export const RULES = \{\n([^]*?)\n\};/.exec(read('docs/model/protocol.mjs'))![1]!;
  expect(rows.map(([, rule]) => rule).sort()).toEqual(
    [...rules.matchAll(/^ {2}(\w+):/gm)].map(([, rule]) => rule).sort(),
  );
  const missing = rows.flatMap(([, rule, where]) => {
    const quoted = [...where!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
    const files = quoted
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `shared/${name.includes('/') ? name : `run/${name}`}`);
    const gone = files.filter((file) => !existsSync(join(REPOSITORY, file)));
    const sources = files
      .filter((file) => !gone.includes(file))
      .map(read)
      .join('\n');
    const unknown = quoted
      .filter((name) => !name.endsWith('.ts'))
      .filter((name) => !new RegExp(`\\b${name.split('.').at(-1)!}\\b`).test(sources));
    return [...gone, ...unknown].map((name) => `${rule}: ${name}`);
  });
  expect(missing).toEqual([]);
});

/** Folders that the layout of the design names directly under `parent`: two spaces deeper than it. */
function foldersInLayout(layout: string, parent: string): readonly string[] {
  const lines = layout.split('\n');
  const start = lines.findIndex((line) => line.trim().startsWith(`${parent}/`));
  const depth = lines[start]!.search(/\S/) + 2;
  const below = lines.slice(start + 1);
  const end = below.findIndex((line) => line.search(/\S/) < depth);
  return below
    .slice(0, end)
    .filter((line) => line.search(/\S/) === depth && /^ +[a-z]+\//.test(line))
    .flatMap((line) => [.../^(?: +[a-z]+\/)+/.exec(line)![0].matchAll(/([a-z]+)\//g)])
    .map(([, folder]) => folder!);
}

test.each(['shared', 'shared/pipeline'])('the layout of the design names every folder of %s', (parent) => {
  const layout = read('docs/design.md').split('## 5. ')[1]!.split('```')[1]!;
  const named = foldersInLayout(layout, parent.split('/').at(-1)!);
  const folders = readdirSync(join(REPOSITORY, parent), { withFileTypes: true }).filter((one) => one.isDirectory());
  expect(folders.map(({ name }) => name).filter((name) => !named.includes(name))).toEqual([]);
  expect(named).not.toContain('entra');
});
