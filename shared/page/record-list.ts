// A list of people or rows that is searched, filtered and walked through with the keyboard. The records travel as JSON; a script of the kit
// shows them piece by piece, so 10,000 of them cost no more than the ones that are looked at.
import type { Tone } from './bar-chart';
import type { Html } from './html';
import { html, jsonData, raw, safeJson } from './html';

/** One attribute of a record: its name, and the value before and after; null: not set. */
export type ListedChange = readonly [attribute: string, before: string | null, after: string | null];

/**
 * One record, as an array because 10,000 of them repeat their keys: the number of its group, id, name, place in the file, changes, and lines
 * of text. All texts are ready to be shown (see visible.ts).
 */
export type ListedRecord = readonly [
  group: number,
  id: string | null,
  name: string | null,
  place: string,
  changes: readonly ListedChange[],
  notes: readonly string[],
];

/** One kind of record, which the list can be narrowed to. */
export interface ListGroup {
  readonly key: string;
  readonly label: string;
  readonly tone: Tone;
  /** Records of this kind there are, in the list or not. */
  readonly total: number;
}

/** A text by the plural forms of its language (`one`, `other`, …); `{…}` are the numbers that the script fills in. */
export type PluralText = Readonly<Record<'other', string>> & Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

/** The words of the list. */
export interface ListWords {
  readonly heading: string;
  readonly search: string;
  readonly searchHint: string;
  readonly filter: string;
  readonly everybody: string;
  /** `{shown}`: records that match; the plural goes by it. */
  readonly found: PluralText;
  readonly nobody: string;
  readonly clear: string;
  readonly keys: string;
  readonly withoutId: string;
  readonly notSet: string;
  readonly attribute: string;
  readonly before: string;
  readonly after: string;
  /** `{more}`: values that are folded. */
  readonly more: PluralText;
  /** `{printed}`, `{shown}`. */
  readonly printed: string;
  readonly withoutScript: string;
}

/** What a list is made of. */
export interface RecordList {
  readonly lang: string;
  readonly groups: readonly ListGroup[];
  /** `ListedRecord`s, each as JSON. */
  readonly records: readonly string[];
  readonly words: ListWords;
  /** Said below the heading, for example that there are more records than the list holds. */
  readonly note: string | null;
}

/** The list; the page needs `recordListScript` to show it. */
export function recordList({ lang, groups, records, words, note }: RecordList): Html {
  return html`<section class="records" aria-labelledby="records-heading">
    <h2 id="records-heading">${words.heading}</h2>
    ${note === null ? null : html`<p class="records-note">${note}</p>`}
    <noscript><p class="records-note">${words.withoutScript}</p></noscript>
    <div id="records" hidden>
      <div class="tools">
        <input
          id="records-search"
          type="search"
          autocomplete="off"
          spellcheck="false"
          aria-label="${words.search}"
          aria-keyshortcuts="/"
          placeholder="${words.searchHint}"
        />
        <div class="chips" role="group" aria-label="${words.filter}">
          ${chip('', words.everybody, 'quiet')} ${groups.map(({ key, label, tone }) => chip(key, label, tone))}
        </div>
        <p class="status"><span id="records-status" role="status"></span> <span class="keys">${words.keys}</span></p>
      </div>
      <ol id="records-list"></ol>
      <p id="records-nobody" hidden>${words.nobody} <button type="button" id="records-clear">${words.clear}</button></p>
      <p id="records-printed" hidden></p>
    </div>
    ${jsonData('records-words', JSON.stringify({ lang, groups, ...words }))} ${recordsData(records)}
  </section>`;
}

const chip = (key: string, label: string, tone: Tone): Html =>
  html`<button
    type="button"
    class="chip tone-${tone}"
    data-group="${key}"
    aria-pressed="${key === '' ? 'true' : 'false'}"
  >
    ${label} <span class="count"></span>
  </button>`;

/** Joined here and not by JSON.stringify: the records are text already. */
const recordsData = (records: readonly string[]): Html =>
  raw(`<script type="application/json" id="records-data">[${records.map(safeJson).join(',\n')}]</script>`);
