// The header contract: which column of the file is which column of the settings.
import { quote, quoteAll } from '../../core/message';
import { findIn } from '../find-in-file';
import { restoreFormulas } from '../../columns/formula-guard';
import { compileColumnNames, type ColumnContract } from '../../columns/column-names';
import { OUR_COLUMNS, ourColumnOf } from '../../columns/our-columns';
import { holdFile } from '../hold-file';
import { maxColumns } from '../export-limits';
import type { Finding, ReturnedColumns } from '../export-record';

/** The columns under the settings' names, in the order of the cells, and the findings. */
export interface SettledHeader {
  readonly columns: readonly string[];
  readonly header: readonly string[];
  readonly returned: ReturnedColumns | null;
  readonly findings: readonly Finding[];
}

/** The required columns that are not among these. */
export const missingColumns = (columns: readonly string[], contract: ColumnContract): readonly string[] =>
  [...new Set([contract.idColumn, ...contract.requiredColumns])].filter((name) => !columns.includes(name));

const findReturned = (header: readonly string[]): ReturnedColumns | null => {
  const [row, code, reason] = OUR_COLUMNS.map((own) => {
    const index = header.findIndex((written) => ourColumnOf(written) === own);
    return index === -1 ? null : index;
  });
  if (row == null && code == null && reason == null) return null;
  return { row: row ?? null, code: code ?? null, reason: reason ?? null };
};

/**
 * Settles the header of a file; throws holds for a missing required column, for two columns that stand for one that is read, or for too many.
 * Columns that nobody reads may share a name.
 */
export const settleHeader = (written: readonly string[], line: number, contract: ColumnContract): SettledHeader => {
  if (written.length > maxColumns) throw holdFile('header-too-large', { columns: written.length }, { line });
  const asRead = written.map((name) => name.normalize('NFC').trim());
  const returned = findReturned(asRead);
  const header = returned === null ? asRead : asRead.map(restoreFormulas);
  const contractNames = compileColumnNames(contract);
  const columns = contractNames.nameAll(header).map((name) => ourColumnOf(name) ?? name);
  const missing = missingColumns(columns, contract);
  if (missing.length > 0) {
    throw holdFile(
      'column-missing',
      {
        format: 'csv',
        missing: quoteAll(missing),
        line,
        found: quoteAll(header.slice(0, 30)),
        isSingle: header.length === 1,
      },
      { line, column: missing[0] ?? null },
    );
  }
  const isRead = (name: string): boolean => contractNames.names.has(name) || ourColumnOf(name) !== null;
  const seen = new Map<string, string>();
  columns.forEach((name, index) => {
    const before = seen.get(name);
    if (name !== '' && before !== undefined && isRead(name)) {
      throw holdFile(
        'column-doubled',
        before === header[index]
          ? { column: quote(name), line }
          : { column: quote(name), first: quote(before), second: quote(header[index] ?? '') },
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
        findIn('note', 'column-renamed', { written: quote(asWritten), column: quote(name) }, { line, column: name }),
      );
    }
  });
  for (const name of new Set(contract.mappedColumns)) {
    if (!columns.includes(name)) {
      findings.push(findIn('warning', 'column-absent', { format: 'csv', column: quote(name) }, { line, column: name }));
    }
  }
  const unused = header.filter(
    (name, index) => name !== '' && !names.has(columns[index] ?? '') && ourColumnOf(name) === null,
  );
  if (unused.length > 0) {
    const values = { count: unused.length, columns: quoteAll(unused.slice(0, 10)) };
    findings.push(findIn('note', 'column-unknown', values, { line, column: unused[0] ?? '' }));
  }
  return { columns, header, returned, findings };
};
