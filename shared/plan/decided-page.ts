// `<file>.plan.html` of a run about which somebody has decided: what was decided, and where to read on.
import type { PlanWords } from '../messages/plan-words';
import { html } from '../page/html';
import { page } from '../page/page';

/** What was decided. `reason`: a sentence, of a run that will never be sent; null for one that was approved. */
export interface DecidedPlan {
  readonly source: string;
  readonly file: string;
  readonly run: string;
  readonly wasApproved: boolean;
  readonly reason: string | null;
  /** Name of the file that lists whom the plan listed. */
  readonly csv: string;
}

/** The whole page. */
export function decidedPage(words: PlanWords, { source, file, run, wasApproved, reason, csv }: DecidedPlan): string {
  return page({
    title: words.title(file),
    lang: words.lang,
    body: html`<main>
      <header>
        <p class="eyebrow">${words.title(file)}</p>
        <h1>${words.decided.headline(wasApproved)}</h1>
        <p class="about">${words.decided.about(source, run)}</p>
      </header>
      <section class="banner ${wasApproved ? 'free' : 'held'}" id="verdict">
        <p class="verdict">${wasApproved ? words.decided.approved : words.decided.ended}</p>
        ${reason === null ? null : html`<p>${reason}</p>`}
        <p>${words.decided.listed(csv)}</p>
      </section>
    </main>`,
  });
}
