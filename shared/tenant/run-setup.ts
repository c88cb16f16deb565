// Runs the steps of a set-up: shows them, does them one after the other, takes them back in the opposite order.
import type { Message } from '../core/message';
import { ManagementTrouble } from '../graph/management';
import type { ManagementCode } from '../graph/management-codes';
import type { GrantRequest, Look, SetupContext, SetupStep } from './setup-step';
import type { StepName, StepState } from './step-names';
import { say } from './say';

/** What became of a step; `undo`: what taking it back does, null if there is nothing to take back. */
export interface StepReport {
  readonly step: StepName;
  readonly state: StepState;
  readonly what: Message;
  readonly undo: Message | null;
  readonly request: GrantRequest | null;
}

/** Asked before each change; false ends the set-up there. */
export type Confirm = (report: StepReport) => Promise<boolean>;

/** Looks at every step as far as that is possible, and changes nothing. */
export async function planSetup(steps: readonly SetupStep[], context: SetupContext): Promise<readonly StepReport[]> {
  const reports: StepReport[] = [];
  for (const step of steps) reports.push(await lookAt(step, context));
  return reports;
}

/** Does every step that is not done yet. Ends at the first one that fails, that is refused, or that is missing for those after it. */
export async function runSetup(
  steps: readonly SetupStep[],
  context: SetupContext,
  confirm: Confirm,
): Promise<readonly StepReport[]> {
  const reports: StepReport[] = [];
  for (const step of steps) {
    const report = await doStep(step, context, confirm);
    reports.push(report);
    const isMissing = report.state === 'needs-other' && step.isNeeded;
    if (report.state === 'failed' || report.state === 'planned' || isMissing) break;
  }
  return reports;
}

async function doStep(step: SetupStep, context: SetupContext, confirm: Confirm): Promise<StepReport> {
  let request: GrantRequest | null = null;
  try {
    const look = await step.look(context);
    const before = reportOf(step, look.state, look);
    if (before.state !== 'planned' || !(await confirm(before))) return before;
    request = before.request;
    await step.make(context);
    const after = await step.look(context);
    return reportOf(step, after.state === 'unchanged' ? 'done' : after.state, after);
  } catch (error) {
    return { ...troubleAt(step, error), request };
  }
}

async function lookAt(step: SetupStep, context: SetupContext): Promise<StepReport> {
  try {
    const look = await step.look(context);
    return reportOf(step, look.state, look);
  } catch (error) {
    return troubleAt(step, error);
  }
}

function troubleAt(step: SetupStep, error: unknown): StepReport {
  if (!(error instanceof ManagementTrouble)) throw error;
  const isForbidden = error.code === ('tenant-forbidden' satisfies ManagementCode);
  const { code, values } = error;
  return reportOf(step, isForbidden ? 'needs-other' : 'failed', { say: () => ({ code, values }) });
}

function reportOf(step: SetupStep, state: StepState, look: Pick<Look, 'say' | 'request'>): StepReport {
  const hasUndo = step.takeBack !== null && (state === 'planned' || state === 'done');
  const undo = hasUndo ? say('setup-undo', { step: step.name }) : null;
  return { step: step.name, state, what: look.say(state), undo, request: look.request ?? null };
}

/** Takes back what the record says was made, the last first; ends at the first trouble. */
export async function undoSetup(steps: readonly SetupStep[], context: SetupContext): Promise<readonly StepReport[]> {
  const reports: StepReport[] = [];
  // What was made and not noted is found, as for a second start.
  await planSetup(
    steps.filter(({ isNeeded }) => isNeeded),
    context,
  );
  for (const step of [...steps].reverse()) {
    if (context.record.of(step.name) === null) continue;
    const report = await undoStep(step, context);
    reports.push(report);
    if (report.state === 'failed' || report.state === 'needs-other') break;
  }
  return reports;
}

async function undoStep(step: SetupStep, context: SetupContext): Promise<StepReport> {
  try {
    const isTakenBack = (await step.takeBack?.(context, context.record.of(step.name) ?? {})) ?? true;
    await context.record.forget(step.name);
    return isTakenBack
      ? takenBack(step, 'done')
      : { ...takenBack(step, 'unchanged'), what: say('setup-changed-since', { step: step.name }) };
  } catch (error) {
    return troubleAt(step, error);
  }
}

const takenBack = (step: SetupStep, state: StepState): StepReport => ({
  step: step.name,
  state,
  what: say('setup-taken-back', { state, step: step.name }),
  undo: null,
  request: null,
});
