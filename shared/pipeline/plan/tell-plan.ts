// A plan as HR, the operator and the identity engineer read it: a page with the people who matter, and a CSV with everybody.
import { DAY_MS } from '../../core/clock';
import type { Hash64 } from '../../core/hash';
import { CALL_WINDOW_MS, MAX_CALLS_PER_WINDOW } from '../../graph/limits';
import { planWords, sentenceOf, sentenceOfLimit } from '../../messages/catalogue';
import type { PlanSummary } from '../../plan/plan';
import type { TextSink } from '../../report/csv-file';
import { planCsv } from '../../plan/plan-csv';
import { planPage } from '../../plan/plan-page';
import type { FileToPlan, PlannedFile } from './make-plan';
import { makePlan } from './make-plan';

/** What a plan is about. */
export interface PlanSubject {
  readonly source: string;
  /** Name of the file, without folders. */
  readonly file: string;
  /** The held run; null for a file that is only looked at. */
  readonly run: string | null;
  /** Ms. */
  readonly madeAt: number;
  readonly callsPerDay: number;
}

/** A plan that was told: its page, its numbers, and what they were made of. */
export interface ToldPlan {
  readonly page: string;
  readonly summary: PlanSummary;
  readonly planned: PlannedFile;
}

/** Names of the two reports. */
export const planNames = (file: string): { readonly page: string; readonly csv: string } => ({
  page: `${file}.plan.html`,
  csv: `${file}.plan.csv`,
});

/** Makes the plan; the CSV goes to `csv` as it grows. Throws `FileHold` for a file that cannot be read to its end. */
export async function tellPlan(hash: Hash64, file: FileToPlan, subject: PlanSubject, csv: TextSink): Promise<ToldPlan> {
  const everybody = planCsv(csv);
  const page = planPage(planWords);
  const planned = await makePlan(file, {
    hash,
    tell: sentenceOf,
    notes: planWords.notes,
    add: async (entries) => {
      for (const entry of entries) {
        page.add(entry);
        await everybody.add(entry);
      }
    },
  });
  await everybody.finish();
  const summary = summaryOf(planned, subject);
  return { summary, planned, page: page.finish(summary, planNames(subject.file).csv) };
}

function summaryOf(planned: PlannedFile, { callsPerDay, ...subject }: PlanSubject): PlanSummary {
  const { content, rows, known, counts, calls, decision } = planned;
  return {
    ...subject,
    ...{ content, rows, known, counts, calls },
    held: decision.hold.map((one) => sentenceOfLimit(one, true)),
    warnings: decision.warn.map((one) => sentenceOfLimit(one, false)),
    dailyCalls: callsPerDay,
    doneAt: calls === 0 ? null : subject.madeAt + durationOf(calls, callsPerDay),
  };
}

/** Ms that the calls take at the service's own pace, if nobody else calls: whole days for each daily budget, and the rest at full speed. */
function durationOf(calls: number, callsPerDay: number): number {
  const days = Math.ceil(calls / callsPerDay) - 1;
  return days * DAY_MS + Math.ceil((calls - days * callsPerDay) / MAX_CALLS_PER_WINDOW) * CALL_WINDOW_MS;
}
