// Starts the job: it then takes uploads.
import { isObject, textOf } from '../graph/loose-json';
import { oneJobPath } from './job-paths';
import { say } from './say';
import type { SetupContext, SetupStep } from './setup-step';
import { unlessGone } from './until-there';

/** Code and reason of a job; empty if there is none. */
async function statusOf({ graph, servicePrincipalId, jobId }: SetupContext): Promise<{ code: string; reason: string }> {
  if (servicePrincipalId === null || jobId === null) return { code: '', reason: '' };
  const job = await unlessGone(() => graph.get(oneJobPath(servicePrincipalId, jobId)));
  const status = job?.['status'];
  if (!isObject(status)) return { code: '', reason: '' };
  const quarantine = status['quarantine'];
  return { code: textOf(status['code']), reason: isObject(quarantine) ? textOf(quarantine['reason']) : '' };
}

/** The step. */
export const startStep: SetupStep = {
  name: 'start',
  isNeeded: false,
  async look(context) {
    const { code, reason } = await statusOf(context);
    if (code === 'Quarantine') return { state: 'failed', say: () => say('setup-quarantined', { reason }) };
    return { state: code === 'Active' ? 'unchanged' : 'planned', say: (state) => say('setup-start', { state }) };
  },
  async make(context) {
    const { graph, record, servicePrincipalId, jobId } = context;
    await record.note('start', {});
    await graph.post(`${oneJobPath(servicePrincipalId ?? '', jobId ?? '')}/start`);
  },
  async takeBack(context) {
    const { graph, record, servicePrincipalId, jobId } = context;
    if (record.of('application') !== null || record.of('job') !== null) return true;
    if (servicePrincipalId === null || jobId === null || (await statusOf(context)).code !== 'Active') return true;
    await unlessGone(() => graph.post(`${oneJobPath(servicePrincipalId, jobId)}/pause`));
    return true;
  },
};
