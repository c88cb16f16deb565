// The provisioning job of the application, made from the template that the application offers.
import type { JsonObject } from '../core/json-value';
import { textOf } from '../graph/loose-json';
import { jobsPath, oneJobPath, principalPath } from './job-paths';
import { say } from './say';
import type { SetupContext, SetupStep } from './setup-step';
import { unlessGone, untilThere } from './until-there';

/** How long a new application may offer no template, ms. Ours, 2026-11. */
const REPLICATION_MS = 300_000;

/** The step. */
export const jobStep: SetupStep = {
  name: 'job',
  isNeeded: true,
  async look(context) {
    const { servicePrincipalId, record } = context;
    const jobs = servicePrincipalId === null ? [] : await jobsOf(context, servicePrincipalId);
    const noted = record.of('job')?.['jobId'];
    const mine = jobs.find((one) => textOf(one['id']) === noted);
    if (mine === undefined && jobs.length > 1)
      return { state: 'failed', say: () => say('setup-job-twice', { count: jobs.length }) };
    const id = textOf((mine ?? jobs[0] ?? {})['id']);
    context.jobId = id === '' ? null : id;
    // There was none when it was noted that one would be made.
    if (id !== '' && noted === null) await record.note('job', { jobId: id });
    return {
      state: id === '' ? 'planned' : 'unchanged',
      say: (state) => say('setup-job', { state, id: id === '' ? null : id }),
    };
  },
  async make(context) {
    const { graph, clock, record } = context;
    const servicePrincipalId = context.servicePrincipalId ?? '';
    const template = await untilThere(clock, REPLICATION_MS, async () => {
      const [first] = await graph.list(`${principalPath(servicePrincipalId)}/synchronization/templates`);
      return first === undefined ? null : textOf(first['id']);
    });
    await record.note('job', { jobId: null });
    const made = await graph.post(jobsPath(servicePrincipalId), { templateId: template ?? '' });
    const jobId = textOf((made ?? {})['id']);
    await record.note('job', { jobId });
    context.jobId = jobId;
  },
  async takeBack({ graph, record, servicePrincipalId }, made) {
    const jobId = textOf(made['jobId']);
    // It goes with its application.
    if (record.of('application') !== null || servicePrincipalId === null || jobId === '') return true;
    await unlessGone(() => graph.delete(oneJobPath(servicePrincipalId, jobId)));
    return true;
  },
};

const jobsOf = async ({ graph }: SetupContext, servicePrincipalId: string): Promise<readonly JsonObject[]> =>
  (await unlessGone(() => graph.list(jobsPath(servicePrincipalId)))) ?? [];
