// Turns what was recognised into a source.json, and a list of everything in it that is uncertain.
import { foldStatusWord } from '../../shared/columns/fold';
import { agree, counted, listedOr } from '../../shared/core/english';
import { quoteAll } from '../../shared/core/message';
import type { ColumnRole } from './column-names';
import type { ProposalDraft, Proposal, Surveyed } from './proposal';
import { proposeMapping } from './propose-mapping';
import { readStatusWord } from './status-vocabulary';
import { maxStatusWords } from './survey-values';

/** Used where only a person knows the value: valid settings, but not those of a real job or column. */
const placeholder = (what: string): string => `REPLACE-WITH-${what}`;

/** Proposes settings. They are valid; whatever a person should check is a remark. */
export function proposeSettings(found: Surveyed): Proposal {
  const { header, columns } = found;
  const draft: ProposalDraft = { found, remarks: [] };
  draft.remarks.push({
    path: '$.job',
    message: 'Object id of the enterprise application and id of its provisioning job: take them from Microsoft Entra.',
  });
  const id = columnFor(draft, 'id', 'ID-COLUMN', '$.id', 'No column looks like the number of an employee.');
  const settings = {
    name: found.name,
    file: {
      pattern: found.pattern,
      format: header.format,
      content: 'changes',
      ...(header.format === 'csv' && header.skipLines > 0 ? { skipLines: header.skipLines } : {}),
      ...(found.records === null ? {} : { records: found.records }),
      ...proposeBlank(draft),
    },
    job: {
      servicePrincipalId: placeholder('OBJECT-ID-OF-THE-ENTERPRISE-APPLICATION'),
      jobId: placeholder('JOB-ID'),
      target: 'entra',
    },
    id: withPattern(draft, id),
    active: proposeActive(draft),
    mapping: proposeMapping(draft, id),
  };
  draft.remarks.push({
    path: '$.file.content',
    message: 'Write "full" only if every file holds everybody: then a person who is not in it is missing.',
  });
  const leftOut = (names: readonly string[], why: string): void => {
    if (names.length > 0) draft.remarks.push({ path: null, message: `${names.map(quote).join(', ')}: ${why}` });
  };
  leftOut(columns.private, 'personal data that an account does not need.');
  leftOut(columns.rest, 'not recognised, or a better column was found for the same.');
  return { settings, remarks: draft.remarks };
}

const quote = (name: string): string => JSON.stringify(name);

const isSameWord = (one: string, other: string): boolean => foldStatusWord(one) === foldStatusWord(other);

function proposeBlank(draft: ProposalDraft): { readonly blank?: readonly string[] } {
  const { words, cells } = draft.found.survey.blanks;
  const blank = words.filter((word, at) => words.findIndex((other) => isSameWord(other, word)) === at);
  if (blank.length === 0) return {};
  draft.remarks.push({
    path: '$.file.blank',
    message: `${counted(cells, 'cell')} ${agree(cells, 'says', 'say')} ${listedOr(quoteAll(blank))}: ${blank.length === 1 ? 'does it' : 'do they'} mean that there is no value?`,
  });
  return { blank };
}

function columnFor(draft: ProposalDraft, role: ColumnRole, what: string, path: string, without: string): string {
  const found = draft.found.columns.roles.get(role);
  if (found === undefined) {
    draft.remarks.push({ path, message: `${without} Write the name of the column.` });
    return placeholder(what);
  }
  if (!found.isSure) draft.remarks.push({ path, message: `Is ${quote(found.column)} the right column?` });
  return found.column;
}

function withPattern(draft: ProposalDraft, column: string): string | object {
  const pattern = draft.found.survey.idPattern;
  if (pattern === null || !draft.found.columns.roles.has('id')) return column;
  draft.remarks.push({
    path: '$.id.pattern',
    message: 'All ids have this form; a row whose id has another one will be rejected.',
  });
  return { column, pattern };
}

function proposeActive(draft: ProposalDraft): object {
  const column = columnFor(draft, 'status', 'STATUS-COLUMN', '$.active.column', 'No column looks like a status.');
  const words = draft.found.survey.statusWords;
  const lists = { active: [] as string[], inactive: [] as string[] };
  const tell = (path: string, message: string): void => void draft.remarks.push({ path, message });
  if (words.length > maxStatusWords)
    tell('$.active', `${quote(column)} has more than ${maxStatusWords} different values: is it the status?`);
  for (const word of words.length > maxStatusWords ? [] : words) {
    const reading = readStatusWord(word);
    if (reading === null) {
      tell('$.active', `${quote(word)} is in neither list, so its rows are rejected: does it mean active or inactive?`);
      continue;
    }
    const list = reading.active ? 'active' : 'inactive';
    lists[list].push(word);
    if (!reading.isSure) tell(`$.active.${list}`, `Does ${quote(word)} mean ${list}?`);
  }
  if (lists.active.length === 0) {
    lists.active.push(placeholder('ACTIVE-WORD'));
    tell('$.active.active', 'Write the words of people who work here.');
  }
  if (lists.inactive.length === 0)
    tell('$.active.inactive', 'The file has no word of people who have left. Without one nobody is ever disabled.');
  return { column, ...lists };
}
