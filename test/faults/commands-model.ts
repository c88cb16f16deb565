// The small model of the promise: which files were dropped in which order, who is in them, and what intake must do with each.
import type { WorldRow } from './small-world';

export type Content = 'full' | 'changes';

/** A file as it was dropped. */
export interface Drop {
  /** Name of the blob, without the source's folder; unique. */
  readonly name: string;
  readonly content: Content;
  /** Empty for a damaged file. */
  readonly rows: readonly WorldRow[];
  readonly bytes: Buffer;
  /** `live`: its records count; a code: the file is held with it; `held`: the file is held, for any damage. */
  readonly fate: 'live' | 'held' | 'older-file-again';
  /** People for whom no new call may be made, because exactly this content was confirmed for them before the drop. */
  readonly confirmed: ReadonlySet<number>;
}

/** What the test knows about the world without asking the product. */
export interface Model {
  readonly drops: Drop[];
  paused: boolean;
  /** A job that was stopped may process much later; an entry lost then cannot be noticed (the known limit of docs/adr/0015). */
  mayProcessLate: boolean;
  /** The next entry of the log is lost. */
  losesEntry: boolean;
  /** How much later than usual entries may become visible, ms. */
  lateByMs: number;
  /** How far the service's clock is ahead of ours, ms. */
  aheadMs: number;
  /** Nothing was dropped, scripted or killed since all runs had ended. */
  atRest: boolean;
}

export const newModel = (): Model => ({
  drops: [],
  paused: false,
  mayProcessLate: false,
  losesEntry: false,
  lateByMs: 0,
  aheadMs: 0,
  atRest: false,
});

/** The files that count, oldest first. */
export const liveDrops = (model: Pick<Model, 'drops'>): readonly Drop[] =>
  model.drops.filter((drop) => drop.fate === 'live');

const peopleOf = (drop: Drop): ReadonlySet<number> =>
  new Set(drop.rows.filter((row) => row.active !== null).map((row) => row.person));

/** What intake must do with well-formed content: hold it only if it is older and a newer file has had the same people since. */
export function fateOf(model: Pick<Model, 'drops'>, bytes: Buffer): 'live' | 'older-file-again' {
  const earlier = liveDrops(model);
  if (earlier.at(-1)?.bytes.equals(bytes) === true) return 'live';
  const at = earlier.findLastIndex((drop) => drop.bytes.equals(bytes));
  if (at < 0) return 'live';
  const people = peopleOf(earlier[at]!);
  const overtakes = (drop: Drop): boolean =>
    drop.content === 'full' || [...peopleOf(drop)].some((person) => people.has(person));
  return earlier.slice(at + 1).some(overtakes) ? 'older-file-again' : 'live';
}

/** A record of a person: which file, which row of it (from 1), and what it says. */
export interface PersonRecord {
  readonly drop: Drop;
  readonly number: number;
  readonly row: WorldRow & { readonly active: boolean };
}

/** The records of a person that count, in order of arrival. */
export const recordsOf = (model: Pick<Model, 'drops'>, person: number): readonly PersonRecord[] =>
  liveDrops(model).flatMap((drop) =>
    drop.rows.flatMap((row, i) =>
      row.person === person && row.active !== null
        ? [{ drop, number: i + 1, row: { ...row, active: row.active } }]
        : [],
    ),
  );

/** True if a newer file says something about the person, even if only because it is full. */
export function isOvertaken(model: Pick<Model, 'drops'>, drop: Drop, person: number): boolean {
  const live = liveDrops(model);
  return live.slice(live.indexOf(drop) + 1).some((newer) => newer.content === 'full' || peopleOf(newer).has(person));
}
