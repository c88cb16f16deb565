// What a language must have for the plan of a run. The kinds are those of shared/plan/plan.ts; a kind without words does not compile there.
import type { ListWords } from '../page/record-list';

/** A number for each kind of the plan. */
export interface PlanNumbers {
  readonly new: number;
  readonly changed: number;
  readonly disabled: number;
  readonly enabled: number;
  readonly missing: number;
  readonly unchanged: number;
  readonly resent: number;
  readonly waiting: number;
  readonly 'on-hold': number;
  readonly skipped: number;
  readonly rejected: number;
}

/** What the first sentences are about. */
export interface PlanOutlook {
  readonly counts: PlanNumbers;
  readonly known: number;
  readonly rows: number;
  readonly isHeld: boolean;
  /** A run that exists; otherwise a file was only looked at. */
  readonly isRun: boolean;
}

/** What a plan says beside a person, where the kind and the values do not say it all. */
export interface PlanNotes {
  readonly onHold: (until: string) => string;
  readonly nextTry: (day: string) => string;
  /** The row waits for its first day. */
  readonly goesOn: (day: string) => string;
  /** Attributes that change; their values of today are no longer kept. */
  readonly valuesGone: (attributes: readonly string[]) => string;
  /** The record of a person without a row is no longer kept, so it is not known who it is. */
  readonly recordGone: string;
}

/** The words of the plan; numbers and times come as they are, and the language writes them. */
export interface PlanWords {
  /** BCP 47. */
  readonly lang: string;
  readonly title: (file: string) => string;
  /** Which feed, which run, and when the plan was made (ms since 1970). */
  readonly about: (source: string, run: string | null, madeAt: number) => string;
  readonly contentOf: Readonly<Record<'full' | 'changes', string>>;
  /** What would happen, in one sentence. */
  readonly headline: (outlook: PlanOutlook) => string;
  /** Whether it is held, and what that means. */
  readonly verdict: (outlook: PlanOutlook) => string;
  readonly warnings: (count: number) => string;
  /** How a held run is let go or refused; each with the command. */
  readonly approve: string;
  readonly refuse: string;
  readonly placeholderOfReason: string;
  /** How the command finds the machine. */
  readonly placeholderOfStorage: string;

  readonly kinds: Readonly<Record<keyof PlanNumbers, string>>;
  readonly picture: string;
  /** The picture in words. */
  readonly pictureOf: (counts: PlanNumbers) => string;
  /** A number, with its share of the people known (0..1) where that says something. */
  readonly amount: (value: number, share: number | null) => string;

  /** The page that takes the place of the plan once somebody has decided about the file. */
  readonly decided: {
    readonly headline: (wasApproved: boolean) => string;
    readonly about: (source: string, run: string) => string;
    readonly approved: string;
    readonly ended: string;
    /** `csv`: the file that lists whom the plan listed. */
    readonly listed: (csv: string) => string;
  };

  readonly rows: string;
  readonly known: string;
  readonly calls: string;
  readonly budget: string;
  readonly done: string;
  readonly number: (value: number) => string;
  /** Of a day's calls, in 0 to …; more than 1 is more than a day. */
  readonly budgetShare: (share: number, dailyCalls: number) => string;
  /** Ms since 1970; null: nothing to send. */
  readonly doneAt: (time: number | null) => string;

  /** What is said beside a person. Days as `yyyy-MM-dd`. */
  readonly notes: PlanNotes;

  readonly place: (row: number | null, line: number | null) => string;
  /** Values of a record that the page leaves out. */
  readonly valuesLeftOut: (count: number) => string;
  /** More records than the page lists. */
  readonly recordsLeftOut: (listed: number, total: number, csv: string) => string;
  readonly list: (csv: string) => ListWords;
}
