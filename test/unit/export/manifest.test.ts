// The manifest of an export must match what was read.
import { createHash } from 'node:crypto';
import { checkManifest, parseManifest } from '../../../shared/export/manifest';
import { readExport } from './read-export';

const csv = 'EmployeeID,Email,Status\n1,a@contoso.example,Active\n';
const sha256 = createHash('sha256').update(csv).digest('hex');
const holdCode = (manifest: unknown): string => {
  try {
    checkManifest(manifest, { rows: 1, sha256 });
    return 'passed';
  } catch (cause) {
    return String((cause as { code: unknown }).code);
  }
};

describe('the manifest of an export', () => {
  test('is compared with the SHA-256 of the bytes as they were read', async () => {
    const { sha256: read, records } = await readExport(csv, {}, [3, 20]);
    expect(read).toBe(sha256);
    expect(() => {
      checkManifest(
        { rows: records.length, sha256: sha256.toUpperCase() },
        { rows: records.length, sha256: read ?? '' },
      );
    }).not.toThrow();
  });

  test('may begin with a byte order mark, as Windows PowerShell writes it, and is a string if it is not JSON', () => {
    expect(parseManifest('\ufeff{"rows":1}')).toEqual({ rows: 1 });
    expect(holdCode(parseManifest('{"rows":'))).toBe('manifest-invalid');
  });

  test.each([
    [{ rows: 1, sha256 }, 'passed'],
    [{ rows: 1 }, 'passed'],
    [{ rows: 2, sha256 }, 'manifest-differs'],
    [{ rows: 1, sha256: '0'.repeat(64) }, 'manifest-differs'],
    [{ rows: '1', sha256 }, 'manifest-invalid'],
    [{ rows: 1, sha256: 'abc' }, 'manifest-invalid'],
    [{}, 'manifest-invalid'],
    [[], 'manifest-invalid'],
    ['1', 'manifest-invalid'],
    [null, 'manifest-invalid'],
  ])('%j: %s', (manifest, expected) => expect(holdCode(manifest)).toBe(expected));
});
