// Reads a whole export for a test: what it was read as, or with which code it was held.
import { FileHold } from '../../../shared/core/errors';
import type { ExportExpectation, ExportRecord, ExportShape, Finding } from '../../../shared/export/export-record';
import { openExport } from '../../../shared/export/open-export';

/** What a test expects of a file unless it says otherwise. */
export const plainExpectation: ExportExpectation = {
  fileName: 'export.csv',
  byteLength: null,
  format: 'csv',
  encoding: null,
  delimiter: null,
  skipLines: 0,
  comment: null,
  recordsPath: null,
  aliases: {},
  requiredColumns: ['EmployeeID', 'Email', 'Status'],
  mappedColumns: ['EmployeeID', 'Email', 'Status'],
  knownTexts: {},
  blankWords: [],
  decisiveColumns: [],
  managerColumns: [],
  nameColumns: [],
  certainColumns: null,
  idColumn: 'EmployeeID',
  idPattern: null,
  maxBytes: 100_000_000,
  maxInflatedBytes: 1_000_000_000,
};

export interface ReadWhole {
  readonly hold: FileHold | null;
  readonly shape: ExportShape | null;
  readonly records: readonly ExportRecord[];
  readonly findings: readonly Finding[];
  readonly sha256: string | null;
}

// eslint-disable-next-line @typescript-eslint/require-await -- the bytes of a test are there at once
async function* inParts(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const cut of cuts.toSorted((one, other) => one - other)) {
    yield bytes.subarray(from, cut);
    from = cut;
  }
  yield bytes.subarray(from);
}

/** Reads bytes (cut at `cuts`) to the end; only a `FileHold` is caught. */
export const readExport = async (
  bytes: Uint8Array | string,
  expect: Partial<ExportExpectation> = {},
  cuts: readonly number[] = [],
): Promise<ReadWhole> => {
  const records: ExportRecord[] = [];
  let shape: ExportShape | null = null;
  try {
    const whole = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
    const opened = await openExport(inParts(whole, cuts), { ...plainExpectation, ...expect });
    shape = opened.shape;
    for await (const chunk of opened.records) records.push(...chunk);
    return { hold: null, shape, records, findings: opened.findings, sha256: opened.sha256() };
  } catch (cause) {
    if (!(cause instanceof FileHold)) throw cause;
    return { hold: cause, shape, records, findings: [], sha256: null };
  }
};
