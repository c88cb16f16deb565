// docs/cost.md has the tables that are made of the last count, and what counts and adds up counts right.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extrapolated, fileTable, logicAppTable, monthTable } from '../../../bench/cost/cost-tables';
import { gbSecondsOf, INSTANCE_GB } from '../../../bench/cost/counts';
import { kindOf } from '../../../bench/cost/kinds';
import { logicAppRun } from '../../../bench/cost/logic-app';
import { MEASURED, MEASURED_ON } from '../../../bench/cost/measured';
import { MAX_OPERATIONS_PER_REQUEST } from '../../../shared/graph/limits';
import { readTemplate } from '../../azure-template';
import { REPOSITORY } from '../structure/code-use';

/** Prettier aligns the columns of a page, and long lines may be wrapped. */
const plain = (text: string): string => text.replace(/ +/g, ' ').replace(/-{3,}(:?)/g, '---$1');
const page = plain(readFileSync(join(REPOSITORY, 'docs', 'cost.md'), 'utf8'));

const [small, large] = MEASURED;
const shown = [small, large, extrapolated(small, large, 100_000)] as const;

test.each([
  ['a file', fileTable(shown)],
  ['a month', monthTable(shown)],
  ["Microsoft's sample", logicAppTable(shown)],
])('the page has the table of %s as it was counted', (_, table) => {
  expect(page).toContain(plain(table));
});

test('the page says when', () => {
  expect(page).toContain(MEASURED_ON);
});

test('what was counted of two sizes is drawn on in a straight line', () => {
  const { first, rows } = extrapolated(small, large, 2 * large.rows - small.rows);
  expect(rows).toBe(2 * large.rows - small.rows);
  expect(first.storage.table).toBeCloseTo(2 * large.first.storage.table - small.first.storage.table);
});

test('an instance has the memory that the template gives', () => {
  expect(readTemplate('app.bicep')).toContain(`instanceMemoryMB: ${INSTANCE_GB * 1_024}`);
});

const invocation = (functionName: string, from: number, to: number) => ({ functionName, from, to });

test('what one function does at the same time is billed once, other functions apart, and nothing for less than a second', () => {
  const counted = gbSecondsOf([
    invocation('deliver', 0, 1_500),
    invocation('deliver', 1_000, 2_010),
    invocation('deliver', 5_000, 5_001),
    invocation('reconcile', 0, 10),
  ]);
  expect(counted).toEqual({
    executions: 4,
    gbSeconds: (2.1 + 1 + 1) * INSTANCE_GB,
    leastGbSeconds: 3 * INSTANCE_GB,
  });
});

test.each([
  ['table', 'GET', "/account/runs()?$filter=PartitionKey eq 'a'", 'table'],
  ['table', 'POST', '/account/$batch', 'table'],
  ['blob', 'PUT', '/account/runs/a/b?comp=block', 'blob-write'],
  ['blob', 'GET', '/account/inbound?restype=container&comp=list', 'blob-list'],
  ['blob', 'HEAD', '/account/inbound/a.csv', 'blob-read'],
  ['blob', 'DELETE', '/account/inbound/a.csv', null],
  ['blob', 'PUT', '/account/azure-webjobs-hosts/locks/a?comp=lease', null],
  ['queue', 'POST', '/account/deliveries/messages', 'queue'],
  ['queue', 'GET', '/account/deliveries?comp=metadata', 'queue'],
  ['queue', 'GET', '/account/deliveries/messages?numofmessages=16', null],
  ['queue', 'POST', '/account/azure-webjobs-blobtrigger-x/messages', null],
] as const)('a request to %s, %s %s, is billed as %s', (service, method, path, kind) => {
  expect(kindOf({ at: 0, port: '1', method, path }, service)).toBe(kind);
});

test("Microsoft's sample runs five actions a row, ten at the end of each 50, and ten once", () => {
  expect(logicAppRun(1)).toEqual({ operations: 10 + 4 + 6, connectorCalls: 1, calls: 1 });
  expect(logicAppRun(MAX_OPERATIONS_PER_REQUEST)).toEqual({
    operations: 10 + 49 * 5 + 10,
    connectorCalls: 1,
    calls: 1,
  });
  expect(logicAppRun(51).calls).toBe(2);
});
