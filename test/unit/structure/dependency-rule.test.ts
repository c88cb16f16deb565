// The rule file finds what it forbids; `npm run check:deps` holds the sources to it.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { REPOSITORY } from './code-use';

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

/** Runs dependency-cruiser with the project's own rule file. It ends with the number of errors as exit code and prints JSON all the same. */
function violationsIn(folder: string): readonly string[] {
  const cruiser = join(REPOSITORY, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const parts = ['functions', 'shared', 'cli', 'local'].filter((part) => existsSync(join(folder, part)));
  const script = [cruiser, '--config', join(folder, '.dependency-cruiser.cjs'), '--output-type', 'json', ...parts];
  let text: string;
  try {
    text = execFileSync(process.execPath, script, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
  } catch (error) {
    text = (error as { readonly stdout?: string }).stdout ?? '';
  }
  const report = JSON.parse(text) as {
    readonly summary: { readonly violations: readonly Violation[]; readonly totalCruised: number };
  };
  expect(report.summary.totalCruised).toBeGreaterThan(1);
  return report.summary.violations.map(({ from, to, rule: broken }) => `${broken.name}: ${from} → ${to}`).sort();
}

describe('a planted violation is found', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rollcall-rule-'));
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json'])
      copyFileSync(join(REPOSITORY, file), join(folder, file));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const plant = (files: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  };

  test('upward arrows, cycles, and shells that import each other', () => {
    plant({
      'shared/pipeline/story.ts': "import { look } from '../run/look'; export const story = look;",
      'shared/run/look.ts': "import { story } from '../pipeline/story'; export const look = (): unknown => story;",
      'shared/core/clock.ts': "import { look } from '../run/look'; export const clock = look;",
      'local/entra/limits.ts': "import { clock } from '../../shared/core/clock'; export const limit = clock;",
      'functions/main.ts': "import { limit } from '../local/entra/limits'; export const main = limit;",
    });
    const found = violationsIn(folder);
    for (const rule of [
      'concepts-never-import-the-pipeline',
      'core-knows-nothing',
      'no-cycles',
      'shells-do-not-import-each-other',
      'the-simulator-shares-nothing',
    ])
      expect(found.map((one) => one.split(':')[0])).toContain(rule);
  });

  test('folders that import each other, though no file is on a cycle', () => {
    plant({
      'shared/run/run.ts': "import type { Effect } from '../verdict/effect'; export type Run = Effect;",
      'shared/run/row.ts': 'export type Row = 1;',
      'shared/verdict/effect.ts': "import type { Row } from '../run/row'; export type Effect = Row;",
    });
    expect(new Set(violationsIn(folder).map((one) => one.split(':')[0]))).toEqual(new Set(['no-cycles-of-folders']));
  });

  test('a client in a file that is not named for it, and a catch-all name', () => {
    plant({
      'node_modules/@azure/data-tables/package.json': '{ "name": "@azure/data-tables", "main": "main.js" }',
      'node_modules/@azure/data-tables/main.js': '',
      'package.json': '{ "dependencies": { "@azure/data-tables": "1" } }',
      'shared/run/ledger.ts': "import '@azure/data-tables'; import './utils/text';",
      'shared/run/azure-run-table.ts': "import '@azure/data-tables'; import './ledger';",
      'shared/run/utils/text.ts': 'export const text = 1;',
    });
    expect(violationsIn(folder)).toEqual([
      'clients-only-in-files-named-for-them: shared/run/ledger.ts → node_modules/@azure/data-tables/main.js',
      'no-barrels-no-drawers: shared/run/ledger.ts → shared/run/utils/text.ts',
    ]);
  });
});
