import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deliveryCodes } from '../../../shared/delivery/delivery-codes';
import { exportCodes } from '../../../shared/export/export-codes';
import { mappingCodes } from '../../../shared/mapping/mapping-codes';
import { checkCodes } from '../../../shared/pipeline/check/check-codes';
import type { CodeEntry } from '../../../shared/core/catalogue';
import { graphCodes } from '../../../shared/graph/graph-codes';
import { runCodes } from '../../../shared/run/run-codes';
import { verdictCodes } from '../../../shared/verdict/verdict-codes';
import { VERDICTS } from '../../../shared/verdict/verdict';

const guide = readFileSync(join(__dirname, '../../../docs/hr-guide.md'), 'utf8');
const named = [...guide.matchAll(/`([a-z0-9]+(?:-[a-z0-9]+)+)`/g)].map(([, word]) => word);

// Faults and halts are for operators; HR meets what happens to rows and files.
const tables: readonly Readonly<Record<string, CodeEntry>>[] = [
  exportCodes,
  mappingCodes,
  checkCodes,
  runCodes,
  graphCodes,
  deliveryCodes,
  verdictCodes,
];
const met = tables.flatMap((table) =>
  Object.entries(table)
    .filter(([, entry]) => ['hold', 'rejection', 'finding', 'verdict'].includes(entry.kind))
    .map(([code]) => code),
);

test('the guide explains every message that HR can meet, and none that there is not', () => {
  const verdicts: readonly string[] = VERDICTS;
  expect(met.filter((code) => !named.includes(code))).toEqual([]);
  expect(named.filter((word) => word !== undefined && !met.includes(word) && !verdicts.includes(word))).toEqual([]);
});

test.each(VERDICTS)('the guide explains the verdict %s', (verdict) => {
  expect(guide).toMatch(new RegExp(`^\\|.*\`${verdict}\`.*\\|`, 'm'));
});
