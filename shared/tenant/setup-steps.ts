// The steps of a set-up, in their order: what a later one needs, an earlier one makes.
import type { SetupStep } from './setup-step';
import { applicationStep } from './application-step';
import { jobStep } from './job-step';
import { licenceStep } from './licence-step';
import { notificationStep } from './notification-step';
import { permissionsStep } from './permissions-step';
import { schemaStep } from './schema-step';
import { settingsStep } from './settings-step';
import { startStep } from './start-step';

/** All of them. */
export const SETUP_STEPS: readonly SetupStep[] = [
  licenceStep,
  applicationStep,
  jobStep,
  notificationStep,
  schemaStep,
  permissionsStep,
  startStep,
  settingsStep,
];
