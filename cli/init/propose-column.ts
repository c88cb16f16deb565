// The column of a role, or a placeholder where only a person can name it.
import { placeholder } from '../../shared/source/placeholder';
import type { ColumnRole } from './column-names';
import type { ProposalDraft } from './proposal';

/** Proposes the column of a role at a place in the settings. Asks if its name leaves a doubt; `without` says that no column has it. */
export function proposeColumn(
  draft: ProposalDraft,
  role: ColumnRole,
  what: string,
  path: string,
  without: string,
): string {
  const found = draft.found.columns.roles.get(role);
  if (found === undefined) {
    draft.remarks.push({ path, message: `${without} Write the name of the column.` });
    return placeholder(what);
  }
  if (!found.isSure) draft.remarks.push({ path, message: `Is ${JSON.stringify(found.column)} the right column?` });
  return found.column;
}
