// Simulators for tests: their clock stops until a test moves it, so no test waits.
import { startEntra, type Entra } from '../../../local/entra/entra';
import type { EntraOptions } from '../../../local/entra/options';
import { JOB, SERVICE_PRINCIPAL } from './simulator-client';

/** Noon of a day from the reference. Unit: ms since 1970. */
export const NOON = Date.UTC(2026, 8, 14, 12);

const running: Entra[] = [];

/** Starts a simulator with one started job, no delays, and a clock stopped at noon. */
export async function started(options: EntraOptions = {}): Promise<Entra> {
  const entra = await startEntra({ now: () => NOON, processingDelayMs: 0, logDelayMs: 0, ...options });
  running.push(entra);
  entra.job(SERVICE_PRINCIPAL, JOB);
  return entra;
}

/** Stops all simulators of a test file. */
export async function stopAll(): Promise<void> {
  await Promise.all(running.splice(0).map((entra) => entra.stop()));
}
