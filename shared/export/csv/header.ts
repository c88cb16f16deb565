// The header contract: which column of the file stands for which column of the settings.
import { compileColumnNames, type ColumnContract } from '../../columns/column-names';
import { OUR_COLUMNS, ourColumnOf } from '../../columns/our-columns';
import { holdFile } from '../hold-file';
import { maxColumns } from '../export-limits';
import type { Finding, ReturnedColumns } from '../export-record';
import { quoteValue } from '../text/quote-value';

/** The columns by the settings' names, in the order of the cells, and what was worth telling. */
export interface SettledHeader {
  readonly columns: readonly string[];
  readonly header: readonly string[];
  readonly returned: ReturnedColumns | null;
  readonly findings: readonly Finding[];
}

/** The required columns that these columns lack. */
export const missingColumns = (columns: readonly string[], contract: ColumnContract): readonly string[] =>
  [...new Set([contract.idColumn, ...contract.requiredColumns])].filter((name) => !columns.includes(name));

const finding = (
  severity: Finding['severity'],
  code: string,
  message: string,
  line: number,
  column: string,
): Finding => ({
  severity,
  code,
  message,
  line,
  column,
  id: null,
});

const listNames = (names: readonly string[]): string => names.map(quoteValue).join(', ');

const findReturned = (header: readonly string[]): ReturnedColumns | null => {
  const [row, code, reason] = OUR_COLUMNS.map((own) => {
    const index = header.findIndex((written) => ourColumnOf(written) === own);
    return index === -1 ? null : index;
  });
  if (row == null && code == null && reason == null) return null;
  return { row: row ?? null, code: code ?? null, reason: reason ?? null };
};

/** Settles the header of a file; throws holds for a missing required column, a doubled one, or no header at all. */
export const settleHeader = (written: readonly string[], line: number, contract: ColumnContract): SettledHeader => {
  if (written.length > maxColumns)
    throw holdFile('header-too-large', `The header has ${written.length} columns.`, { line });
  const header = written.map((name) => name.normalize('NFC').trim());
  const returned = findReturned(header);
  const contractNames = compileColumnNames(contract);
  const columns = contractNames.nameAll(header).map((name) => ourColumnOf(name) ?? name);
  const missing = missingColumns(columns, contract);
  if (missing.length > 0) {
    throw holdFile(
      'column-missing',
      `The column${missing.length > 1 ? 's' : ''} ${listNames(missing)} ${missing.length > 1 ? 'are' : 'is'} not in the header on line ${line}. ` +
        `The file has: ${listNames(header.slice(0, 30))}.${header.length === 1 ? ' It may have another delimiter.' : ''}`,
      { line, column: missing[0] ?? null },
    );
  }
  const seen = new Map<string, string>();
  columns.forEach((name, index) => {
    const before = seen.get(name);
    if (name !== '' && before !== undefined) {
      throw holdFile(
        'column-doubled',
        before === header[index]
          ? `The column ${quoteValue(name)} stands twice in the header on line ${line}.`
          : `The columns ${quoteValue(before)} and ${quoteValue(header[index] ?? '')} both stand for ${quoteValue(name)}.`,
        { line, column: name },
      );
    }
    seen.set(name, header[index] ?? '');
  });
  const findings: Finding[] = [];
  const { names } = contractNames;
  columns.forEach((name, index) => {
    const asWritten = header[index] ?? '';
    if (name !== asWritten && names.has(name)) {
      findings.push(
        finding(
          'note',
          'column-renamed',
          `The column ${quoteValue(asWritten)} is read as ${quoteValue(name)}.`,
          line,
          name,
        ),
      );
    }
  });
  for (const name of new Set(contract.mappedColumns)) {
    if (!columns.includes(name)) {
      findings.push(
        finding(
          'warning',
          'column-absent',
          `The column ${quoteValue(name)} is mapped but not in the file.`,
          line,
          name,
        ),
      );
    }
  }
  const unused = header.filter(
    (name, index) => name !== '' && !names.has(columns[index] ?? '') && ourColumnOf(name) === null,
  );
  if (unused.length > 0) {
    const message = `The settings do not use ${unused.length} columns: ${listNames(unused.slice(0, 10))}${unused.length > 10 ? ' …' : ''}.`;
    findings.push(finding('note', 'column-unknown', message, line, unused[0] ?? ''));
  }
  return { columns, header, returned, findings };
};
