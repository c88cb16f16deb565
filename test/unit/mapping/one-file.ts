// A whole file of a few rows through the check, as an example shows it.
import { stringify } from 'csv-stringify/sync';
import { loadHash64 } from '../../../shared/core/hash';
import { checkFile } from '../../../shared/pipeline/check/check-file';
import { findingsOf } from '../../../shared/pipeline/check/findings';
import type { SourceSettings } from '../../../shared/source/source-settings';

async function* partsOf(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.concat(parts));
}

function sink() {
  const parts: Buffer[] = [];
  return { parts, append: (lines: string | Uint8Array) => Promise.resolve(void parts.push(Buffer.from(lines))) };
}

/** The code of each row in the findings of a check, `sent` for one without any. */
export async function codesOfRows(
  settings: SourceSettings,
  rows: readonly Readonly<Record<string, string>>[],
): Promise<readonly string[]> {
  const content = Buffer.from(stringify([Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))]));
  const [staged, users, warnings] = [sink(), sink(), sink()];
  const checked = await checkFile(
    await loadHash64(),
    settings,
    { name: 'people.csv', bytes: content.length, at: 0, read: () => partsOf([content]), manifest: undefined },
    { rows: staged, users, warnings, progress: () => undefined },
  );
  const texts = {
    rows: () => partsOf(staged.parts),
    users: () => partsOf(users.parts),
    warnings: () => partsOf(warnings.parts),
  };
  const codes = rows.map(() => 'sent');
  for await (const { line, code, severity } of findingsOf(checked, texts))
    if (line !== null && line > 1 && severity !== 'warning') codes[line - 2] = code;
  return codes;
}
