// What the service does against accidents, and what the scope of the job does: who is told, how many may be disabled in a cycle, who is in scope.
import { limitsAt, type GuardPlace } from '../guard/guard-limits';
import { quote, quoteAll } from '../core/message';
import type { SourceSettings } from '../source/settings-schema';
import { doubtful, noted, wrong, type Found } from './finding';
import { foldAttribute, sentAttributesOf } from './sent-attributes';
import type { Part, ProvisioningSettings, SchemaPicture } from './tenant-picture';

/** Without an address the job goes into quarantine as soon as it is started (docs/reference/graph-provisioning.md §4.3). */
export const checkNotification = ({ isNotifying, recipients }: ProvisioningSettings): readonly Found[] =>
  isNotifying && recipients.length > 0 ? [] : [wrong('notification-missing', {})];

/**
 * The threshold of accidental deletions against the guard: below it, a file that the guard lets go puts the whole job into quarantine, joiners included. Of a
 * guard that counts a share, the number depends on the people known.
 */
export function checkThreshold(
  { isThresholdOn, threshold }: ProvisioningSettings,
  { guard }: SourceSettings,
  place: GuardPlace,
  activePeople: Part<number>,
): readonly Found[] {
  if (!isThresholdOn || threshold === null) return [doubtful('threshold-off', {})];
  const disabled = limitsAt(guard, place, true)?.disabled.hold ?? null;
  if (disabled === null) return [];
  const { percent, atLeast = 0, count } = disabled;
  const known = activePeople.kind === 'read' ? activePeople.value : null;
  // What a share allows: up to it, and whatever is below the number from which it counts.
  const byShare =
    percent === undefined
      ? null
      : known === null
        ? undefined
        : Math.max(Math.floor((known * percent) / 100), atLeast - 1);
  if (byShare === undefined) {
    // However many people there are, the guard never lets more go than its count.
    if (count !== undefined && threshold >= count) return [];
    const least = Math.min(count ?? Infinity, atLeast - 1);
    return threshold < least
      ? [wrong('threshold-below-guard', { threshold, guard: least })]
      : [noted('threshold-unlike-guard', { threshold, percent: percent ?? 0 })];
  }
  const allowed = Math.min(byShare ?? Infinity, count ?? Infinity);
  return Number.isFinite(allowed) && threshold < allowed
    ? [wrong('threshold-below-guard', { threshold, guard: allowed })]
    : [];
}

/** Who is in scope, and what becomes of people who leave it. */
export function checkScope(
  { scope }: SchemaPicture,
  provisioning: Part<ProvisioningSettings>,
  settings: SourceSettings,
): readonly Found[] {
  const skipsOutOfScope = provisioning.kind === 'read' ? provisioning.value.skipsOutOfScope : null;
  if (scope === null) return skipsOutOfScope === true ? [noted('out-of-scope-kept', {})] : [];
  const sent = new Set(sentAttributesOf(settings).map(({ name }) => foldAttribute(name)));
  const unsent = scope.filter((name) => !sent.has(foldAttribute(name)));
  return [
    doubtful('scope-filtered', {
      attributes: scope.map((name) => quote(name)),
      unsent: quoteAll(unsent),
      skipsOutOfScope,
    }),
  ];
}
