// Route templates.
import { HostFault } from '../../../local/host/fault-codes';
import { compileRoute } from '../../../local/host/http-route';

const matches: readonly [string, string, Record<string, string> | null][] = [
  ['runs', 'runs', {}],
  ['runs', 'RUNS', {}],
  ['runs', 'runs/1', null],
  ['runs/{id}', 'runs/a%20b', { id: 'a b' }],
  ['runs/{id}', 'runs', null],
  ['runs/{id?}', 'runs', {}],
  ['runs/{id:int}', 'runs/-12', { id: '-12' }],
  ['runs/{id:int}', 'runs/x', null],
  ['runs/{*rest}', 'runs/a/b', { rest: 'a/b' }],
  ['runs/{*rest}', 'runs', {}],
  ['{*all}', 'a/b', { all: 'a/b' }],
  ['a.b/{id:guid}', 'axb/00000000-0000-0000-0000-000000000000', null],
];
test.each(matches)('%s reads %j as %j', (template, path, expected) => {
  expect(compileRoute(template, 'a test').match(path)).toEqual(expected);
});

test.each(['{id:regex(x)}', 'a{id}b', '{}', '{id'])('%j is refused', (template) => {
  expect(() => compileRoute(template, 'a test')).toThrow(HostFault);
});
