// Which licence a tenant has for provisioning by API: it decides how many calls a day the service takes.
import { objectsOf, textOf } from './loose-json';

/** `none`: no plan of the tenant is known to hold the right to provision by API. */
export type Licence = 'none' | 'premium' | 'governance';

/**
 * Service plans that decide. Source: Learn, "Product names and service plan identifiers for licensing" (2026): `AAD_PREMIUM`, `AAD_PREMIUM_P2`,
 * `Entra_Identity_Governance`, the last also in Microsoft Entra Suite.
 */
const PLANS: Readonly<Record<string, Licence>> = {
  aad_premium: 'premium',
  aad_premium_p2: 'premium',
  entra_identity_governance: 'governance',
};

/** What `subscribedSkus` says of the tenant: subscriptions that can be used, service plans that are not disabled. */
export function licenceOfSkus(skus: readonly unknown[]): Licence {
  const plans = objectsOf(skus)
    .filter(({ capabilityStatus }) => capabilityStatus === 'Enabled' || capabilityStatus === 'Warning')
    .flatMap((sku) => objectsOf(sku['servicePlans']))
    .filter(({ provisioningStatus }) => provisioningStatus !== 'Disabled' && provisioningStatus !== 'Error')
    .map((plan) => PLANS[textOf(plan['servicePlanName']).toLowerCase()]);
  return plans.includes('governance') ? 'governance' : plans.includes('premium') ? 'premium' : 'none';
}
