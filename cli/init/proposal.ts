// What a proposal is made from, and what it consists of.
import type { Declared, TableHeader } from './find-header';
import type { RecognisedColumns } from './recognise-columns';
import type { LineSurvey } from './survey-lines';
import type { ValueSurvey } from './survey-values';

/** Something in the proposal to be looked at; `path` is its place in the settings, null for what was left out. */
export interface Remark {
  readonly path: string | null;
  readonly message: string;
}

/** A source.json as an object, and what is uncertain in it. */
export interface Proposal {
  readonly settings: object;
  readonly remarks: readonly Remark[];
}

/** What the proposal is made from. */
export interface Surveyed {
  /** A valid name for the source. */
  readonly name: string;
  readonly pattern: string;
  readonly header: TableHeader | { readonly format: 'json' };
  readonly declared: Declared;
  readonly records: string | null;
  readonly columns: RecognisedColumns;
  /** Names that several columns have. */
  readonly doubled: readonly string[];
  /** Paths of lists. */
  readonly lists: readonly string[];
  /** Lines that are not people. */
  readonly lines: LineSurvey;
  readonly survey: ValueSurvey;
}

/** The proposal while it is built; remarks are added on the way. */
export interface ProposalDraft {
  readonly found: Surveyed;
  readonly remarks: Remark[];
}
