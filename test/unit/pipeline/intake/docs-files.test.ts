// The whole files of docs/mapping.md, through intake: where each row goes, or why the file is held.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { intake } from '../../../../shared/pipeline/intake/intake';
import { readRecordLines } from '../../../../shared/run/row-lines';
import { runIdOf } from '../../../../shared/run/run';
import type { RowLine } from '../../../../shared/run/run-files';
import { memoryPipeline } from '../../memory/memory-pipeline';

interface FileExample {
  readonly settings: object;
  readonly lines: readonly string[];
  /** `<line> <id> <where it went>`. */
  readonly rows?: readonly string[];
  readonly held?: string;
}

const page = readFileSync(join(__dirname, '../../../../docs/mapping.md'), 'utf8');
const blocksOf = (kind: string): readonly unknown[] =>
  [...page.matchAll(new RegExp(`^\`\`\`json ${kind}\\n([^]*?)^\`\`\`$`, 'gm'))].map(
    ([, body = '']) => JSON.parse(body) as unknown,
  );
const base = blocksOf('settings')[0] as { readonly name: string };
const examples = blocksOf('file').map((example, index) => [index + 1, example as FileExample] as const);

const fateOf = (line: RowLine): string => {
  if ('unsent' in line) return line.unsent.code;
  return 'rejected' in line ? line.rejected.code : 'into' in line ? 'collapsed' : 'sent';
};

test('the page has an example for each setting about whole files', () => {
  const text = JSON.stringify(examples);
  expect(['ignore', 'trailer', 'only', 'except'].filter((member) => !text.includes(`"${member}":`))).toEqual([]);
});
test.each(examples)(
  'file %i of docs/mapping.md is read as the page says',
  async (_, { settings, lines, rows, held }) => {
    const pipeline = await memoryPipeline();
    pipeline.sources.put(base.name, { ...base, ...settings });
    const blob = `${base.name}/people.csv`;
    const version = pipeline.exports.drop(blob, lines.map((line) => `${line}\r\n`).join(''));
    await intake(pipeline, { version: 1, blob });
    const key = { source: base.name, run: runIdOf(version.name, version.etag, version.lastModified) };
    const run = pipeline.ledger.runs.peek(key);
    expect(run?.reason?.code ?? null).toBe(held ?? null);
    if (held !== undefined || rows === undefined) return;
    const bytes = await pipeline.files.read(key, 'rows.jsonl');
    const told: string[] = [];
    for await (const line of readRecordLines(bytes!)) told.push(`${line.line} ${line.id} ${fateOf(line)}`);
    expect(told).toEqual(rows);
    expect(run).toMatchObject({ rows: rows.length, users: rows.filter((row) => row.endsWith(' sent')).length });
  },
);
