// What a language must have: a wording for every code of every concept, and the few texts around them. A language that lacks one does not
// compile.
import type { MessagesOf } from '../core/codes';
import type { Quote } from '../core/message';
import type { deliveryCodes } from '../delivery/delivery-codes';
import type { doctorCodes } from '../doctor/doctor-codes';
import type { exportCodes } from '../export/export-codes';
import type { credentialCodes } from '../graph/credential-codes';
import type { graphCodes } from '../graph/graph-codes';
import type { managementCodes } from '../graph/management-codes';
import type { guardCodes } from '../guard/guard-codes';
import type { mappingCodes } from '../mapping/mapping-codes';
import type { missingCodes } from '../missing/missing-codes';
import type { rosterCodes } from '../roster/roster-codes';
import type { runCodes } from '../run/run-codes';
import type { setupCodes } from '../tenant/setup-codes';
import type { sourceCodes } from '../source/source-codes';
import type { ServiceCode } from '../verdict/error-classes';
import type { Verdict } from '../verdict/verdict';
import type { verdictCodes } from '../verdict/verdict-codes';
import type { Tripped } from '../guard/tripped';
import type { PlanWords } from './plan-words';

/** The wordings of all concepts. */
export interface LanguageTables {
  readonly export: MessagesOf<typeof exportCodes>;
  readonly mapping: MessagesOf<typeof mappingCodes>;
  readonly source: MessagesOf<typeof sourceCodes>;
  readonly run: MessagesOf<typeof runCodes>;
  readonly guard: MessagesOf<typeof guardCodes>;
  readonly roster: MessagesOf<typeof rosterCodes>;
  readonly missing: MessagesOf<typeof missingCodes>;
  readonly delivery: MessagesOf<typeof deliveryCodes>;
  readonly graph: MessagesOf<typeof graphCodes>;
  readonly credential: MessagesOf<typeof credentialCodes>;
  readonly management: MessagesOf<typeof managementCodes>;
  readonly setup: MessagesOf<typeof setupCodes>;
  readonly verdict: MessagesOf<typeof verdictCodes>;
  readonly doctor: MessagesOf<typeof doctorCodes>;
}

/** The values of `<file>.why-held.txt`: the file, the reason with its code and place, and the run. */
export interface HeldFile {
  readonly file: Quote;
  readonly sentence: string;
  readonly code: string;
  readonly run: string;
  readonly line: number | null;
  readonly column: Quote | null;
  /** What the run is made from, if it is none of HR's files and waits for an approval: it has no plan. */
  readonly withoutPlan: 'missing' | 'disable' | 'dates' | null;
}

/** The values of the same file once somebody has approved the held one. */
export type ApprovedFile = Pick<HeldFile, 'file' | 'run'>;

/** One language. */
export interface Language {
  readonly tables: LanguageTables;
  /** What a verdict means when nothing else is known. */
  readonly verdicts: Readonly<Record<Verdict, string>>;
  /** What the service's own error codes mean. */
  readonly service: Readonly<Record<ServiceCode, string>>;
  /** For a code of the service that we do not know. */
  readonly serviceUnknown: string;
  /** The lines of `<file>.why-held.txt`. */
  readonly heldFile: (held: HeldFile) => readonly string[];
  /** The lines of the same file of a held file that was approved. */
  readonly approvedFile: (approved: ApprovedFile) => readonly string[];
  /** One limit of the guard that a file exceeds; `isHold`: it holds the file, else it only warns. */
  readonly limit: (tripped: Tripped, isHold: boolean) => string;
  /** The page of a plan. */
  readonly plan: PlanWords;
}
