// Runs a folder of the corpus that has a source.json through the whole check, and reports what happened to each row.
import { sentenceOf } from '../../../shared/messages/catalogue';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadHash64 } from '../../../shared/core/hash';
import { compareHeaders } from '../../../shared/export/csv/compare-headers';
import type { Finding } from '../../../shared/export/export-record';
import { parseManifest } from '../../../shared/export/manifest';
import { shownRowCounts } from '../../../shared/run/row-counts';
import { exportCodes } from '../../../shared/export/export-codes';
import { verdictCodes } from '../../../shared/verdict/verdict-codes';
import { openExport } from '../../../shared/export/open-export';
import { checkFile, type CheckSinks } from '../../../shared/pipeline/check/check-file';
import { acceptedUsers, findingsOf, type CheckFinding, type CheckTexts } from '../../../shared/pipeline/check/findings';
import { exportExpectation, parseSourceSettings, type SourceSettings } from '../../../shared/source/source-settings';

/* eslint-disable @typescript-eslint/require-await -- what a test reads is there at once */
async function* partsOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

const createSink = () => {
  const parts: Buffer[] = [];
  return {
    append: async (lines: string | Uint8Array): Promise<void> => void parts.push(Buffer.from(lines)),
    read: () => partsOf(Buffer.concat(parts)),
  };
};
/* eslint-enable @typescript-eslint/require-await */

const settingsIn = (folder: string): SourceSettings => {
  const parsed = parseSourceSettings(readFileSync(join(folder, 'source.json'), 'utf8'), 'corpus');
  if (!parsed.ok)
    throw new Error(parsed.problems.map((problem) => `${problem.path}: ${sentenceOf(problem)}`).join(' '));
  return parsed.settings;
};

const headerOf = async (path: string, settings: SourceSettings): Promise<readonly string[]> =>
  (await openExport(partsOf(readFileSync(path)), exportExpectation(settings, 'previous.csv', null))).shape.header ?? [];

const isAboutSettings = ({ code }: { readonly code: string }): boolean => code.startsWith('lint-');
const told = ({ severity, code, column }: Finding): string =>
  `${severity} ${code}${column === null ? '' : ` ${column}`}`;

const codes: Readonly<Record<string, { readonly kind: string }>> = { ...exportCodes, ...verdictCodes };
/** A row that goes without a value has a code of this kind too, and is a warning. */
const isUnsent = ({ severity, code }: CheckFinding): boolean => severity === 'note' && codes[code]?.kind === 'verdict';

/** The form of expected.json: a hold, or the users, the rows that are not users (`unsent`: those with a verdict and nothing to correct; absent if there is none), and the findings. */
export const checkFolder = async (folder: string, file: string): Promise<unknown> => {
  const settings = settingsIn(folder);
  const [rows, users, warnings] = [createSink(), createSink(), createSink()];
  const sinks: CheckSinks = { rows, users, warnings, progress: () => undefined };
  const content = readFileSync(join(folder, file));
  const beside = join(folder, `${file}.manifest.json`);
  const manifest = existsSync(beside) ? parseManifest(readFileSync(beside, 'utf8')) : undefined;
  const day = join(folder, 'today.txt');
  const date = existsSync(day) ? { date: readFileSync(day, 'utf8').trim() } : {};
  const checked = await checkFile(
    await loadHash64(),
    settings,
    { name: file, bytes: content.length, at: 0, ...date, read: () => partsOf(content), manifest },
    sinks,
  );
  const { counts } = checked;
  const { rows: all, ...accountedFor } = shownRowCounts(counts, checked.peopleOnHold);
  if (all !== Object.values(accountedFor).reduce((sum, count) => sum + count))
    throw new Error('rows are not accounted for');
  if (checked.reason !== null) {
    const { code, line, column } = checked.reason;
    return { hold: { code, line, column } };
  }
  const texts: CheckTexts = { rows: rows.read, users: users.read, warnings: warnings.read };
  const found = [];
  for await (const one of findingsOf(checked, texts)) if (!isAboutSettings(one)) found.push(one);
  const accepted = [];
  for await (const line of acceptedUsers(checked, texts)) {
    const { schemas, ...user } = JSON.parse(line) as Record<string, unknown>;
    accepted.push(schemas === undefined ? null : user);
  }
  const unsent = found.filter(isUnsent).map(({ line, code, id, column }) => ({ line, code, id, column }));
  const previous = join(folder, 'previous.csv');
  const changes = existsSync(previous)
    ? compareHeaders(await headerOf(previous, settings), checked.shape?.header ?? [])
    : [];
  return {
    users: accepted,
    rejected: found
      .filter(({ severity }) => severity === 'reject')
      .map(({ line, code, id, column }) => ({ line, code, id, column })),
    collapsed: found.filter(({ code }) => code === 'row-collapsed').map(({ line, id }) => ({ line, id })),
    ...(unsent.length > 0 && { unsent }),
    findings: [
      ...found.filter((one) => one.severity !== 'reject' && one.code !== 'row-collapsed' && !isUnsent(one)),
      ...changes,
    ].map((one) => told(one as Finding)),
  };
};
