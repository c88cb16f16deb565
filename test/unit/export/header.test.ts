// How a change of the header is reported, and headers that no corpus file should have.
import { quoteAll } from '../../../shared/core/message';
import { compareHeaders } from '../../../shared/export/csv/compare-headers';
import { readExport } from './read-export';

describe('the header', () => {
  test('that did not change is not reported', () => {
    expect(compareHeaders(['a', 'b'], ['a', 'b'])).toEqual([]);
  });

  test.each([
    [['a', 'b'], ['a', 'c'], 'warning', ['b'], ['c']],
    [['a', 'b'], ['a', 'b', 'c'], 'note', [], ['c']],
    [['a', 'b'], ['b', 'a'], 'note', [], []],
  ])('%j to %j is a %s', (previous, current, severity, gone, added) => {
    expect(compareHeaders(previous, current)).toMatchObject([
      { severity, code: 'header-changed', values: { gone: quoteAll(gone), added: quoteAll(added) } },
    ]);
  });

  test('that has nothing in common with the one before is reported with its first names, and how many more', () => {
    const names = (sign: string): string[] => Array.from({ length: 16_384 }, (_, at) => `${sign}${at}`);
    const [finding] = compareHeaders(names('a'), names('b'));
    expect(finding?.values).toMatchObject({ moreGone: 16_364, moreAdded: 16_364 });
    expect(JSON.stringify(finding).length).toBeLessThan(2_000);
  });

  test('with more columns than Excel has holds the file', async () => {
    const names = ['EmployeeID', 'Email', 'Status', ...Array.from({ length: 16_400 }, (_, index) => `c${index}`)].join(
      ',',
    );
    expect((await readExport(`${names}\n1\n`)).hold?.code).toBe('header-too-large');
  });
});
