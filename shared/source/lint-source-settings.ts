// Warnings about settings that are valid but will not do what their author hopes: what the service is known to ignore.
import { workOnlyLists } from '../scim/scim-schema';
import { dateTokens } from './date-format';
import type { Leaf } from './mapping-settings';
import { problemAt, type SettingsProblem } from './settings-problem';
import type { SourceSettings } from './settings-schema';
import { walkMapping, type PlacedLeaf } from './walk-mapping';

const issuesPage = 'Learn, inbound-provisioning-api-issues, Jul 2026';
const clearPage = 'Learn, clear-attribute-values, Aug 2026';
const updatesPage = 'Learn, hr-user-update-issues, Aug 2026';
const customPage = 'Learn, inbound-provisioning-api-custom-attributes, Mar 2025';

// Lists that no default mapping of the two jobs reads (docs/reference/graph-provisioning.md §1.3, §1.4).
const unmappedLists = ['ims', 'photos', 'entitlements', 'roles', 'x509Certificates'];

function* lintLeaf({ path, leaf }: PlacedLeaf, target: string): Generator<SettingsProblem> {
  const at = ['mapping', ...path];
  const root = String(path[0]);
  const isList = typeof path[1] === 'number';
  if (leaf.whenEmpty === 'clear') {
    yield isList
      ? problemAt(at, 'lint-clear-in-list', `Multi-valued attributes are not cleared (${clearPage}).`)
      : problemAt(
          at,
          'lint-clear-needs-null-flow',
          `A null clears only with "Flow null values" on source and mapping (${clearPage}).`,
        );
  }
  const formats = leaf.date === undefined ? [] : [leaf.date.format].flat();
  if (formats.some((format) => dateTokens(format).includes('yy'))) {
    yield problemAt(at, 'lint-two-digit-year', 'A year of two digits leaves the century to a guess.');
  }
  if (target === 'entra' && root === 'emails' && path[2] === 'value') {
    yield problemAt(
      at,
      'lint-mail-not-written',
      `Entra's mail is not set by this connector: Exchange owns it (${updatesPage}).`,
    );
  }
  if (unmappedLists.includes(root) && path[2] === 'value') {
    yield problemAt(
      at,
      'lint-not-in-default-mapping',
      `${root} has an effect only if the job maps it (${customPage}).`,
    );
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
      if (works === 2)
        yield problemAt(at, 'lint-second-work', `Only one entry of type "work" can be processed (${issuesPage}).`);
    } else if (type?.const !== undefined) {
      yield problemAt(
        [...at, 'type'],
        'lint-not-work',
        `Only type "work" is processed; this entry is ignored (${issuesPage}).`,
      );
    } else {
      yield problemAt(
        [...at, 'type'],
        'lint-not-work',
        `Only type "work" is processed; rows of another type are ignored (${issuesPage}).`,
      );
    }
  }
}

// Members that only one of the formats reads.
const membersOfFormat = { csv: ['delimiter', 'skipLines', 'comment'], json: ['records'] } as const;

function* lintFile({ file }: SourceSettings): Generator<SettingsProblem> {
  const other = file.format === 'csv' ? 'json' : 'csv';
  for (const member of membersOfFormat[other]) {
    // skipLines 0 is the default, and the same as none.
    if (file[member] !== undefined && file[member] !== 0) {
      yield problemAt(['file', member], 'lint-member-idle', `Only ${other} files have this; it has no effect here.`);
    }
  }
}

/** Warnings about valid settings, each with the source of the fact in brackets. They hold nothing. */
export function lintSourceSettings(settings: SourceSettings): readonly SettingsProblem[] {
  const leaves = [...walkMapping(settings.mapping)];
  const problems = leaves.flatMap((leaf) => [...lintLeaf(leaf, settings.job.target)]);
  problems.push(...workOnlyLists.flatMap((list) => [...lintWorkOnly(leaves, list)]));
  problems.push(...lintFile(settings));
  if (!leaves.some(({ path }) => path[0] === 'userName')) {
    problems.push(
      problemAt(['mapping', 'userName'], 'lint-no-user-name', 'People cannot be created without a userName.'),
    );
  }
  if (settings.active.inactive.length === 0) {
    problems.push(
      problemAt(['active', 'inactive'], 'lint-no-inactive-words', 'This source can never disable anybody.'),
    );
  }
  return problems;
}
