// The manifest of an export: the number of rows and the hash of the bytes that its author wrote.
import { holdFile } from './hold-file';

/** What was counted while the export was read. */
export interface CountedExport {
  readonly rows: number;
  /** SHA-256 of the raw bytes, hex. */
  readonly sha256: string;
}

/** Parses the text of a manifest. Text that is not JSON is returned as it is, and `checkManifest` refuses it. */
export const parseManifest = (text: string): unknown => {
  try {
    // Windows PowerShell writes a byte order mark.
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return text;
  }
};

/**
 * Compares `<file>.manifest.json` (parsed; `null` if a source that requires one has none) with what was read. Throws a hold if it differs
 * or is not a manifest. At least one of `rows` and `sha256` must be present, and each that is present must match.
 */
export const checkManifest = (manifest: unknown, counted: CountedExport): void => {
  if (manifest === null || manifest === undefined) {
    throw holdFile('manifest-invalid', { mistake: 'missing' });
  }
  if (typeof manifest !== 'object') throw holdFile('manifest-invalid', { mistake: 'not-object' });
  const rows: unknown = 'rows' in manifest ? manifest.rows : null;
  const sha256: unknown = 'sha256' in manifest ? manifest.sha256 : null;
  const hasRows = rows !== null;
  const hasSha256 = sha256 !== null;
  if (
    (!hasRows && !hasSha256) ||
    (hasRows && !(typeof rows === 'number' && Number.isSafeInteger(rows) && rows >= 0)) ||
    (hasSha256 && !(typeof sha256 === 'string' && /^[0-9a-f]{64}$/i.test(sha256)))
  ) {
    throw holdFile('manifest-invalid', { mistake: 'members' });
  }
  if (typeof rows === 'number' && rows !== counted.rows) {
    throw holdFile('manifest-differs', { what: 'rows', announced: rows, found: counted.rows });
  }
  if (typeof sha256 === 'string' && sha256.toLowerCase() !== counted.sha256.toLowerCase()) {
    throw holdFile('manifest-differs', { what: 'sha256' });
  }
};
