// A file that nobody has seen yet goes from `init` to an accepted `check`: with what init proposes, and the answers to what it asks, where it
// cannot know them. A folder of test/fixtures/init for each file; expected.json has the proposal (members that it must have), the answers (members
// of the settings) and what check says.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder, rollcall } from './recorded-terminal';

const fixtures = join(__dirname, '../../fixtures/init');
const folder = newFolder();
afterAll(() => folder.remove());

interface Expected {
  /** Options of `init`. */
  readonly options?: readonly string[];
  readonly proposed: object;
  /** Members of the settings that it must not have. */
  readonly absent?: readonly string[];
  /** What it asks or says, in part. */
  readonly told?: readonly string[];
  /** What a person answers: in place of members of the proposal. */
  readonly answers?: object;
  readonly checked: {
    readonly users?: number;
    readonly enabled: number;
    readonly disabled: number;
    readonly rejected?: readonly string[];
    readonly warnings: readonly string[];
  };
}

interface Report {
  readonly findings: readonly { readonly severity: string; readonly code: string }[];
}

const cases = readdirSync(fixtures).map((name) => {
  const files = readdirSync(join(fixtures, name));
  const expected = JSON.parse(readFileSync(join(fixtures, name, 'expected.json'), 'utf8')) as Expected;
  return [name, join(fixtures, name, files.find((file) => file.startsWith('export.')) ?? ''), expected] as const;
});

test.each(cases)(
  '%s',
  async (name, file, { options = [], proposed, absent = [], told = [], answers = {}, checked }) => {
    const init = await rollcall('init', file, ...options);
    expect([init.exitCode, init.err]).toEqual([0, expect.stringContaining('Then: rollcall check')]);
    const settings = JSON.parse(init.out) as object;
    expect(settings).toMatchObject(proposed);
    expect(Object.keys(settings).filter((member) => absent.includes(member))).toEqual([]);
    for (const words of told) expect(init.err).toContain(words);
    const source = folder.put(`${name}.json`, JSON.stringify({ ...settings, ...answers }));
    const { out } = await rollcall('check', file, '--source', source, '--json');
    const report = JSON.parse(out) as Report;
    const { rejected = [], warnings, ...counts } = checked;
    const codesOf = (severity: string): readonly string[] =>
      report.findings.filter((one) => one.severity === severity).map(({ code }) => code);
    expect(report).toMatchObject({ state: 'accepted', ...counts });
    expect(codesOf('reject')).toEqual(rejected);
    expect([...new Set(codesOf('warning'))].sort()).toEqual([...warnings].sort());
  },
);
