// `<file>.plan.csv`: everybody, for Excel. One line for each changed value, so that "who would lose the department" is one filter; each line
// repeats the person, so that sorting separates nothing, and `value` = 1 is each person once.
import { csvFile, type TextSink } from '../report/csv-file';
import type { PlanEntry, ValueChange } from './plan';

const HEADER = ['row', 'line', 'id', 'name', 'what', 'value', 'attribute', 'before', 'after', 'note'] as const;

/** Excel drops what is beyond 32,767 characters of a cell; room for quoting. */
const MAX_CELL_CHARS = 32_000;

/** A CSV being written. */
export interface PlanCsv {
  /** In the order of the file. */
  add(entry: PlanEntry): Promise<void>;
  /** Writes what is left; the header too if nobody was added. */
  finish(): Promise<void>;
}

const NO_CHANGE: ValueChange = { attribute: '', before: null, after: null };

const cell = (value: string | number | null): string => {
  const text = String(value ?? '');
  return text.length > MAX_CELL_CHARS ? `${text.slice(0, MAX_CELL_CHARS)}…` : text;
};

const recordsOf = ({ row, line, id, name, kind, changes, note }: PlanEntry): readonly (readonly string[])[] =>
  (changes.length === 0 ? [NO_CHANGE] : changes).map(({ attribute, before, after }, at) =>
    [row, line, id, name, kind, at + 1, attribute, before, after, note].map(cell),
  );

/** Begins the CSV. */
export function planCsv(sink: TextSink): PlanCsv {
  const csv = csvFile(sink, HEADER);
  return { add: (entry) => csv.add(...recordsOf(entry)), finish: () => csv.finish() };
}
