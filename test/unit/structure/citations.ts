// What comments and pages cite from the design, the reference and the model, and whether it exists.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { filesUnder, REPOSITORY } from './code-use';

const read = (file: string): string => readFileSync(join(REPOSITORY, file), 'utf8');

/** The names of the model's rules, as the explorer lists them. */
export function rulesOfModel(): readonly string[] {
  const explorer = join(REPOSITORY, 'docs/model/explore.mjs');
  return Object.keys(JSON.parse(execFileSync(process.execPath, [explorer, '--rules'], { encoding: 'utf8' })) as object);
}

/** Members of a row of the model, by the table in its README. */
export const rowOfModel = (): readonly string[] =>
  [...read('docs/model/README.md').matchAll(/^\| `(\w+)` \| `\w+` \|/gm)].map(([, name]) => name!);

/** What can be cited from a page: its numbered headings, the numbered paragraphs below them, and `3 Order`. */
export function sectionsOf(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  let section = '';
  for (const line of text.split('\n')) {
    const heading = /^#+ ((?:[A-Z]|\d+)(?:\.\d+)?)\.? /.exec(line)?.[1];
    const paragraph = /^(\d+)\. /.exec(line)?.[1] ?? (line.startsWith('**Order.**') ? 'Order' : undefined);
    if (heading !== undefined) found.add((section = heading));
    else if (paragraph !== undefined) found.add(section + (paragraph === 'Order' ? ' ' : '.') + paragraph);
  }
  return found;
}

const SECTION = '§(?:[A-Z]|\\d+)(?:\\.\\d+)*(?:–[\\d.]*\\d)?(?: Order)?';
const SECTIONS = `${SECTION}(?:(?:,? and|,) ${SECTION})*`;
const OTHER_STANDARDS = new RegExp(`RFC \\d+ ${SECTIONS}`, 'g');
const CITATIONS = new RegExp(`(?:(docs/(?:design|reference/[a-z-]+)\\.md),? )?(${SECTIONS})`, 'g');

/** Every section that a text cites and that does not exist. A section without a page belongs to `own`, or to nothing. */
export function brokenCitations(text: string, own: string | null): readonly string[] {
  const known = new Map<string, ReadonlySet<string>>();
  const sections = (page: string): ReadonlySet<string> => {
    const found = known.get(page) ?? (existsSync(join(REPOSITORY, page)) ? sectionsOf(read(page)) : new Set<string>());
    known.set(page, found);
    return found;
  };
  return [...text.replace(OTHER_STANDARDS, '').matchAll(CITATIONS)].flatMap(([citation, named, list]) => {
    const page = named ?? own;
    const cited = [...list!.matchAll(new RegExp(SECTION, 'g'))].flatMap(([one]) => endsOf(one.slice(1)));
    return page !== null && cited.every((one) => sections(page).has(one)) ? [] : [citation];
  });
}

/** `3.1–6` is from 3.1 to 3.6. */
function endsOf(range: string): readonly string[] {
  const [first, last] = range.split('–');
  if (last === undefined) return [first!];
  return [first!, last.includes('.') ? last : `${first!.split('.')[0]!}.${last}`];
}

/** Rules and members of the model that a comment names and that do not exist, and citations in another spelling. */
export function brokenNames(comment: string, rules: readonly string[], members: readonly string[]): readonly string[] {
  const named = [...comment.matchAll(/\*([a-z]\w*)\*/g)].filter(([, rule]) => !rules.includes(rule!));
  const ofRow = [...comment.matchAll(/docs\/model: `(\w+)`/g)].filter(([, member]) => !members.includes(member!));
  const otherwise = [
    ...comment.matchAll(/(?<!docs\/)\bmodel: [`*]|\(model: \w+|\b(?:design|reference),? (?:Order|§)/g),
  ];
  const records = [...comment.matchAll(/(?:\bADR |docs\/adr\/)(\d{4})/g)].filter(
    ([, number]) => !filesUnder('docs/adr', '.md').some((file) => file.startsWith(`docs/adr/${number!}-`)),
  );
  return [...named, ...ofRow, ...otherwise, ...records].map(([found]) => found);
}

/** All comments of a source text in one line, without their marks. */
export function commentsIn(file: string, text: string): string {
  const ranges = new Map<number, ts.CommentRange>();
  const visit = (node: ts.Node): void => {
    for (const range of ts.getLeadingCommentRanges(text, node.pos) ?? []) ranges.set(range.pos, range);
    for (const range of ts.getTrailingCommentRanges(text, node.end) ?? []) ranges.set(range.pos, range);
    for (const child of node.getChildren()) visit(child);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return [...ranges.values()]
    .sort((a, b) => a.pos - b.pos)
    .map(({ pos, end }) => text.slice(pos, end).replace(/^\/\*\*?|\*\/$|^\/\/|^\s*\*(?= |$)/gm, ''))
    .join(' ')
    .replace(/\s+/g, ' ');
}
