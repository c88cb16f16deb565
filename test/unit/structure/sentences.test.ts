// Sentences for people are in the messages files only: everything else passes codes and values on.
import ts from 'typescript';
import { filesUnder, readProductFile } from './code-use';

/** Sentences for people who edit a source.json: its JSON Schema has them as descriptions. */
const ALLOWED: ReadonlySet<string> = new Set([
  'shared/source/active-settings.ts',
  'shared/source/expect-settings.ts',
  'shared/source/settings-schema.ts',
  'shared/source/mapping-settings.ts',
  'shared/source/guard-settings.ts',
  'shared/source/quota-settings.ts',
  'shared/source/rows-per-person-settings.ts',
  'shared/source/rows-settings.ts',
  'shared/source/unknown-inactive-settings.ts',
]);

const logicFiles = filesUnder('shared', '.ts').filter((file) => !file.endsWith('-messages.ts') && !ALLOWED.has(file));

/** A capital or a quote first, at least two words, and an end: a text or a template meant for people. */
const SENTENCE = /^["A-Z]\S*\s.*[.?!]$/s;

/** The texts of a source that read like sentences; an inserted value of a template counts as a word. */
export function sentencesIn(file: string, text: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const said = ts.isStringLiteralLike(node)
      ? node.text
      : ts.isTemplateExpression(node)
        ? node.head.text + node.templateSpans.map(({ literal }) => `X${literal.text}`).join('')
        : '';
    if (SENTENCE.test(said)) found.push(`${file}: ${said}`);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

test('no sentence for people is written in logic', () => {
  expect(logicFiles.length).toBeGreaterThan(150);
  expect(logicFiles.flatMap((file) => sentencesIn(file, readProductFile(file)))).toEqual([]);
});

test('logic imports no messages: only the languages and the commands do', () => {
  const importers = filesUnder('shared', '.ts').filter((file) => /from '[^']+-messages'/.test(readProductFile(file)));
  expect(importers).toEqual(['shared/messages/english.ts']);
});

test('the look finds sentences, also in templates, and nothing else', () => {
  const text = `
    const a = 'The file is empty.';
    const b = \`\${count} rows are missing.\`;
    const c = ['settings-not-json', 'CSV', 'UTF-8 and more', 'the gate changed at every try to swap it', 'Done.'];
  `;
  expect(sentencesIn('x.ts', text)).toEqual(['x.ts: The file is empty.', 'x.ts: X rows are missing.']);
});
