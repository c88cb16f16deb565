// The steps of a set-up by name, and the states that they can be in.

/** The steps, in their order. */
export type StepName =
  'licence' | 'application' | 'job' | 'notification' | 'schema' | 'permissions' | 'start' | 'settings';

/** The state of a step, as `--json` prints it. */
export type StepState = 'planned' | 'done' | 'unchanged' | 'needs-other' | 'failed';
