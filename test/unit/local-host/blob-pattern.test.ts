// Blob paths with parameters.
import { HostFault } from '../../../local/host/fault-codes';
import { parseBlobPattern } from '../../../local/host/blob-pattern';

const matches: readonly [string, string, Record<string, string> | null][] = [
  ['in/{name}', 'a.csv', { name: 'a.csv' }],
  ['in/{name}', 'a/b.csv', { name: 'a/b.csv' }],
  ['in/{source}/{name}', 'a/b.csv', { source: 'a', name: 'b.csv' }],
  ['in/{source}/{name}', 'a/b/c.csv', { source: 'a/b', name: 'c.csv' }],
  ['in/{source}/{name}', 'b.csv', null],
  ['in/{name}.{extension}', 'a.b.csv', { name: 'a.b', extension: 'csv' }],
  ['in/fixed+(1).csv', 'fixed+(1).csv', {}],
  ['in/fixed.csv', 'fixedXcsv', null],
  ['in', 'any/thing', {}],
  ['in/{name}', 'with\nnewline', { name: 'with\nnewline' }],
];
test.each(matches)('%s reads %j as %j', (path, blob, expected) => {
  const pattern = parseBlobPattern(path);
  expect(pattern.container).toBe('in');
  expect(pattern.match(blob)).toEqual(expected);
});

test.each(['{container}/{name}', '', '/name', 'in/{a}/{a}', 'in/{a b}'])('%j is refused', (path) => {
  expect(() => parseBlobPattern(path)).toThrow(HostFault);
});
