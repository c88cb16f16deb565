// One entry of a plan as the page lists it: clipped, so that no file can make a page that no browser opens, and with nothing invisible.
import type { PlanWords } from '../messages/plan-words';
import type { ListedChange, ListedRecord } from '../page/record-list';
import { visible, visibleValue } from '../page/visible';
import type { PlanEntry } from './plan';

/** Characters of a value, of a name or an id, of a note, and of all values of a person together. Our choice, 2026-11: 10,000 people stay below 30 MB. */
const MAX_VALUE_CHARS = 300;
const MAX_NAME_CHARS = 200;
const MAX_NOTE_CHARS = 500;
const MAX_CHANGES_CHARS = 2_000;

const clipped = (text: string, maxChars: number): string =>
  text.length > maxChars ? `${text.slice(0, maxChars)}…` : text;

const shownValue = (value: string | null): string | null =>
  value === null ? null : clipped(visibleValue(clipped(value, MAX_VALUE_CHARS)), 2 * MAX_VALUE_CHARS);

const shownName = (name: string | null): string | null =>
  name === null ? null : clipped(visibleValue(clipped(name, MAX_NAME_CHARS)), 2 * MAX_NAME_CHARS);

/** The record of an entry; `group` is the number of its kind in the list. */
export function listedEntry(
  words: PlanWords,
  { row, line, id, name, changes, note }: PlanEntry,
  group: number,
): ListedRecord {
  const listed: ListedChange[] = [];
  let left = MAX_CHANGES_CHARS;
  for (const { attribute, before, after } of changes) {
    const change: ListedChange = [visible(clipped(attribute, MAX_NAME_CHARS)), shownValue(before), shownValue(after)];
    left -= change.reduce((sum, text) => sum + (text?.length ?? 0), 0);
    if (left < 0) break;
    listed.push(change);
  }
  const leftOut = changes.length - listed.length;
  return [
    group,
    shownName(id),
    shownName(name),
    words.place(row, line),
    listed,
    [
      ...(note === null ? [] : [visible(clipped(note, MAX_NOTE_CHARS))]),
      ...(leftOut === 0 ? [] : [words.valuesLeftOut(leftOut)]),
    ],
  ];
}
