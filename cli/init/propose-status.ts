// `active` of a proposal: the status column and its words, a column that says who was deleted, and the days from and until which people work here.
import { foldStatusWord } from '../../shared/columns/fold';
import { agree, counted, quoted } from '../../shared/core/english';
import { quote } from '../../shared/core/message';
import { placeholder } from '../../shared/source/placeholder';
import type { ProposalDraft } from './proposal';
import { proposeColumn } from './propose-column';
import { proposeDays } from './propose-days';
import { asksForActive, isYes, readStatusWord } from './status-vocabulary';
import { maxStatusWords } from './survey-values';

/** A column with its words, as in the settings. */
interface StatusProposal {
  readonly column: string;
  readonly active?: readonly string[];
  readonly inactive: readonly string[];
  readonly others?: 'active';
  readonly blank?: 'active';
}

/** Proposes the status; every word that is not certain is asked about, and one with two readings goes into no list. */
export function proposeActive(draft: ProposalDraft): object {
  const change = proposeChange(draft);
  const hasStatus = draft.found.columns.roles.has('status');
  const path = change === null ? '$.active' : '$.active.all[0]';
  const status = hasStatus ? proposeStatus(draft, path) : null;
  const days = proposeDays(draft, status?.active ?? []);
  if (status !== null) return change === null ? { ...status, ...days } : { all: [status, change], ...days };
  if (change !== null) return { ...change, ...days };
  if (days.until === undefined) return { ...proposeStatus(draft, path), ...days };
  tell(draft, '$.active', 'No column looks like a status, so days alone decide.');
  return days;
}

const tell = (draft: ProposalDraft, path: string, message: string): void => void draft.remarks.push({ path, message });

const shown = (text: string): string => quoted(quote(text));

function proposeStatus(draft: ProposalDraft, path: string): StatusProposal {
  const column = proposeColumn(draft, 'status', 'STATUS-COLUMN', `${path}.column`, 'No column looks like a status.');
  const { words, blanks } = draft.found.survey.status;
  const asks = asksForActive(column, draft.found.header.format === 'json');
  const isList = words.length <= maxStatusWords;
  if (!isList)
    tell(draft, path, `${JSON.stringify(column)} has more than ${maxStatusWords} different values: is it the status?`);
  if (asks === false && words.length > 0 && words.every(isYes) && blanks > 0)
    return proposeMark(draft, { column, words, blanks }, path);
  const lists = proposeWords(draft, isList ? words : [], asks, path);
  if (blanks > 0 && words.length > 0) {
    const rows = `${counted(blanks, 'row')} ${agree(blanks, 'has', 'have')} no value in ${JSON.stringify(column)}`;
    tell(
      draft,
      `${path}.blank`,
      `${rows} and ${agree(blanks, 'is', 'are')} rejected, unless you write what that means: "active" or "inactive".`,
    );
  }
  if (lists.active.length === 0) {
    lists.active.push(placeholder('ACTIVE-WORD'));
    tell(draft, `${path}.active`, 'Write the words of people who work here.');
  }
  if (lists.inactive.length === 0)
    tell(
      draft,
      `${path}.inactive`,
      'The file has no word of people who have left. Without one nobody is ever disabled.',
    );
  return { column, ...lists };
}

/** Where those who have left are marked, and nobody else. */
function proposeMark(
  draft: ProposalDraft,
  { column, words, blanks }: { readonly column: string; readonly words: readonly string[]; readonly blanks: number },
  path: string,
): StatusProposal {
  const marks = words.map(shown).join(', ');
  const rows = `${counted(blanks, 'row')} ${agree(blanks, 'has', 'have')} no value in ${JSON.stringify(column)}`;
  tell(
    draft,
    `${path}.blank`,
    `${rows}, and ${marks} seems to mark those who have left: does a blank cell mean active?`,
  );
  return { column, inactive: words, blank: 'active' };
}

/** Shorter ones are codes, and each is active or inactive. */
const SHORTEST_KIND = 4;

/** A word such as "Pre-hire" may mean people who are not to be sent at all. */
function hintOfExcept({ found }: ProposalDraft, word: string): string {
  const column = found.columns.roles.get('status')?.column;
  if (column === undefined || word.length < SHORTEST_KIND) return '';
  return ` If such people are not for this source, write "except": ${JSON.stringify({ column, values: [word] })} into "file".`;
}

function proposeWords(
  draft: ProposalDraft,
  words: readonly string[],
  asks: boolean | null,
  path: string,
): { readonly active: string[]; readonly inactive: string[] } {
  const lists = { active: [] as string[], inactive: [] as string[] };
  for (const word of words) {
    const reading = readStatusWord(word, asks, words);
    if (reading === null) {
      tell(
        draft,
        path,
        `${shown(word)} is in neither list, so its rows are rejected: does it mean active or inactive?${hintOfExcept(draft, word)}`,
      );
      continue;
    }
    const list = reading.active ? 'active' : 'inactive';
    lists[list].push(word);
    if (!reading.isSure) tell(draft, `${path}.${list}`, `Does ${shown(word)} mean ${list}?`);
  }
  return lists;
}

/** What a file of changes says of somebody who was deleted. */
const DELETED: ReadonlySet<string> = new Set(
  [
    'd',
    'del',
    'delete',
    'deleted',
    'remove',
    'removed',
    'terminate',
    'löschen',
    'gelöscht',
    'supprimer',
    'eliminar',
  ].map(foldStatusWord),
);

/** A file of changes may say in a column of its own that somebody was deleted; null if none does. */
function proposeChange(draft: ProposalDraft): StatusProposal | null {
  const action = draft.found.columns.roles.get('action');
  const words = draft.found.survey.actions;
  if (action === undefined || words.length > maxStatusWords) return null;
  const column = JSON.stringify(action.column);
  const says = `${column} seems to say what changed (${words.map(shown).join(', ')})`;
  const inactive = words.filter((word) => DELETED.has(foldStatusWord(word)));
  if (inactive.length === 0) {
    tell(draft, '$.active', `${says}: does one of these words mean that the person has left?`);
    return null;
  }
  const path = draft.found.columns.roles.has('status') ? '$.active.all[1]' : '$.active';
  tell(draft, path, `${says}: does ${inactive.map(shown).join(' or ')} mean that the person has left, and no other?`);
  return { column: action.column, inactive, others: 'active' };
}
