// Warnings about settings that are valid but will not do what their author expects, such as values that the service is known to ignore.
import { customExtensionPrefix, isCustomExtension, workOnlyLists } from '../scim/scim-schema';
import { canBeInactive } from './active-settings';
import { dateTokens } from './date-format';
import type { Leaf } from './mapping-settings';
import type { ValuesOf } from '../core/codes';
import type { SourceCode, sourceCodes } from './source-codes';
import { DEFAULT_LIMITS, pairOf } from './guard-settings';
import { toJsonPath, type SettingsPath, type SettingsProblem } from './settings-problem';
import { preferRulesOf } from './rows-per-person-settings';
import type { SourceSettings } from './settings-schema';
import { walkMapping, type PlacedLeaf } from './mapped-leaves';
import { isPlaceholder } from './placeholder';

type LintCode = Extract<SourceCode, `lint-${string}`>;

/** Makes a warning; its place is also a value, because warnings are shown among findings about a file. */
const warn = <C extends LintCode>(
  at: SettingsPath,
  code: C,
  values: Omit<ValuesOf<typeof sourceCodes, C>, 'path'>,
): SettingsProblem => ({ path: toJsonPath(at), code, values: { ...values, path: toJsonPath(at) } });

// Lists that no default mapping of the two jobs reads (docs/reference/graph-provisioning.md §1.3, §1.4).
const unmappedLists = ['ims', 'photos', 'entitlements', 'roles', 'x509Certificates'];

const hasShortYear = ({ format }: NonNullable<Leaf['date']>): boolean =>
  [format].flat().some((one) => dateTokens(one).includes('yy'));

function* lintLeaf({ path, leaf }: PlacedLeaf, target: string): Generator<SettingsProblem> {
  const at = ['mapping', ...path];
  const root = String(path[0]);
  const isList = typeof path[1] === 'number';
  if (leaf.whenEmpty === 'clear') {
    yield isList ? warn(at, 'lint-clear-in-list', {}) : warn(at, 'lint-clear-needs-null-flow', {});
  }
  if (leaf.date !== undefined && hasShortYear(leaf.date)) {
    yield warn(at, 'lint-two-digit-year', {});
  }
  if (target === 'entra' && root === 'emails' && path[2] === 'value') {
    yield warn(at, 'lint-mail-not-written', {});
  }
  if (unmappedLists.includes(root) && path[2] === 'value') {
    yield warn(at, 'lint-not-in-default-mapping', { list: root });
  }
}

const isWork = (leaf: Leaf | undefined): boolean =>
  leaf === undefined || (typeof leaf.const === 'string' && leaf.const.toLowerCase() === 'work');

function* lintWorkOnly(leaves: readonly PlacedLeaf[], list: string): Generator<SettingsProblem> {
  const entries = new Set(leaves.filter(({ path }) => path[0] === list).map(({ path }) => Number(path[1])));
  let works = 0;
  for (const index of entries) {
    const type = leaves.find(({ path }) => path[0] === list && path[1] === index && path[2] === 'type')?.leaf;
    const at = ['mapping', list, index];
    if (isWork(type)) {
      works += 1;
      if (works === 2) yield warn(at, 'lint-second-work', {});
    } else if (type?.const !== undefined) {
      yield warn([...at, 'type'], 'lint-not-work', { isConst: true });
    } else {
      yield warn([...at, 'type'], 'lint-not-work', { isConst: false });
    }
  }
}

function* lintActive({ active }: SourceSettings): Generator<SettingsProblem> {
  const { until, from } = active;
  if (!canBeInactive(active)) {
    const isPlain = active.inactive !== undefined;
    yield warn(isPlain ? ['active', 'inactive'] : ['active'], 'lint-no-inactive-words', {});
  }
  for (const [member, day] of Object.entries({ until, from })) {
    if (day !== undefined && hasShortYear(day.date)) yield warn(['active', member], 'lint-two-digit-year', {});
  }
}

// Members that only one of the formats reads.
const membersOfFormat = { csv: ['delimiter', 'skipLines', 'comment', 'ignore', 'trailer'], json: ['records'] } as const;

function* lintFile({ file }: SourceSettings): Generator<SettingsProblem> {
  const other = file.format === 'csv' ? 'json' : 'csv';
  for (const member of membersOfFormat[other]) {
    // skipLines 0 is the default, and the same as none.
    if (file[member] !== undefined && file[member] !== 0) {
      yield warn(['file', member], 'lint-member-idle', { format: other });
    }
  }
}

/** A file that disables more than half of all people is an accident in any company. Our choice, 2026-11. */
const WEAK_PERCENT = 50;

function* lintGuard({ guard }: SourceSettings): Generator<SettingsProblem> {
  if (guard === 'off') {
    yield warn(['guard'], 'lint-guard-off', {});
    return;
  }
  const { hold } = pairOf(guard?.disabled, DEFAULT_LIMITS.disabled);
  if (hold?.count !== undefined) return;
  const percent = hold?.percent ?? null;
  if (percent === null || percent > WEAK_PERCENT) yield warn(['guard', 'disabled'], 'lint-guard-weak', { percent });
}

function* lintJob({ job }: SourceSettings): Generator<SettingsProblem> {
  if (isPlaceholder(job.servicePrincipalId) || isPlaceholder(job.jobId)) yield warn(['job'], 'lint-placeholder', {});
}

/** Warnings about valid settings; they hold nothing. */
export function lintSourceSettings(settings: SourceSettings): readonly SettingsProblem[] {
  const leaves = [...walkMapping(settings.mapping)];
  const problems = leaves.flatMap((leaf) => [...lintLeaf(leaf, settings.job.target)]);
  problems.push(...workOnlyLists.flatMap((list) => [...lintWorkOnly(leaves, list)]));
  problems.push(...lintFile(settings), ...lintJob(settings), ...lintGuard(settings));
  for (const name of Object.keys(settings.mapping)) {
    if (!isCustomExtension(name) || name.startsWith(customExtensionPrefix)) continue;
    problems.push(warn(['mapping', name], 'lint-extension-urn', {}));
  }
  if (!leaves.some(({ path }) => path[0] === 'userName')) {
    problems.push(warn(['mapping', 'userName'], 'lint-no-user-name', {}));
  }
  if (settings.missingPeople !== 'nothing' && settings.file.content !== 'full') {
    problems.push(warn(['missingPeople'], 'lint-missing-needs-full', {}));
  }
  const rules = preferRulesOf(settings);
  if (rules.length > 0 && rules[0] !== 'active') {
    problems.push(warn(['rowsPerPerson', 'prefer'], 'lint-active-not-first', {}));
  }
  problems.push(...lintActive(settings));
  return problems;
}
