// The guard once more, as naively as possible: counts what a file would do to the people of the directory, by reading all earlier files again.
import type { Record_, Judged, ToldFile } from './told-history';
import { isSame, names, recordOf, rowsIn, wordOf } from './told-history';

/** The limits that the tests of any history write into `source.json`: numbers, so that a handful of people can exceed them. */
export const LIMITS = {
  disabled: { hold: { count: 1 } },
  missing: { hold: { count: 1 } },
  changed: { hold: { count: 3 } },
  created: { hold: { count: 2 } },
  enabled: { hold: { count: 1 } },
  renamed: { hold: { count: 2 } },
  rejected: { hold: { count: 1 } },
  rows: { hold: { lessPercent: 50, morePercent: 100, atLeast: 3 } },
} as const;

export type NaiveLimit = keyof typeof LIMITS;
/** At least so many, and at most so many: people in doubt may be known otherwise to the roster. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** What a file would do, by limit. */
export type NaiveCounts = Readonly<Record<NaiveLimit, Bounds>>;

type Test = (before: Record_ | undefined, now: Record_) => boolean;
const TESTS: Readonly<Record<'disabled' | 'changed' | 'created' | 'enabled' | 'renamed', Test>> = {
  created: (before) => before === undefined,
  changed: (before, now) => before !== undefined && !isSame(before, now),
  disabled: (before, now) => before?.active === true && !now.active,
  enabled: (before, now) => before?.active === false && now.active,
  renamed: (before, now) => before !== undefined && before.userName !== now.userName,
};

/** Counts the file as it was judged. */
export function countNaively(file: ToldFile, judged: Judged): NaiveCounts {
  const { directory, doubtful } = judged;
  const isSure = (id: string): boolean => !doubtful.has(id);
  const known = [...directory.keys()].some(isSure);
  const people = [...new Set(file.rows.flatMap((row) => (row.kind === 'well' ? [row.id] : [])))];
  const ofPeople = (test: Test): Bounds => {
    const sure = people.filter((id) => isSure(id) && test(directory.get(id), recordOf(wordOf(file, id)!)));
    return { least: known ? sure.length : 0, most: sure.length + people.filter((id) => !isSure(id)).length };
  };
  const rejected = file.rows.reduce((sum, { kind }) => sum + (kind === 'well' ? 0 : kind === 'twice' ? 2 : 1), 0);
  return {
    created: ofPeople(TESTS.created),
    changed: ofPeople(TESTS.changed),
    disabled: ofPeople(TESTS.disabled),
    enabled: ofPeople(TESTS.enabled),
    renamed: ofPeople(TESTS.renamed),
    missing: missingIn(file, judged, known),
    rejected: { least: rejected, most: rejected },
    rows: rowsDiffering(file, judged, known),
  };
}

/** Active people of the directory whom no row names, unless an earlier full file had no row of them either. */
function missingIn(file: ToldFile, judged: Judged, known: boolean): Bounds {
  const { directory, doubtful, open, settledFull } = judged;
  const everNamed = [...doubtful];
  if (file.content !== 'full') return { least: 0, most: 0 };
  const absent = [...directory].filter(([id]) => !names(file, id));
  const wasNamed = (id: string): boolean => {
    const last = settledFull.at(-1);
    return last === undefined || names(last, id) || last.rows.some(({ kind }) => kind === 'no-id');
  };
  const sure = absent.filter(([id, { active }]) => active && !doubtful.has(id) && wasNamed(id));
  // The roster also has people whose first record failed: a hold that counts them is one too many, not one too few.
  const failed = everNamed.filter((id) => !directory.has(id) && !names(file, id));
  return { least: known && open === 0 ? sure.length : 0, most: absent.length + failed.length };
}

/** How many rows more or fewer, if that is too many; else 0. */
function rowsDiffering(file: ToldFile, { settledFull, open }: Judged, known: boolean): Bounds {
  const last = settledFull.filter(({ key }) => key.run < file.key.run).at(-1);
  if (file.content !== 'full' || last === undefined) return { least: 0, most: 0 };
  const [now, before] = [rowsIn(file), rowsIn(last)];
  const { lessPercent, morePercent, atLeast } = LIMITS.rows.hold;
  const count = Math.abs(now - before);
  const percent = now < before ? lessPercent : morePercent;
  const trips = count >= atLeast && count * 100 > percent * before ? count : 0;
  // While a file is on its way, that one is compared with, not the last settled one.
  return open === 0 ? { least: known ? trips : 0, most: trips } : { least: 0, most: now + before };
}

/** True if so many exceed the limit. */
export const exceeds = (limit: NaiveLimit, count: number): boolean =>
  limit === 'rows' ? count > 0 : count > LIMITS[limit].hold.count;
