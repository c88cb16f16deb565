// Turns what was recognised into a source.json, and a list of everything in it that is uncertain.
import { foldStatusWord } from '../../shared/columns/fold';
import { agree, counted, listedOr } from '../../shared/core/english';
import { quoteAll } from '../../shared/core/message';
import { placeholder } from '../../shared/source/placeholder';
import type { ProposalDraft, Proposal, Surveyed } from './proposal';
import { proposeColumn } from './propose-column';
import { proposeLines, tellKinds } from './propose-lines';
import { proposeMapping } from './propose-mapping';
import { proposeActive } from './propose-status';

/** Proposes settings. They are valid but for placeholders; whatever a person should look at is a remark. */
export function proposeSettings(found: Surveyed): Proposal {
  const { header, columns, declared } = found;
  const draft: ProposalDraft = { found, remarks: [] };
  draft.remarks.push({
    path: '$.job',
    message: 'Object id of the enterprise application and id of its provisioning job: take them from Microsoft Entra.',
  });
  tellKinds(draft);
  const id = proposeColumn(draft, 'id', 'ID-COLUMN', '$.id', 'No column looks like the number of an employee.');
  const settings = {
    name: found.name,
    file: {
      pattern: found.pattern,
      format: header.format,
      content: 'changes',
      ...(declared.encoding === null ? {} : { encoding: declared.encoding }),
      ...(declared.delimiter === null || header.format === 'json' ? {} : { delimiter: declared.delimiter }),
      ...(header.format === 'csv' && header.skipLines > 0 ? { skipLines: header.skipLines } : {}),
      ...(found.records === null ? {} : { records: found.records }),
      ...proposeLines(draft),
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
  leftOut(found.doubled, 'several columns have this name, so none of them can be read; rename them if one is needed.');
  leftOut(found.lists, 'a list of values: a path such as NAME.0, or an expression, reads one of them.');
  leftOut(columns.blank, 'it has no value in any row.');
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

function withPattern(draft: ProposalDraft, column: string): string | object {
  const pattern = draft.found.survey.idPattern;
  if (pattern === null || !draft.found.columns.roles.has('id')) return column;
  draft.remarks.push({
    path: '$.id.pattern',
    message: 'All ids have this form; a row whose id has another one will be rejected.',
  });
  return { column, pattern };
}
