// The generated tables of docs/hr-guide.md: what stands between `<!-- generated: … -->` and `<!-- end -->`.
import {
  guideToFiles,
  guideToFindings,
  guideToMissing,
  guideToRows,
  type GuideRow,
} from '../../shared/messages/guide-messages';

const TABLES: Readonly<Record<string, readonly GuideRow[]>> = {
  rows: guideToRows,
  files: guideToFiles,
  findings: guideToFindings,
  missing: guideToMissing,
};

/** Codes for which the guide has a row. */
export const guideCodes = (): readonly string[] =>
  Object.values(TABLES).flatMap((rows) => rows.flatMap(({ codes }) => codes));

const tableOf = (rows: readonly GuideRow[]): string =>
  [
    '| code | in plain words | what you do |',
    '|---|---|---|',
    ...rows.map(
      ({ codes, meaning, action }) => `| ${codes.map((code) => `\`${code}\``).join(' ')} | ${meaning} | ${action} |`,
    ),
  ].join('\n');

const PART = /<!-- generated: (\w+) -->\n[^]*?<!-- end -->/g;

/** The text of the guide with its tables made anew; the rest stays as it is. */
export const withTables = (guide: string): string =>
  guide.replace(PART, (part, name: string) => {
    const rows = TABLES[name];
    return rows === undefined ? part : `<!-- generated: ${name} -->\n\n${tableOf(rows)}\n\n<!-- end -->`;
  });
