// The enterprise application, made from the template of the gallery, with the display name that was asked for.
import type { JsonObject } from '../core/json-value';
import { quote } from '../core/message';
import { isObject, textOf } from '../graph/loose-json';
import { principalPath, whereEqual } from './job-paths';
import { say } from './say';
import type { SetupContext, SetupOrder, SetupStep } from './setup-step';
import { unlessGone, untilThere } from './until-there';

/** Display names of the templates: their ids are not documented. Source: docs/reference/graph-provisioning.md §4.1. */
export const TEMPLATE_NAMES: Readonly<Record<SetupOrder['target'], string>> = {
  entra: 'API-driven provisioning to Microsoft Entra ID',
  'active-directory': 'API-driven provisioning to on-premises Active Directory',
};

/** How long a new application may be invisible, ms: Graph answers 404 meanwhile. Ours, 2026-11. */
const REPLICATION_MS = 300_000;
/** How long one is looked for that may have been made by a process that ended before it could note the answer, ms. Ours, 2026-11. */
const UNSURE_MS = 120_000;

/** The step. */
export const applicationStep: SetupStep = {
  name: 'application',
  isNeeded: true,
  async look(context) {
    const { order, record } = context;
    const template = TEMPLATE_NAMES[order.target];
    const name = quote(order.name);
    const made = record.of('application');
    const found = await findApplications(context);
    const mine = found.find((one) => textOf(one['id']) === made?.['servicePrincipalId']);
    if (mine === undefined && found.length > 1)
      return { state: 'failed', say: () => say('setup-application-twice', { name, count: found.length }) };
    // One that was made and not noted is found by `make`.
    const isNoted = made === null || made['servicePrincipalId'] !== null;
    const id = isNoted ? textOf((mine ?? found[0] ?? {})['id']) : '';
    context.servicePrincipalId = id === '' ? null : id;
    if (id === '' && (await templateId(context)) === null)
      return { state: 'failed', say: () => say('setup-template-missing', { template }) };
    return {
      state: id === '' ? 'planned' : 'unchanged',
      say: (state) => say('setup-application', { state, name, template, id: id === '' ? null : id }),
    };
  },
  async make(context) {
    const { record, clock, graph } = context;
    const isUnsure = record.of('application') !== null;
    const left = isUnsure ? await untilThere(clock, UNSURE_MS, () => onlyApplication(context)) : null;
    await record.note('application', { servicePrincipalId: null });
    const id = left ?? (await instantiate(context));
    await record.note('application', { servicePrincipalId: id });
    await untilThere(clock, REPLICATION_MS, () => graph.get(principalPath(id)));
    context.servicePrincipalId = id;
  },
  async takeBack(context, made) {
    const { graph } = context;
    const id = textOf(made['servicePrincipalId']) || (await onlyApplication(context));
    if (id === null) return true;
    const principal = await unlessGone(() => graph.get(principalPath(id)));
    if (principal === null) return true;
    const applications = await graph.list(whereEqual('/v1.0/applications', 'appId', textOf(principal['appId'])));
    // Before its service principal: that names the application, should this process end in between.
    for (const application of applications)
      await unlessGone(() => graph.delete(`/v1.0/applications/${encodeURIComponent(textOf(application['id']))}`));
    await unlessGone(() => graph.delete(principalPath(id)));
    return true;
  },
};

/** The id of the one application of that name; null if there is none, or if it cannot be told which. */
async function onlyApplication(context: SetupContext): Promise<string | null> {
  const [first, ...others] = await findApplications(context);
  return first === undefined || others.length > 0 ? null : textOf(first['id']);
}

async function instantiate(context: SetupContext): Promise<string> {
  const template = (await templateId(context)) ?? '';
  const path = `/v1.0/applicationTemplates/${encodeURIComponent(template)}/instantiate`;
  const answer = await context.graph.post(path, { displayName: context.order.name });
  const principal = answer?.['servicePrincipal'];
  return isObject(principal) ? textOf(principal['id']) : '';
}

/** The applications of that name which are made from that template, as far as Graph says from which. */
async function findApplications(context: SetupContext): Promise<readonly JsonObject[]> {
  const named = await context.graph.list(whereEqual('/v1.0/servicePrincipals', 'displayName', context.order.name));
  if (named.length === 0) return [];
  const template = await templateId(context);
  return named.filter(({ applicationTemplateId: from }) => typeof from !== 'string' || from === template);
}

async function templateId({ graph, order }: SetupContext): Promise<string | null> {
  const name = TEMPLATE_NAMES[order.target];
  const [found] = await graph.list(whereEqual('/v1.0/applicationTemplates', 'displayName', name));
  return found === undefined ? null : textOf(found['id']);
}
