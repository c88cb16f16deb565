// What the rules for several rows of a person see in one row.
import { mapFileOf, mapRow, settingsWith } from './one-row';

const RULES = {
  rowsPerPerson: {
    prefer: [
      'active',
      { column: 'Primary', values: ['Y', 'yes'] },
      { column: 'Hired', latest: true, date: { format: ['dd/MM/yyyy', 'yyyy-MM-dd'] } },
    ],
  },
};
const rankOf = async (row: Readonly<Record<string, unknown>>, more: object = {}) => {
  const all = { Id: '1', Status: 'Active', Email: 'a', Primary: '', Hired: '', ...row };
  return (await mapRow(settingsWith({ ...RULES, ...more }), all)).rank;
};
const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);

test.each([
  ['active, and nothing else', {}, [1, 0, Number.NEGATIVE_INFINITY]],
  ['inactive', { Status: 'left' }, [0, 0, Number.NEGATIVE_INFINITY]],
  ['a word, whatever its case and spaces', { Primary: ' YES ' }, [1, 1, Number.NEGATIVE_INFINITY]],
  ['another word', { Primary: 'yesterday' }, [1, 0, Number.NEGATIVE_INFINITY]],
  ['a date', { Hired: ' 01/02/2024 ' }, [1, 0, day('2024-02-01')]],
  ['a date of the other form', { Hired: '2024-02-01' }, [1, 0, day('2024-02-01')]],
  ['a date that cannot be read', { Hired: '2024' }, [1, 0, Number.NaN]],
  ['a status that cannot be read', { Status: 'Asleep' }, [Number.NaN, 0, Number.NEGATIVE_INFINITY]],
])('%s', async (_, row, rank) => {
  expect(await rankOf(row)).toEqual(rank);
});
test('a row that is rejected for another value is seen as any other', async () => {
  const mapping = { userName: 'Email', title: { column: 'Title', required: true } };
  expect(await rankOf({ Title: '', Primary: 'Y' }, { mapping })).toEqual([1, 1, Number.NEGATIVE_INFINITY]);
});
test('in JSON, true is a word, and a list cannot be read', async () => {
  const json = { file: { format: 'json' }, rowsPerPerson: { prefer: [{ column: 'job.main', values: ['true'] }] } };
  expect(await rankOf({ job: { main: true } }, json)).toEqual([1]);
  expect(await rankOf({ job: { main: [true] } }, json)).toEqual([Number.NaN]);
  expect(await rankOf({ job: {} }, json)).toEqual([0]);
});
test('a damaged value cannot be read, whatever its text looks like', async () => {
  const row = { Id: '1', Status: 'Active', Email: 'a', Primary: '#N/A', Hired: '' };
  const ranks = [1, Number.NaN, Number.NEGATIVE_INFINITY];
  expect((await mapFileOf(settingsWith(RULES), row)).rank).toEqual(ranks);
  const json = { file: { format: 'json' }, rowsPerPerson: { prefer: [{ column: 'job.main', values: ['Y'] }] } };
  expect((await mapFileOf(settingsWith(json), { ...row, job: { main: '#REF!' } })).rank).toEqual([Number.NaN]);
});
test('without rules there is nothing to see', async () => {
  expect(await rankOf({}, { rowsPerPerson: undefined })).toEqual([]);
});
