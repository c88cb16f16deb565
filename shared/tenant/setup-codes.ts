// What the steps of a set-up say: what each will do, has done or has found. The English is in setup-messages.ts.
import type { CodeOf } from '../core/codes';
import { finding, halt } from '../core/codes';
import type { Quote } from '../core/message';
import type { Licence } from '../graph/licence';
import type { StepName, StepState } from './step-names';

/** Codes of the steps. `state` is that of the step: the sentence of a plan says what will be done. */
export const setupCodes = {
  'setup-licence': finding<{ licence: Licence; callsPerDay: number }>(),
  'setup-application': finding<{ state: StepState; name: Quote; template: string; id: string | null }>(),
  'setup-application-twice': halt<{ name: Quote; count: number }>(),
  'setup-template-missing': halt<{ template: string }>(),
  'setup-job': finding<{ state: StepState; id: string | null }>(),
  'setup-job-twice': halt<{ count: number }>(),
  'setup-notification': finding<{
    state: StepState;
    address: Quote;
    /** People whose disabling in one cycle stops the job. */
    threshold: number;
    /** People whom the guard lets a file disable; null where it counts in percent alone, or is off. */
    guard: number | null;
    /** True if an address or a threshold of somebody else is replaced. */
    isReplaced: boolean;
  }>(),
  'setup-schema': finding<{
    state: StepState;
    /** False as long as there is no job whose schema could be read. */
    isRead: boolean;
    /** Added to the source attributes. */
    attributes: readonly Quote[];
    /** Added to the mappings, `source → target`. */
    mappings: readonly Quote[];
    /** Sent, and mapped to nothing. */
    unmapped: readonly Quote[];
  }>(),
  'setup-schema-restored': finding<{ file: Quote; backup: Quote }>(),
  'setup-permissions': finding<{ state: StepState; roles: readonly string[] }>(),
  'setup-identity-unknown': halt<{ id: string }>(),
  'setup-role-unknown': halt<{ role: string }>(),
  'setup-start': finding<{ state: StepState }>(),
  'setup-quarantined': halt<{ reason: string }>(),
  'setup-settings': finding<{ state: StepState; isReplaced: boolean }>(),
  'setup-undo': finding<{ step: StepName }>(),
  'setup-taken-back': finding<{ state: StepState; step: StepName }>(),
  'setup-changed-since': finding<{ step: StepName }>(),
};

/** One of them. */
export type SetupCode = CodeOf<typeof setupCodes>;
