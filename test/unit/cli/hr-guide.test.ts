import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeTable } from '../../../shared/core/codes';
import { deliveryCodes } from '../../../shared/delivery/delivery-codes';
import { exportCodes } from '../../../shared/export/export-codes';
import { guardCodes } from '../../../shared/guard/guard-codes';
import { graphCodes } from '../../../shared/graph/graph-codes';
import { mappingCodes } from '../../../shared/mapping/mapping-codes';
import { missingCodes } from '../../../shared/missing/missing-codes';
import { runCodes } from '../../../shared/run/run-codes';
import { verdictCodes } from '../../../shared/verdict/verdict-codes';
import { VERDICTS } from '../../../shared/verdict/verdict';
import { guideCodes, withTables } from '../../../local/docs/guide-page';

const guide = readFileSync(join(__dirname, '../../../docs/hr-guide.md'), 'utf8');
const named = [...guide.matchAll(/`([a-z0-9]+(?:-[a-z0-9]+)+)`/g)].map(([, word]) => word);

// Faults and halts are for operators; HR sees what happens to rows and files, also when the platform gave up on them.
const tables: readonly CodeTable[] = [
  exportCodes,
  mappingCodes,
  runCodes,
  guardCodes,
  graphCodes,
  deliveryCodes,
  verdictCodes,
  missingCodes,
];
const met = tables.flatMap((table) =>
  Object.entries(table)
    .filter(
      ([code, entry]) => ['hold', 'rejection', 'finding', 'verdict'].includes(entry.kind) || code.endsWith('-poisoned'),
    )
    .map(([code]) => code),
);

test('the guide explains every message that HR can see, and no others', () => {
  const verdicts: readonly string[] = VERDICTS;
  expect(met.filter((code) => !named.includes(code))).toEqual([]);
  expect(named.filter((word) => word !== undefined && !met.includes(word) && !verdicts.includes(word))).toEqual([]);
});

test.each(VERDICTS)('the guide explains the verdict %s', (verdict) => {
  expect(guide).toMatch(new RegExp(`^\\|.*\`${verdict}\`.*\\|`, 'm'));
});

test('the tables of the guide match the messages: run write-errors-page after a change', () => {
  expect(guide).toBe(withTables(guide));
  expect(guideCodes().filter((code, at) => guideCodes().indexOf(code) !== at)).toEqual([]);
  expect(met.filter((code) => !guideCodes().includes(code))).toEqual([]);
});

test('an outdated part of the guide is rewritten, and only that', () => {
  const old = 'Before.\n<!-- generated: files -->\n| old |\n<!-- end -->\nAfter.';
  expect(withTables(old)).toMatch(
    /^Before\.\n<!-- generated: files -->\n\n\| code \|[^]+`file-empty`[^]+<!-- end -->\nAfter\.$/,
  );
  expect(withTables(withTables(old))).toBe(withTables(old));
});
