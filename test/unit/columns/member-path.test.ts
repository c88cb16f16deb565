// Paths of members: what they read from a record, and where a walk through a document is on one.
import { compileMemberPath, compilePathWalk } from '../../../shared/columns/record-value';

const record = {
  id: 17,
  job: { title: 'Analyst', 'a.b': 1 },
  'job.title': 'Lead',
  names: ['Maria', 'Mia', { short: 'M' }],
  '0': 'zero',
};

test.each([
  ['id', 17],
  ['job', record.job],
  ['job.title', 'Lead'],
  ['names.1', 'Mia'],
  ['names.2.short', 'M'],
  ['names.3', undefined],
  ['names.-1', undefined],
  ['names.length', undefined],
  ['names.', undefined],
  ['job.a.b', undefined],
  ['0', 'zero'],
  ['id.0', undefined],
  ['job.toString', undefined],
  ['toString', undefined],
])('%s reads %j', (path, value) => {
  expect(compileMemberPath(path)(record)).toEqual(value);
});

test.each([
  [null, [], 'there'],
  [null, ['a'], 'elsewhere'],
  ['a.b', [], 'before'],
  ['a.b', ['a'], 'before'],
  ['a.b', ['a', 'b'], 'there'],
  ['a.b', ['a', 'b', 'c'], 'elsewhere'],
  ['a.b', ['b'], 'elsewhere'],
  ['a.b', ['a.b'], 'there'],
  ['a.0.b', ['a', 0], 'before'],
  ['a.0.b', ['a', 1], 'elsewhere'],
  ['a.0.b', ['a', '0'], 'before'],
  ['a.b', ['a', 0], 'elsewhere'],
  ['0', [0], 'there'],
] as const)('on the path %j, %j is %s', (path, taken, place) => {
  expect(compilePathWalk(path)(taken)).toBe(place);
});
