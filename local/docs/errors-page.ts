// The text of docs/errors.md, made from the tables of codes and from the table of the service's own error codes.
import type { CodeEntry, CodeKind } from '../../shared/core/codes';
import type { ErrorClass } from '../../shared/verdict/error-classes';
import { sentenceOfServiceCode } from '../../shared/messages/catalogue';
import { classifyErrorCode, knownErrorCodes } from '../../shared/verdict/error-classes';
import { CODE_TABLES } from './code-tables';

const HEAD = `# Errors

Every code that Rollcall can show, with its cause and its cure. This page is generated from the messages in the code: to
change it, change them, then run \`npm run build && node dist/local/docs/write-errors-page.js\`. A test fails while the two
differ, and another while the code uses a code that is in no table.

| kind | what it does |
|---|---|
`;

const KINDS: Readonly<Record<CodeKind, string>> = {
  rejection: 'One row is not sent; all others are. The row is in the to-correct file.',
  hold: 'The whole file is held or refused: nothing of it is sent.',
  finding: 'Nothing is stopped; it is worth knowing.',
  fault: 'A transient failure. It is tried again by itself; a run is parked only where the cause says so.',
  halt: 'Sending stops until a person has fixed it. Batches stay staged, nothing is lost.',
  verdict: 'A code beside the verdict of a row.',
};

const CLASSES: Readonly<Record<ErrorClass, string>> = {
  transient: 'transient: sent again up to three times',
  data: 'HR corrects the row',
  setup: 'the identity team corrects job, agent or rights',
};

/** Kinds for which somebody may be called at night: their codes are links into the runbook of docs/operations.md. */
const IN_RUNBOOK: ReadonlySet<CodeKind> = new Set(['hold', 'halt']);

// All mistakes in a source's settings hold a run with the one code `source-invalid`.
const isInRunbook = (code: string, entry: CodeEntry): boolean =>
  (IN_RUNBOOK.has(entry.kind) && !code.startsWith('settings-')) ||
  code === 'settings-invalid' ||
  code === 'run-not-served' ||
  code.endsWith('-poisoned');

/** The codes for which docs/operations.md has an entry. */
export const runbookCodes = (): readonly string[] =>
  CODE_TABLES.filter((table) => !table.isCommand).flatMap(({ codes }) =>
    Object.entries(codes).flatMap(([code, entry]) => (isInRunbook(code, entry) ? [code] : [])),
  );

const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\n/g, ' ');

const rowOf = (code: string, entry: CodeEntry, runbook: ReadonlySet<string>): string => {
  const shown = runbook.has(code) ? `[\`${code}\`](operations.md#${code})` : `\`${code}\``;
  return `| ${shown} | ${entry.kind} | ${cell(entry.cause)} | ${cell(entry.cure)} |`;
};

/** The whole page, ending in one line feed. */
export function errorsPage(): string {
  const kinds = Object.entries(KINDS).map(([kind, meaning]) => `| ${kind} | ${meaning} |`);
  const runbook = new Set(runbookCodes());
  const chapters = CODE_TABLES.map(({ title, file, messages, codes }) =>
    [
      `\n## ${title}\n`,
      `Table: [\`${file}\`](../${file}), in English: [\`${messages}\`](../${messages}).\n`,
      '| code | kind | cause | cure |',
      '|---|---|---|---|',
      ...Object.entries(codes).map(([code, entry]) => rowOf(code, entry, runbook)),
    ].join('\n'),
  );
  return `${HEAD}${kinds.join('\n')}\n${chapters.join('\n')}\n${serviceChapter()}`;
}

/** The error codes of the provisioning log, as the service writes them: the code of a row whose verdict is `failed` or `skipped`. */
function serviceChapter(): string {
  const rows = knownErrorCodes().map(
    (code) => `| \`${code}\` | ${CLASSES[classifyErrorCode(code)]} | ${cell(sentenceOfServiceCode(code))} |`,
  );
  return [
    "\n## The service's own codes\n",
    'The provisioning log writes these, and the reports show them beside `failed` and `skipped`. A code that is not listed counts as a',
    'fault of the data: HR sees it, and the row is not sent again. Table:',
    '[`shared/verdict/error-classes.ts`](../shared/verdict/error-classes.ts), in English:',
    '[`shared/verdict/service-messages.ts`](../shared/verdict/service-messages.ts).\n',
    '| code | what follows | the sentence for HR |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
