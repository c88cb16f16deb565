// The licence: it decides how many calls a day the service takes. Nothing is made.
import { isObject } from '../graph/management';
import type { JsonObject } from '../core/json-value';
import { MAX_CALLS_PER_DAY } from '../graph/limits';
import { say } from './say';
import type { Licence } from './setup-codes';
import type { SetupContext, SetupStep } from './setup-step';
import { textOf } from './text-of';

/**
 * Service plans by name: those of ID Governance, and those of P1 and P2. Source: MicrosoftDocs/entra-docs
 * docs/identity/users/licensing-service-plan-reference.md (2026).
 */
const GOVERNANCE = new Set(['ENTRA_IDENTITY_GOVERNANCE']);
const PREMIUM = new Set(['AAD_PREMIUM', 'AAD_PREMIUM_P2']);

/** The licence of a tenant, by the plans of its subscriptions that are enabled. */
export function licenceOf(skus: readonly JsonObject[]): Licence {
  const plans = skus
    .filter((sku) => ['Enabled', 'Warning'].includes(textOf(sku, 'capabilityStatus')))
    .flatMap((sku) => (Array.isArray(sku['servicePlans']) ? (sku['servicePlans'] as readonly unknown[]) : []))
    .filter(isObject)
    .filter((plan) => textOf(plan, 'provisioningStatus') !== 'Disabled')
    .map((plan) => textOf(plan, 'servicePlanName').toUpperCase());
  if (plans.some((plan) => GOVERNANCE.has(plan))) return 'governance';
  return plans.some((plan) => PREMIUM.has(plan)) ? 'premium' : 'none';
}

/** Reads it from the tenant. Rejects with `ManagementTrouble`. */
export const readLicence = async ({ graph }: Pick<SetupContext, 'graph'>): Promise<Licence> =>
  licenceOf(await graph.list('/v1.0/subscribedSkus'));

/** The step. */
export const licenceStep: SetupStep = {
  name: 'licence',
  isNeeded: false,
  async look(context) {
    const licence = await readLicence(context);
    const callsPerDay = licence === 'none' ? 0 : MAX_CALLS_PER_DAY[licence];
    return {
      state: licence === 'none' ? 'needs-other' : 'unchanged',
      say: () => say('setup-licence', { licence, callsPerDay }),
    };
  },
  make: () => Promise.resolve(),
  takeBack: null,
};
