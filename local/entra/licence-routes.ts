// What the tenant has subscribed to: GET /subscribedSkus. Form: microsoft-graph-docs-contrib subscribedsku-list.md;
// names and ids: MicrosoftDocs/entra-docs docs/identity/users/licensing-service-plan-reference.md, 2026.
import type { Answer } from './graph-answer';
import type { Call } from './http-call';
import { answerList, type Document } from './list-answer';
import type { Tenant } from './tenant';
import type { Licence } from './limits';

interface Plan {
  readonly servicePlanId: string;
  readonly servicePlanName: string;
}

const P1: Plan = { servicePlanId: '41781fb2-bc02-4b7c-bd55-b576c07bb09d', servicePlanName: 'AAD_PREMIUM' };
const P2: Plan = { servicePlanId: 'eec0eb4f-6444-4f95-aba0-50c24d67f998', servicePlanName: 'AAD_PREMIUM_P2' };
const GOVERNANCE: Plan = {
  servicePlanId: 'e866a266-3cff-43a3-acca-0c90a7e00c8b',
  servicePlanName: 'Entra_Identity_Governance',
};

const PLANS: Readonly<Record<Licence, readonly Plan[]>> = {
  none: [],
  P1: [P1],
  P2: [P1, P2],
  P1P2: [P1, P2],
  governance: [P1, GOVERNANCE],
};

/**
 * GET /subscribedSkus: `$select` only. Besides what the tenant has there is a subscription that ended, with every plan:
 * a client must look at `capabilityStatus` and `provisioningStatus`.
 */
export function listSubscribedSkus(tenant: Tenant, call: Call): Answer {
  const { licence, tenantId, strictFilter } = tenant.settings;
  const enabled = PLANS[licence].length === 0 ? [] : [renderSku(tenantId, 'TENANT_PLANS', PLANS[licence], true)];
  return answerList(call, {
    name: 'subscribedSkus',
    type: 'microsoft.graph.subscribedSku',
    documents: [...enabled, renderSku(tenantId, 'ENDED_PLANS', [P1, P2, GOVERNANCE], false)],
    filterable: {},
    strict: strictFilter,
  });
}

function renderSku(tenantId: string, skuPartNumber: string, plans: readonly Plan[], isEnabled: boolean): Document {
  const skuId = isEnabled ? '5e000000-0000-4000-8000-000000000001' : '5e000000-0000-4000-8000-000000000002';
  return {
    accountName: 'contoso',
    accountId: tenantId,
    appliesTo: 'User',
    capabilityStatus: isEnabled ? 'Enabled' : 'Suspended',
    consumedUnits: 14,
    id: `${tenantId}_${skuId}`,
    prepaidUnits: { enabled: isEnabled ? 25 : 0, lockedOut: 0, suspended: isEnabled ? 0 : 25, warning: 0 },
    servicePlans: plans.map((plan) => ({
      ...plan,
      provisioningStatus: isEnabled ? 'Success' : 'Disabled',
      appliesTo: 'User',
    })),
    skuId,
    skuPartNumber,
    subscriptionIds: [],
  };
}
