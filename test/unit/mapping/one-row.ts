// What the mapping's tests share: a mapper for a mapping, a shape for columns, records of cells.
import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import { loadHash64 } from '../../../shared/core/hash';
import type { ExportRecord, ExportShape, JsonObject } from '../../../shared/export/export-record';
import { openExport } from '../../../shared/export/open-export';
import type { AsOf } from '../../../shared/mapping/as-of';
import { compileMapping, type MappedRecord } from '../../../shared/mapping/compile-mapping';
import { managersOf } from '../../../shared/pipeline/read/managers-of-file';
import { expressionsHere } from './expressions-here';
import { exportExpectation, parseSourceSettings, type SourceSettings } from '../../../shared/source/source-settings';

export const baseSettings = {
  name: 'test',
  file: { format: 'csv' },
  job: { servicePrincipalId: 'sp', jobId: 'API2AAD.example', target: 'entra' },
  id: 'Id',
  active: { column: 'Status', active: ['Active'], inactive: ['Left'] },
  mapping: { userName: 'Email' },
};

/** The moment by which rows are judged where a test says nothing else: noon of 28 November 2026, UTC. */
export const NOW: AsOf = { at: Date.UTC(2026, 10, 28, 12) };

/** Settings of the base with members replaced; throws with the problems when they are not valid. */
export function settingsWith(members: object): SourceSettings {
  const parsed = parseSourceSettings(JSON.stringify({ ...baseSettings, ...members }), 'test');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.settings;
}

export const csvShape = (columns: readonly string[]): ExportShape => ({
  format: 'csv',
  encoding: 'utf-8',
  delimiter: ',',
  compression: null,
  columns,
  header: columns,
  returned: null,
});

export const jsonShape: ExportShape = {
  format: 'json',
  encoding: 'utf-8',
  delimiter: null,
  compression: null,
  columns: null,
  header: null,
  returned: null,
};

/** A row that the settings do not set aside. */
export type JudgedRow = Exclude<MappedRecord, { kind: 'unsent' }>;

function judged(row: MappedRecord | undefined): JudgedRow {
  if (row === undefined || row.kind === 'unsent') throw new Error('the row was not judged');
  return row;
}

/** Maps one row of named values, as CSV cells or as a JSON record by the settings' format. */
export async function mapRow(
  settings: SourceSettings,
  row: Readonly<Record<string, unknown>>,
  asOf: AsOf = NOW,
): Promise<JudgedRow> {
  const isCsv = settings.file.format === 'csv';
  const shape = isCsv ? csvShape(Object.keys(row)) : jsonShape;
  const record: ExportRecord = isCsv
    ? { kind: 'csv', row: 1, line: 2, cells: Object.values(row).map(String) }
    : { kind: 'json', row: 1, line: 2, value: row as JsonObject };
  const [mapped] = await compileMapping(settings, asOf).bind(shape, expressionsHere).map([record]);
  return judged(mapped);
}

/** Maps one row of named values as a run does: written to a file, before `others`, opened by the reader, mapped. */
export async function mapFileOf(
  settings: SourceSettings,
  row: Readonly<Record<string, unknown>>,
  asOf: AsOf = NOW,
  others: readonly Readonly<Record<string, unknown>>[] = [],
): Promise<JudgedRow> {
  const rows = [row, ...others];
  const isCsv = settings.file.format === 'csv';
  const cells = rows.map((one) => Object.values(one).map(String));
  const text = isCsv ? stringify([Object.keys(row), ...cells]) : JSON.stringify(rows);
  const open = () => openExport(Readable.from([Buffer.from(text)]), exportExpectation(settings, 'people', null));
  const hash = await loadHash64();
  const { findPerson } = await managersOf({ settings, hash, open, expressions: expressionsHere });
  const opened = await open();
  const mapper = compileMapping(settings, asOf).bind(opened.shape, expressionsHere, findPerson);
  const mapped: MappedRecord[] = [];
  for await (const records of opened.records) mapped.push(...(await mapper.map(records)));
  expect(mapped).toHaveLength(rows.length);
  return judged(mapped[0]);
}

/** Maps one value `Value` by a leaf for `title` (or another place) and returns the value, or the code of the rejection. */
export async function mapValue(
  leaf: object | string,
  value: unknown,
  format: 'csv' | 'json' = 'csv',
): Promise<unknown> {
  const settings = settingsWith({ file: { format }, mapping: { title: leaf } });
  const mapped = await mapRow(settings, { Id: '1', Status: 'Active', Value: value });
  return mapped.kind === 'user' ? mapped.user['title'] : { code: mapped.rejection.code };
}
