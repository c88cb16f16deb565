// `rowsPerPerson` of a proposal: only rules that tell for each person of the file which of several rows counts; otherwise it is asked about.
import { agree, counted, listedOr, quoted } from '../../shared/core/english';
import { quote, quoteAll } from '../../shared/core/message';
import type { PreferRule } from '../../shared/source/rows-per-person-settings';
import type { Proposal } from './proposal';
import type { RepeatedPeople } from './repeated-people';

/** Adds the rules to a proposal, with what is to be looked at. */
export function withRules({ settings, remarks }: Proposal, found: RepeatedPeople): Proposal {
  const path = '$.rowsPerPerson';
  switch (found.kind) {
    case 'clear':
      return { settings, remarks };
    case 'rules': {
      const { people, prefer } = found;
      const has = `${counted(people, 'person has', 'people have')} several rows. The row that counts is ${prefer.map(told).join(', then ')}`;
      return {
        settings: { ...settings, rowsPerPerson: { prefer } },
        remarks: [...remarks, { path: `${path}.prefer`, message: `${has}: is that right?` }],
      };
    }
    case 'open': {
      const { people, first } = found;
      const message = `${counted(people, 'person has', 'people have')} several rows, and nothing was found that tells which of them counts: ${quoted(quote(first.id))} on lines ${first.lines.slice(0, SHOWN_LINES).join(', ')}${people === 1 ? '' : ', for one'}. As it is, none of the rows of ${agree(people, 'this person', 'these people')} is sent. If a column tells, write a rule with it.`;
      return { settings, remarks: [...remarks, { path, message }] };
    }
    case 'too-many':
      return {
        settings,
        remarks: [
          ...remarks,
          { path, message: 'Very many rows share their ids with others, so no rule was looked for.' },
        ],
      };
  }
}

const SHOWN_LINES = 5;

function told(rule: PreferRule): string {
  if (rule === 'active') return 'the active one';
  const column = JSON.stringify(rule.column);
  const { values } = rule;
  return values === undefined
    ? `that with the latest ${column}`
    : `that with ${listedOr(quoteAll(values))} in ${column}`;
}
