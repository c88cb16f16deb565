import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSourceSettings } from '../../../shared/source/source-settings';
import { codesOfRows } from './one-file';
import { mapFileOf, NOW } from './one-row';

interface Example {
  readonly settings: object;
  readonly row?: Readonly<Record<string, unknown>>;
  /** The day by which the days of the row are judged. */
  readonly today?: string;
  /** Rows after it in the file. */
  readonly others?: readonly Readonly<Record<string, unknown>>[];
  readonly user?: object;
  readonly absent?: readonly string[];
  readonly waits?: string;
  readonly rejected?: { readonly code: string; readonly column: string };
  readonly leftOut?: { readonly code: string; readonly column: string };
  readonly problems?: Readonly<Record<string, string>>;
  /** In place of `row`: the rows of a file, and the code of each, `sent` for one that is sent. */
  readonly rows?: readonly Readonly<Record<string, string>>[];
  readonly codes?: readonly string[];
}

const page = readFileSync(join(__dirname, '../../../docs/mapping.md'), 'utf8');

/** The fenced blocks of one kind, each with the heading above it. */
function blocksOf(kind: string): { readonly title: string; readonly value: unknown }[] {
  const found: { title: string; value: unknown }[] = [];
  let title = '';
  for (const [, heading, fence, body] of page.matchAll(/^#+ (.*)$|^```json (\w+)\n([^]*?)^```$/gm)) {
    title = heading ?? title;
    if (fence === kind) found.push({ title, value: JSON.parse(body!) });
  }
  return found;
}

const base = blocksOf('settings')[0]!.value as object;
const examples = blocksOf('example').map(({ title, value }, index) => [index + 1, title, value as Example] as const);

test('the page has an example for each feature of a leaf', () => {
  const text = JSON.stringify(examples);
  const features = ['column', 'const', 'expression', 'type', 'date', 'values', 'unknown', 'default', 'required'];
  const more = [
    'whenEmpty',
    'trim',
    'case',
    'split',
    'phone',
    'extension',
    'country',
    'blank',
    'form',
    'lookup',
    'prefer',
    'onUnreadable',
  ];
  const ofStatus = ['all', 'others', 'until', 'from', 'before', 'daysBefore'];
  expect([...features, ...more, ...ofStatus].filter((feature) => !text.includes(`"${feature}":`))).toEqual([]);
});

test.each(examples)('example %i of docs/mapping.md (%s) does what the page says', async (_number, _title, example) => {
  const parsed = parseSourceSettings(JSON.stringify({ ...base, ...example.settings }), 'docs');
  if (example.problems !== undefined) {
    expect(parsed.ok ? {} : Object.fromEntries(parsed.problems.map(({ path, code }) => [path, code]))).toEqual(
      example.problems,
    );
    return;
  }
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  if (example.rows !== undefined) {
    expect(await codesOfRows(parsed.settings, example.rows)).toEqual(example.codes);
    return;
  }
  const { today, others } = example;
  const asOf = today === undefined ? NOW : { date: today };
  const mapped = await mapFileOf(parsed.settings, example.row ?? {}, asOf, others);
  if (example.rejected !== undefined) {
    expect(mapped).toMatchObject({
      kind: 'rejected',
      rejection: { code: example.rejected.code, at: { column: example.rejected.column } },
    });
    return;
  }
  expect(mapped).toMatchObject({ kind: 'user', ...(example.waits !== undefined && { goesOn: example.waits }) });
  const user: Record<string, unknown> = mapped.kind === 'user' ? mapped.user : {};
  for (const [member, value] of Object.entries(example.user ?? {}))
    expect([member, user[member]]).toEqual([member, value]);
  expect((example.absent ?? []).filter((member) => member in user)).toEqual([]);
  const leftOut = mapped.kind === 'user' ? (mapped.leftOut ?? []) : [];
  expect(leftOut.map(({ why }) => ({ code: why.code, column: why.at.column }))).toEqual(
    example.leftOut ? [example.leftOut] : [],
  );
});
