// What `rollcall doctor` and the daily check find in a deployment and its tenant. The English is in doctor-messages.ts.
import { finding } from '../core/codes';
import type { PlacedMessage, Quote } from '../core/message';
import type { CheckName } from './check-names';

/** Codes of the checks; how bad each is, the check says. */
export const doctorCodes = {
  'check-passed': finding<{ check: CheckName }>(),
  'check-needs': finding<{ permission: string; role: string | null }>(),
  'check-needs-option': finding<{ option: string }>(),
  'check-unanswered': finding<{ status: number | null }>(),
  'check-unreadable': finding(),
  'storage-out-of-reach': finding<{ reason: readonly PlacedMessage[] }>(),
  'containers-missing': finding<{ names: readonly string[] }>(),
  'queues-missing': finding<{ names: readonly string[] }>(),
  'tables-missing': finding<{ names: readonly string[] }>(),
  'token-not-given': finding<{ reason: readonly PlacedMessage[] }>(),
  'upload-not-permitted': finding(),
  'upload-needs-owner': finding(),
  'log-not-permitted': finding(),
  'job-read-not-permitted': finding(),
  'permission-beyond-need': finding<{ roles: readonly string[] }>(),
  'job-missing': finding(),
  'job-not-running': finding(),
  'job-not-started': finding<{ status: string }>(),
  'job-quarantined': finding<{ reason: string; error: string | null }>(),
  'job-switched-off': finding(),
  'job-failed-last': finding<{ error: string | null }>(),
  'job-of-other-target': finding<{ target: string; other: string }>(),
  'mapping-switched-off': finding(),
  'actions-switched-off': finding<{ actions: readonly string[] }>(),
  'notification-missing': finding(),
  'threshold-off': finding(),
  'threshold-below-guard': finding<{ threshold: number; guard: number }>(),
  'threshold-unlike-guard': finding<{ threshold: number; percent: number }>(),
  'scope-filtered': finding<{
    attributes: readonly Quote[];
    unsent: readonly Quote[];
    skipsOutOfScope: boolean | null;
  }>(),
  'out-of-scope-kept': finding(),
  'attribute-not-in-job': finding<{ attribute: Quote }>(),
  'attribute-not-in-mapping': finding<{ attribute: Quote }>(),
  'attribute-never-sent': finding<{ attribute: Quote; target: Quote }>(),
  'attribute-with-many-values': finding<{ attribute: Quote }>(),
  'work-type-needed': finding<{ list: string }>(),
  'matching-missing': finding(),
  'matching-by-other': finding<{ target: Quote; source: Quote }>(),
  'matching-more-than-one': finding<{ targets: readonly Quote[] }>(),
  'matching-unsupported': finding<{ target: Quote }>(),
  'enabling-not-mapped': finding<{ target: string }>(),
  'enabling-mapped-wrongly': finding<{ target: string; expression: Quote; needed: string }>(),
  'enabling-at-creation-only': finding<{ target: string }>(),
  'creation-value-always': finding<{ target: Quote; expression: Quote }>(),
  'null-flow-off': finding<{ attributes: readonly Quote[] }>(),
  'null-flow-half': finding<{ attributes: readonly Quote[] }>(),
  'null-flow-on': finding<{ attributes: readonly Quote[] }>(),
  'null-flow-on-matching': finding<{ attribute: Quote }>(),
  'leave-date-stays': finding<{ attribute: Quote }>(),
  'manager-not-direct': finding<{ expression: Quote }>(),
  'sponsors-mapped': finding(),
  'mail-mapped': finding(),
  'agent-silent': finding<{ error: string }>(),
  'agent-unseen': finding(),
  'agent-without-domain': finding(),
  'clock-wrong': finding<{ seconds: number; isAhead: boolean }>(),
  'licence-missing': finding(),
  'licence-found': finding<{ licence: string; calls: number }>(),
  'budget-above-licence': finding<{ calls: number; licensed: number }>(),
  'budget-below-licence': finding<{ calls: number; licensed: number }>(),
  'budget-spent-by-others': finding<{ refusals: number; calls: number; licensed: number }>(),
};

/** A code of this table. */
export type DoctorCode = keyof typeof doctorCodes;
