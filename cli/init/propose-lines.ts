// `file.ignore` and `file.trailer` of a proposal, and a question about people of other sources.
import { counted, listedOr, quoted } from '../../shared/core/english';
import { quote, quoteAll } from '../../shared/core/message';
import { lineMatchBudgetMs } from '../../shared/export/export-limits';
import type { ExportExpectation } from '../../shared/export/export-record';
import type { ProposalDraft } from './proposal';
import type { LineSurvey, LinesOfNobody } from './survey-lines';

/** As in the settings. */
export interface ProposedLines {
  readonly ignore?: readonly (string | { readonly pattern: string })[];
  readonly trailer?: { readonly pattern: string };
}

/** The rules for the lines that were found. */
export function rulesFor({ between, closing }: LineSurvey): ProposedLines {
  const rules = between.map(({ beginning, pattern }) => (pattern === null ? beginning : { pattern }));
  // A line that is ignored anyway would not be found where the trailer belongs.
  const isOther = closing !== null && !between.some((lines) => beginsAs(closing.text, lines));
  const ignore = isOther && !closing.isCount ? [...rules, { pattern: closing.pattern }] : rules;
  return {
    ...(ignore.length === 0 ? {} : { ignore }),
    ...(isOther && closing.isCount ? { trailer: { pattern: closing.pattern } } : {}),
  };
}

const beginsAs = (text: string, { beginning }: LinesOfNobody): boolean => text.replace(/^"/, '').startsWith(beginning);

/** How a reader is told of them; nothing if there are none. */
export function expectedLines(survey: LineSurvey): Pick<ExportExpectation, 'lines'> {
  const { ignore = [], trailer } = rulesFor(survey);
  if (ignore.length === 0 && trailer === undefined) return {};
  return { lines: { ignore, trailer: trailer?.pattern ?? null, budgetMs: lineMatchBudgetMs } };
}

/** Proposes the rules, and asks about each. */
export function proposeLines(draft: ProposalDraft): ProposedLines {
  const { lines } = draft.found;
  const rules = rulesFor(lines);
  const tell = (path: string, message: string): void => void draft.remarks.push({ path, message });
  for (const { beginning, lines: many } of lines.between)
    tell(
      '$.file.ignore',
      `${counted(many, 'line begins', 'lines begin')} with ${shown(beginning)}: is such a line never a person?`,
    );
  const { closing, short } = lines;
  if (rules.trailer !== undefined)
    tell(
      '$.file.trailer',
      `The last line, ${shown(closing?.text ?? '')}, says how many rows the file has. A file without such a line, or with another number of rows, will be held.`,
    );
  else if (closing?.isCount === false)
    tell(
      '$.file.ignore',
      `The last line, ${shown(closing.text)}, is ignored: is it no person? It does not say how many rows there are (${lines.rows}), so nothing is compared with it.`,
    );
  if (short !== null)
    tell(
      '$.file.ignore',
      `${counted(short.lines, 'line has', 'lines have')} fewer cells than the header and ${short.lines === 1 ? 'is' : 'are'} rejected; the first is line ${short.line}, ${shown(short.text)}. If that is not a person, write how such lines begin.`,
    );
  return rules;
}

/** Kinds of workers that a company tells apart; more of them are something else. */
const MAX_KINDS = 12;

/** Says which setting leaves people of other sources out, where a column tells kinds of workers apart. Only HR knows who is meant. */
export function tellKinds({ found, remarks }: ProposalDraft): void {
  const known = found.columns.roles.get('userType');
  const { userTypes } = found.survey;
  if (known === undefined || userTypes.length < 2 || userTypes.length > MAX_KINDS) return;
  remarks.push({
    path: '$.file',
    message: `${JSON.stringify(known.column)} says ${listedOr(quoteAll(userTypes))}. If not all of them are for this source, "only": ${JSON.stringify({ column: known.column, values: [userTypes[0]] })} takes those that it names.`,
  });
}

const shown = (text: string): string => quoted(quote(text.trim()));
