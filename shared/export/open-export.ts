// The file doctor: a file of people → records, read as its author meant it, or held.
// bytes → (gzip, zip) → encoding → text → CSV or JSON → checked records. Only the part being read is kept in memory.
import { quoteAll } from '../core/message';
import { findIn } from './find-in-file';
import { watchRawBytes, type RawBytes } from './bytes/raw-bytes';
import { unpack } from './bytes/unpack';
import { refuseZeroBytes } from './bytes/zero-bytes';
import { openCsv, type OpenCsv } from './csv/csv-export';
import type { ExportExpectation, ExportRecord, Finding, OpenExport } from './export-record';
import { openJson, type OpenJson } from './json/json-export';
import { createLostLetters } from './lost-letters';
import { decodeExport, type DecodedExport } from './text/decode-export';

const describeEncoding = (decoded: DecodedExport): Finding[] => {
  const { encoding, how } = decoded.encoding();
  if (how !== 'detected') return [];
  return [findIn('note', 'encoding-detected', { encoding, samples: quoteAll(decoded.samples()) })];
};

/**
 * Opens an export. Throws `FileHold` when the first part already shows that the file cannot be read; `records` may throw it until the
 * very end, so nothing of a file may be used before `records` has ended.
 */
export async function openExport(bytes: AsyncIterable<Uint8Array>, expect: ExportExpectation): Promise<OpenExport> {
  const raw = watchRawBytes(bytes, expect);
  try {
    return await openRaw(raw, expect);
  } catch (cause) {
    await raw.close();
    throw cause;
  }
}

const openRaw = async (raw: RawBytes, expect: ExportExpectation): Promise<OpenExport> => {
  const { bytes: content, compression } = await unpack(raw.bytes, expect.maxInflatedBytes);
  const decoded = decodeExport(content, expect.encoding);
  const text = refuseZeroBytes(decoded.text);
  const lost = createLostLetters(expect, decoded.mayHaveLostLetters);
  const csv: OpenCsv | null = expect.format === 'csv' ? await openCsv(text, expect, lost) : null;
  const people: OpenCsv | OpenJson = csv ?? (await openJson(text, expect, lost));
  const findings: Finding[] = [];

  async function* readToEnd(): AsyncGenerator<readonly ExportRecord[]> {
    yield* people.records;
    decoded.confirm();
    findings.push(...describeEncoding(decoded), ...lost.settle());
  }

  return {
    shape: {
      format: expect.format,
      get encoding() {
        return decoded.encoding().encoding;
      },
      delimiter: csv?.delimiter ?? null,
      compression,
      columns: csv?.header.columns ?? null,
      header: csv?.header.header ?? null,
      returned: csv?.header.returned ?? null,
    },
    foundAt: 'foundAt' in people ? people.foundAt : null,
    records: readToEnd(),
    get findings() {
      return [...people.findings, ...findings];
    },
    sha256: raw.sha256,
  };
};
