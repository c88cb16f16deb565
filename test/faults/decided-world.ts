// The world of decisions: three nightly full files, the second of which would disable more people than go without a question; a person who has no
// row from then on; and one whom an operator disables.
import type { PersonFacts, WorldRow } from './small-world';
import { factsOfRow, SOURCE_TEXT } from './small-world';

const PEOPLE = 9;
/** Left in the second file; one leaver is the most that goes without a question. */
const LEAVERS: readonly number[] = [1, 2];
const MOVED_IN_SECOND = 3;
const MOVED_IN_THIRD = 4;
/** Whom `rollcall disable` is for. */
export const ORDERED = 7;
/** Has no row from the second file on. */
const MISSING = 8;
/** Has no row in the first file. */
const JOINED = 9;

function nightly(night: 1 | 2 | 3): readonly WorldRow[] {
  const persons = Array.from({ length: PEOPLE }, (_, i) => i + 1);
  return persons
    .filter((person) => person !== (night === 1 ? JOINED : MISSING))
    .map((person) => {
      const hasMoved = (person === MOVED_IN_SECOND && night > 1) || (person === MOVED_IN_THIRD && night > 2);
      return {
        person,
        active: night === 1 || !LEAVERS.includes(person),
        title: `${hasMoved ? 'Buyer' : 'Clerk'} ${person}`,
      };
    });
}

/** The files, in the order in which they arrive. */
export const DECIDED_FILES = [nightly(1), nightly(2), nightly(3)] as const;

/** The settings of the source. */
export const DECIDED_SOURCE = JSON.stringify({
  ...(JSON.parse(SOURCE_TEXT) as object),
  file: { pattern: '*.csv', format: 'csv', content: 'full', delimiter: ',', encoding: 'utf-8' },
  guard: { disabled: { hold: { count: LEAVERS.length - 1 } } },
  missingPeople: { disableAfterDays: 1 },
});

/** The verdicts of each run at the end, oldest run first: the files, the missing person, the order. Rows in order, `person verdict`. */
export const DECIDED_VERDICTS: readonly (readonly string[])[] = [
  DECIDED_FILES[0].map(({ person }) => `${person} created`),
  DECIDED_FILES[1].map(({ person, active }) => `${person} ${active ? verdictIn(2, person) : 'disabled'}`),
  DECIDED_FILES[2].map(({ person }) => `${person} ${verdictIn(3, person)}`),
  [`${MISSING} disabled`],
  [`${ORDERED} disabled`],
];

function verdictIn(night: 2 | 3, person: number): string {
  if (night === 2 && person === JOINED) return 'created';
  return person === (night === 2 ? MOVED_IN_SECOND : MOVED_IN_THIRD) ? 'updated' : 'unchanged';
}

/** What the directory must hold at the end, by id. */
export function decidedRecords(): readonly PersonFacts[] {
  const rows = new Map<number, WorldRow>();
  for (const row of DECIDED_FILES.flat()) rows.set(row.person, row);
  return [...rows.values()]
    .sort((a, b) => a.person - b.person)
    .map((row) => factsOfRow({ ...row, active: row.active && row.person !== MISSING && row.person !== ORDERED }));
}
