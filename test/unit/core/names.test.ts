// Names that become part of a path: what each judge lets through is addressed as exactly that, whatever the client does to its URL.
import { ContainerClient } from '@azure/storage-blob';
import fc from 'fast-check';
import {
  isBatchName,
  isBlobName,
  isPathStep,
  isRunId,
  isSourceName,
  withoutUnusable,
} from '../../../shared/core/names';
import { blobAt } from '../../../shared/storage/azure-path';

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

test.each([
  ['000017', true],
  ['000017.1.12', true],
  ['1000017', true],
  ['17', false],
  ['000017.', false],
  ['000017..1', false],
  ['../000017', false],
  [`000017${'.1'.repeat(50)}`, false],
])('the name of a batch: %j', (name, isOne) => {
  expect(isBatchName(name)).toBe(isOne);
});
