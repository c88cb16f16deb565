// Names that become part of a path: what each judge lets through is addressed as exactly that, whatever the client does to its URL.
import { ContainerClient } from '@azure/storage-blob';
import fc from 'fast-check';
import {
  isBatchName,
  isBlobName,
  isPathStep,
  isRunId,
  isSourceName,
  MAX_SPLITS,
  withoutUnusable,
} from '../../../shared/core/names';
import { MAX_OPERATIONS_PER_REQUEST } from '../../../shared/graph/limits';
import { splitOff } from '../../../shared/run/batch';
import { blobAt } from '../../../shared/storage/azure-path';
import { batchOf, rowOf } from '../run/made-batch';

const CONTAINER = 'http://127.0.0.1:10000/account/inbound';
const container = new ContainerClient(CONTAINER);

/** Names made of what is dangerous in a path or a URL, and of a little else. */
const names = fc
  .array(
    fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      '%2e',
      '%2F',
      '%',
      '#',
      '?',
      ' ',
      '\n',
      '\u0001',
      '\u0085',
      '\ud800',
      '😀',
      'a',
      'é',
      '+',
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

test('a blob of any name that is let through is addressed as that blob; any other name is refused', () => {
  fc.assert(
    fc.property(names, (name) => {
      if (isBlobName(name)) {
        const { href } = new URL(blobAt(container, name).url);
        expect(decodeURIComponent(href)).toBe(`${CONTAINER}/${name}`);
      } else expect(() => blobAt(container, name)).toThrow(expect.objectContaining({ code: 'name-unusable' }));
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['hr/people.csv', true],
  ['people.csv', true],
  ['hr/a b/ü😀#?%2e.csv', true],
  ['hr/..x/x..', true],
  ['x'.repeat(1_024), true],
  ['x'.repeat(1_025), false],
  ['', false],
  ['/people.csv', false],
  ['hr//people.csv', false],
  ['hr/people.csv/', false],
  ['hr/../../runs/x', false],
  ['..', false],
  ['hr/.', false],
  ['hr\\..\\x', false],
  ['hr/a\u0000', false],
  ['hr/a\u007f', false],
  ['hr/a\u0085', false],
  ['hr/a\r\nb', false],
  ['hr/a\ud800', false],
  ['hr/a\uffff', false],
])('the name of a blob: %j', (name, isOne) => {
  expect(isBlobName(name)).toBe(isOne);
});

test('a step of a path is one step', () => {
  expect(['a', '..', 'a/b', ''].map(isPathStep)).toEqual([true, false, false, false]);
});

test('what takes the place of a name that no path can hold', () => {
  expect(withoutUnusable('a\\b\u001b[31m\n\ud800😀.csv')).toBe('a_b_[31m__😀.csv');
});

test.each([
  ['contoso-hr', true],
  ['a', true],
  ['a..', true],
  ['a'.repeat(63), true],
  ['a'.repeat(64), false],
  ['..', false],
  ['_none', false],
  ['hr#1', false],
  ['hr?x', false],
  ['hr\n', false],
  ['', false],
])('the name of a source: %j', (name, isOne) => {
  expect(isSourceName(name)).toBe(isOne);
});

test.each([
  ['20261121T080000Z-0123456789', true],
  ['20261121T080000Z-0123456789\n', false],
  ['20261121T080000Z-0123456789/..', false],
  ['r1', false],
  ['..', false],
])('the id of a run: %j', (id, isOne) => {
  expect(isRunId(id)).toBe(isOne);
});

test('however a batch is split, each part has the name of a batch', () => {
  expect(MAX_SPLITS).toBe(MAX_OPERATIONS_PER_REQUEST - 1);
  const rows = Array.from({ length: MAX_OPERATIONS_PER_REQUEST }, (_, i) => rowOf(i + 1));
  // Which batch is split, and after how many of its rows: both as a share of what there is. The extremes make the longest names.
  const splits = fc.array(fc.tuple(fc.constantFrom(0, 0.5, 1), fc.constantFrom(0, 0.5, 1)), { maxLength: 100 });
  fc.assert(
    fc.property(splits, (shares) => {
      const batches = [batchOf(rows)];
      for (const [which, where] of shares) {
        const at = Math.round(which * (batches.length - 1));
        const batch = batches[at]!;
        if (batch.rows.length === 1) continue;
        const stay = 1 + Math.round(where * (batch.rows.length - 2));
        const { parent, child } = splitOff(batch, new Set(batch.rows.slice(stay).map(({ row }) => row)), 0);
        batches[at] = parent;
        batches.push(child);
      }
      expect(batches.map(({ batch }) => batch).filter((name) => !isBatchName(name))).toEqual([]);
    }),
    { examples: [[Array.from({ length: 49 }, () => [1, 0])], [Array.from({ length: 49 }, () => [0, 1])]] },
  );
});

test.each([
  ['000017', true],
  ['000017.1.12', true],
  ['1000017', true],
  ['17', false],
  ['000017.', false],
  ['000017..1', false],
  ['../000017', false],
  [`000017${'.1'.repeat(49)}`, true],
  [`000017${'.1'.repeat(50)}`, false],
  ['000017.0', false],
  ['000017.100', false],
  ['12345678901', false],
])('the name of a batch: %j', (name, isOne) => {
  expect(isBatchName(name)).toBe(isOne);
});
