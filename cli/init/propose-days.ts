// The days of a proposal: `until`, from a column with the last day, and `from`, from one with the first.
import { foldStatusWord } from '../../shared/columns/fold';
import { agree, counted } from '../../shared/core/english';
import type { ProposalDraft } from './proposal';

/** As in the settings. */
export interface ProposedDays {
  readonly until?: object;
  readonly from?: object;
}

/** Proposes the days whose dates are all in one form. `active`: the words of people who work here, as far as there are any. */
export function proposeDays(draft: ProposalDraft, active: readonly string[]): ProposedDays {
  const until = proposeUntil(draft, active);
  const from = proposeFrom(draft);
  return { ...(until === null ? {} : { until }), ...(from === null ? {} : { from }) };
}

/** Days begin and end at midnight somewhere; nothing in a file says where. */
const ZONE = 'UTC';

function tellZone({ remarks }: ProposalDraft, path: string): void {
  remarks.push({ path: `${path}.date.zone`, message: 'Write the time zone of the company, such as "Europe/Berlin".' });
}

function proposeUntil(draft: ProposalDraft, active: readonly string[]): object | null {
  const { columns, survey } = draft.found;
  const known = columns.roles.get('leaveDate');
  const guess = survey.dates.leaveDate;
  if (known === undefined || guess.kind !== 'format') return null;
  const path = '$.active.until';
  const column = JSON.stringify(known.column);
  const works = new Set(active.map(foldStatusWord));
  const contradicted = [...survey.passed].reduce((sum, [word, rows]) => sum + (works.has(word) ? rows : 0), 0);
  if (contradicted > 0) {
    draft.remarks.push({
      path,
      message: `${counted(contradicted, 'row')} with an active status ${agree(contradicted, 'has', 'have')} a day in ${column} that has passed, so it is not proposed as the last day.`,
    });
    return null;
  }
  draft.remarks.push({
    path,
    message: `Is ${column} the last day? From the day after, the account is disabled${columns.roles.has('status') ? ', whatever the status says' : ''}. A blank cell means that nobody knows of one.`,
  });
  tellZone(draft, path);
  return { column: known.column, date: { format: guess.format, zone: ZONE }, blank: 'active' };
}

/** Only where somebody in the file begins later: then a blank or unreadable first day rejects the row. */
function proposeFrom(draft: ProposalDraft): object | null {
  const { columns, survey } = draft.found;
  const known = columns.roles.get('hireDate');
  const guess = survey.dates.hireDate;
  if (known === undefined || guess.kind !== 'format' || survey.toCome === 0) return null;
  const path = '$.active.from';
  draft.remarks.push({
    path,
    message: `${counted(survey.toCome, 'row')} ${agree(survey.toCome, 'has', 'have')} a day to come in ${JSON.stringify(known.column)}. "not-yet" sends nothing until then; "inactive" creates a disabled account at once. A blank cell means that the day has passed.`,
  });
  tellZone(draft, path);
  return { column: known.column, date: { format: guess.format, zone: ZONE }, before: 'not-yet', blank: 'active' };
}
