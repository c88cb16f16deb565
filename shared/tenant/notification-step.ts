// The address that provisioning writes to, without which a job goes into quarantine as soon as it starts, and the number of people whose disabling
// stops it. Source: docs/reference/graph-provisioning.md §4.1, §4.3.
import type { JsonObject, JsonValue } from '../core/json-value';
import { quote } from '../core/message';
import { isObject, textOf } from '../graph/loose-json';
import { limitsAt } from '../guard/guard-limits';
import { secretsPath } from './job-paths';
import { say } from './say';
import type { SetupContext, SetupOrder, SetupStep } from './setup-step';
import { unlessGone } from './until-there';

const KEY = 'SyncNotificationSettings';

/** Where the guard counts nobody. Entra's own example, docs/reference/graph-provisioning.md §4.1, is 50; ours is the guard's default. */
const WITHOUT_GUARD = 500;

/** The people whom the guard lets a file disable; null where it counts in percent alone, or is off. */
function guardCount({ settings }: SetupOrder): number | null {
  const limits = limitsAt(settings?.guard, { isLoopback: false }, true);
  return limits?.disabled.hold?.count ?? null;
}

const thresholdOf = (order: SetupOrder): number => order.threshold ?? guardCount(order) ?? WITHOUT_GUARD;

/** Every pair of settings that the application has; the API replaces them all. */
const pairsOf = async ({ graph, servicePrincipalId }: SetupContext): Promise<readonly JsonObject[]> =>
  servicePrincipalId === null ? [] : ((await unlessGone(() => graph.list(secretsPath(servicePrincipalId)))) ?? []);

function parsed(pairs: readonly JsonObject[]): JsonObject {
  try {
    const value: unknown = JSON.parse(textOf((pairs.find((pair) => pair['key'] === KEY) ?? {})['value']));
    return isObject(value) ? value : {};
  } catch {
    // No settings yet.
    return {};
  }
}

const wantedOf = (order: SetupOrder, before: JsonObject): JsonObject => ({
  ...before,
  Enabled: true,
  Recipients: order.notify,
  DeleteThresholdEnabled: true,
  DeleteThresholdValue: thresholdOf(order),
});

/** A number and its text are the same: how the service writes them is not documented. */
const plain = (value: JsonValue | undefined): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null);

const isSame = (one: JsonObject, other: JsonObject): boolean =>
  Object.entries(other).every(([member, value]) => plain(one[member]) === plain(value));

/** The pairs with this value in the place of the one that is there, or at the end; null takes it out. */
function withNotification(pairs: readonly JsonObject[], value: string | null): JsonObject {
  const next = value === null ? [] : [{ key: KEY, value }];
  const at = pairs.findIndex((pair) => pair['key'] === KEY);
  const all = pairs.map((pair) => ({ key: textOf(pair['key']), value: textOf(pair['value']) }));
  return { value: at < 0 ? [...all, ...next] : [...all.slice(0, at), ...next, ...all.slice(at + 1)] };
}

/** The step. */
export const notificationStep: SetupStep = {
  name: 'notification',
  isNeeded: false,
  async look(context) {
    const { order } = context;
    const before = context.jobId === null ? {} : parsed(await pairsOf(context));
    const isReplaced = textOf(before['Recipients']) !== '';
    const values = {
      address: quote(order.notify),
      threshold: thresholdOf(order),
      guard: guardCount(order),
      isReplaced,
    };
    return {
      state: isSame(before, wantedOf(order, before)) ? 'unchanged' : 'planned',
      say: (state) => say('setup-notification', { state, ...values }),
    };
  },
  async make(context) {
    const { graph, order, record } = context;
    const pairs = await pairsOf(context);
    const kept = pairs.find((pair) => pair['key'] === KEY);
    const after = JSON.stringify(wantedOf(order, parsed(pairs)));
    const noted = record.of('notification');
    await record.note('notification', {
      before: noted?.['before'] ?? (kept === undefined ? null : textOf(kept['value'])),
      after,
    });
    await graph.put(secretsPath(context.servicePrincipalId ?? ''), withNotification(pairs, after));
  },
  async takeBack(context, made) {
    const { graph, record, servicePrincipalId } = context;
    // They go with the application.
    if (record.of('application') !== null || record.of('job') !== null || servicePrincipalId === null) return true;
    const pairs = await pairsOf(context);
    const now = textOf((pairs.find((pair) => pair['key'] === KEY) ?? {})['value']);
    const before = textOf(made['before']);
    if (now === before) return true;
    if (now !== textOf(made['after'])) return false;
    await graph.put(secretsPath(servicePrincipalId), withNotification(pairs, before === '' ? null : before));
    return true;
  },
};
