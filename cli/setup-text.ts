// What `rollcall setup` says: as text for people, and as JSON, which is a public interface.
import type { StepReport } from '../shared/tenant/run-setup';
import type { GrantRequest } from '../shared/tenant/setup-step';
import { curesOf, sentenceOf } from './sentences';

/** Where the people of the source go, as far as it is known. */
export interface SetUpJob {
  readonly servicePrincipalId: string | null;
  readonly jobId: string | null;
}

/** The object. */
export const setupJson = (reports: readonly StepReport[], { servicePrincipalId, jobId }: SetUpJob) => ({
  steps: reports.map(({ step, state, what, undo }) => ({
    step,
    state,
    what: sentenceOf(what),
    undo: undo === null ? null : sentenceOf(undo),
  })),
  servicePrincipalId,
  jobId,
});

const STATE_COLUMN = 'needs-other'.length;

/** One step. */
export function* stepText({ step, state, what }: StepReport): Generator<string> {
  yield `${state.padEnd(STATE_COLUMN)}  ${step}: ${sentenceOf(what)}`;
  if (state === 'needs-other' || state === 'failed')
    for (const cure of curesOf(what)) yield `${' '.repeat(STATE_COLUMN)}  ${cure}`;
}

/** What somebody else has to do, to be forwarded. */
export function* requestText(reports: readonly StepReport[], graph: string): Generator<string> {
  for (const { state, request } of reports)
    if (request !== null && (state === 'needs-other' || state === 'planned')) yield* grantText(request, graph);
}

function* grantText({ principalId, resourceId, roles }: GrantRequest, graph: string): Generator<string> {
  yield '';
  yield 'A request for somebody with the role Privileged Role Administrator, if that is not you:';
  yield `  Please grant the identity ${principalId} these application permissions of Microsoft Graph: ${roles.map(({ value }) => value).join(', ')}.`;
  for (const { id } of roles)
    yield `  az rest --method POST --url ${graph}/v1.0/servicePrincipals/${principalId}/appRoleAssignments --body '${JSON.stringify({ principalId, resourceId, appRoleId: id })}'`;
}

/** What the app is told about the job; nothing as long as there is none. */
export function* appText(reports: readonly StepReport[], { servicePrincipalId, jobId }: SetUpJob): Generator<string> {
  if (servicePrincipalId === null || jobId === null) return;
  const job = `${servicePrincipalId}/${jobId}`;
  const licence = reports.find(({ step }) => step === 'licence')?.what.values['licence'];
  const isKnown = licence === 'premium' || licence === 'governance';
  yield '';
  yield 'Let the app send to this job. If ROLLCALL_JOBS names others already, write this one after them, with a comma:';
  yield `  az functionapp config appsettings set --resource-group GROUP --name APP --settings ROLLCALL_JOBS=${job}${isKnown ? ` ROLLCALL_LICENCE=${licence}` : ''}`;
  yield 'If you deploy with azd, so that the next deployment keeps it:';
  yield `  azd env set ROLLCALL_JOBS ${job}`;
  if (isKnown) yield `  azd env set ROLLCALL_LICENCE ${licence}`;
}
