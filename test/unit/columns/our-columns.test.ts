// Our columns in returned files, and the codes that are about an id.
import { isIdTrouble } from '../../../shared/columns/id-trouble';
import { OUR_COLUMNS, ourColumnOf, ourMember, withoutOurMembers } from '../../../shared/columns/our-columns';
import { CODE_TABLES } from '../../../local/docs/code-tables';

test('our columns are recognised in any case and with outer spaces, and nothing else is ours', () => {
  expect(OUR_COLUMNS.map((name) => ourColumnOf(` ${name.toUpperCase()} `))).toEqual(OUR_COLUMNS);
  expect(['rollcall', 'rollcall row', 'my_rollcall_row', ''].map(ourColumnOf)).toEqual([null, null, null, null]);
});

test('our members are read and taken away, all others stay in their order', () => {
  const record = { b: 1, Rollcall_Row: 'r1.new', a: { rollcall_row: 2 }, rollcall_reason: '' };
  expect(ourMember(record, 'rollcall_row')).toBe('r1.new');
  expect(ourMember(record, 'rollcall_code')).toBeUndefined();
  expect(JSON.stringify(withoutOurMembers(record))).toBe('{"b":1,"a":{"rollcall_row":2}}');
});

test('exactly the rejections that name the id are about the id', () => {
  const rejections = CODE_TABLES.flatMap(({ codes }) =>
    Object.entries(codes).flatMap(([code, { kind }]) => (kind === 'rejection' ? [code] : [])),
  );
  expect(rejections.filter((code) => isIdTrouble(code, null, 'Id'))).toEqual(
    rejections.filter((code) => code.split('-').includes('id') && !code.startsWith('manager-')),
  );
  expect(rejections.filter((code) => isIdTrouble(code, null, 'Id'))).toHaveLength(9);
});
