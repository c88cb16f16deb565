// `<file>.plan.html`: first whether the file would be sent and what it would do, then person by person. Takes a million people one by one and
// keeps those it lists.
import type { PlanNumbers, PlanOutlook, PlanWords } from '../messages/plan-words';
import { barChart, type Tone } from '../page/bar-chart';
import type { Html } from '../page/html';
import { html } from '../page/html';
import { page } from '../page/page';
import { recordList } from '../page/record-list';
import { recordListScript } from '../page/record-list-script';
import { KeptEntries, KINDS_BY_INTEREST } from './kept-entries';
import { listedEntry } from './listed-entry';
import type { PlanEntry, PlanKind, PlanSummary } from './plan';

/** People on the page: enough to judge a file, few enough for any browser. The CSV has all. Our choice, 2026-11. */
export const MAX_LISTED = 10_000;

const TONES: Readonly<Record<PlanKind, Tone>> = {
  disabled: 'danger',
  missing: 'danger',
  enabled: 'notice',
  changed: 'change',
  new: 'good',
  rejected: 'warning',
  'on-hold': 'quiet',
  resent: 'quiet',
  waiting: 'quiet',
  skipped: 'quiet',
  unchanged: 'quiet',
};

/** Bars that are there even at 0: that nobody would be disabled is what the reader wants to see. */
const ALWAYS_SHOWN: readonly PlanKind[] = ['disabled', 'changed', 'new'];

/** Kinds of people who are known: their share of all of them says something. */
const OF_KNOWN: readonly PlanKind[] = ['disabled', 'missing', 'enabled', 'changed', 'resent'];

/** A page being made. */
export interface PlanPage {
  /** In the order of the file; keeps at most `MAX_LISTED` entries, and little of each. */
  add(entry: PlanEntry): void;
  /** The whole page. `csv`: name of the file that lists everybody. */
  finish(summary: PlanSummary, csv: string): string;
}

/** Begins a page in the language of `words` (`planWords` of the catalogue). */
export function planPage(words: PlanWords): PlanPage {
  const kept = new KeptEntries(MAX_LISTED);
  return {
    add: (entry) =>
      kept.add(entry.kind, () => JSON.stringify(listedEntry(words, entry, KINDS_BY_INTEREST.indexOf(entry.kind)))),
    finish: (summary, csv) =>
      page({
        title: words.title(summary.file),
        lang: words.lang,
        body: html`<main>
          ${head(words, summary)} ${numbers(words, summary)} ${people(words, summary, kept, csv)}
        </main>`,
        script: recordListScript,
      }),
  };
}

function head(words: PlanWords, summary: PlanSummary): Html {
  const { counts, known, rows, held, warnings, run } = summary;
  const outlook: PlanOutlook = { counts, known, rows, isHeld: held.length > 0, isRun: run !== null };
  return html`<header>
      <p class="eyebrow">${words.title(summary.file)}</p>
      <h1>${words.headline(outlook)}</h1>
      <p class="about">${words.about(summary.source, run, summary.madeAt)} ${words.contentOf[summary.content]}</p>
    </header>
    <section class="banner ${outlook.isHeld ? 'held' : 'free'}" id="verdict">
      <p class="verdict">${words.verdict(outlook)}</p>
      ${sentencesOf(held)} ${run === null || !outlook.isHeld ? null : choices(words, run)}
    </section>
    ${
      warnings.length === 0
        ? null
        : html`<section class="banner warned" id="warnings">
            <p>${words.warnings(warnings.length)}</p>
            ${sentencesOf(warnings)}
          </section>`
    }`;
}

const sentencesOf = (sentences: readonly string[]): Html | null =>
  sentences.length === 0
    ? null
    : html`<ul>
        ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
      </ul>`;

const choices = (words: PlanWords, run: string): Html =>
  html`<dl class="choices">
    ${(['approve', 'refuse'] as const).map(
      (act) =>
        html`<div>
          <dt>${words[act]}</dt>
          <dd>
            <code>rollcall ${act} ${run} --reason "${words.placeholderOfReason}" ${words.placeholderOfStorage}</code>
          </dd>
        </div>`,
    )}
  </dl>`;

function numbers(words: PlanWords, { counts, known, rows, calls, dailyCalls, doneAt }: PlanSummary): Html {
  const facts: readonly (readonly [key: string, label: string, text: string])[] = [
    ['rows', words.rows, words.number(rows)],
    ['known', words.known, words.number(known)],
    ['unchanged', words.kinds.unchanged, words.number(counts.unchanged)],
    ['calls', words.calls, words.number(calls)],
    ['budget', words.budget, words.budgetShare(dailyCalls > 0 ? calls / dailyCalls : 0, dailyCalls)],
    ['done', words.done, words.doneAt(doneAt)],
  ];
  return html`<section class="numbers" aria-label="${words.picture}">
    <div class="picture">
      <h2>${words.picture}</h2>
      ${picture(words, counts, known)}
    </div>
    <dl class="facts">
      ${facts.map(
        ([key, label, text]) =>
          html`<div data-fact="${key}">
            <dt>${label}</dt>
            <dd>${text}</dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

/** Without the unchanged: they would be the only bar that anybody sees. Their number is among the facts. */
function picture(words: PlanWords, counts: PlanNumbers, known: number): Html {
  const kinds = KINDS_BY_INTEREST.filter(
    (kind) => kind !== 'unchanged' && (counts[kind] > 0 || ALWAYS_SHOWN.includes(kind)),
  );
  return barChart({
    id: 'picture',
    title: words.picture,
    description: words.pictureOf(counts),
    bars: kinds.map((kind) => ({
      key: kind,
      label: words.kinds[kind],
      value: counts[kind],
      text: words.amount(counts[kind], known > 0 && OF_KNOWN.includes(kind) ? counts[kind] / known : null),
      tone: TONES[kind],
    })),
  });
}

function people(words: PlanWords, { counts }: PlanSummary, kept: KeptEntries, csv: string): Html {
  const total = KINDS_BY_INTEREST.reduce((sum, kind) => sum + counts[kind], 0);
  return recordList({
    lang: words.lang,
    groups: KINDS_BY_INTEREST.map((key) => ({ key, label: words.kinds[key], tone: TONES[key], total: counts[key] })),
    records: kept.all(),
    words: words.list(csv),
    note: total > kept.size ? words.recordsLeftOut(kept.size, total, csv) : null,
  });
}
