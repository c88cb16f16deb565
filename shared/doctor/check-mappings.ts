// Mappings that are known to do harm: of `active`, of values that are for creation only, of nulls, of references.
import { quote, quoteAll } from '../core/message';
import type { SourceSettings } from '../source/settings-schema';
import { doubtful, noted, wrong, type Found } from './finding';
import { foldAttribute, isManagerPath, sentAttributesOf, type SentAttribute } from './sent-attributes';
import type { MappedAttribute, SchemaPicture } from './tenant-picture';

type Target = SourceSettings['job']['target'];

const MAX_EXPRESSION_SHOWN = 200;
const shown = (expression: string) => quote(expression, MAX_EXPRESSION_SHOWN);

/** Entra takes `active` as it is; the flag of Active Directory says the opposite (docs/reference/graph-provisioning.md §1.3). */
const ENABLING: Readonly<Record<Target, { readonly target: string; readonly needed: string }>> = {
  entra: { target: 'accountEnabled', needed: '[active]' },
  'active-directory': { target: 'accountDisabled', needed: 'Not([active])' },
};

/** Whether `active` enables and disables accounts. */
export function checkEnabling({ mappings }: SchemaPicture, directory: Target): readonly Found[] {
  const { target, needed } = ENABLING[directory];
  const mapped = mappings.find((one) => one.target.toLowerCase() === target.toLowerCase());
  if (mapped === undefined) return [wrong('enabling-not-mapped', { target })];
  const isRight = mapped.expression.replace(/\s/g, '').toLowerCase() === needed.toLowerCase();
  return [
    ...(isRight ? [] : [wrong('enabling-mapped-wrongly', { target, expression: shown(mapped.expression), needed })]),
    ...(isAlways(mapped) ? [] : [wrong('enabling-at-creation-only', { target })]),
  ];
}

const isAlways = ({ flowType }: MappedAttribute): boolean => flowType.toLowerCase() === 'always';

/** Functions that give another value each time, or look for a free one: applied at every change they rename people (docs/reference/graph-provisioning.md §1.3, §6). */
const CREATES_VALUE = /\b(?:RandomString|SelectUniqueValue)\s*\(/i;

/** Values that must be made once. */
export const checkCreation = ({ mappings }: SchemaPicture): readonly Found[] =>
  mappings
    .filter(
      (one) => isAlways(one) && (CREATES_VALUE.test(one.expression) || /^passwordprofile|^password$/i.test(one.target)),
    )
    .map(({ target, expression }) =>
      wrong('creation-value-always', { target: quote(target), expression: shown(expression) }),
    );

/** An attribute that is sent, with its two gates of null flow. */
interface Clearing {
  readonly sent: SentAttribute;
  readonly inSchema: boolean;
  /** Null: its mapping does not tell. */
  readonly inMapping: boolean | null;
  readonly mapping: MappedAttribute | undefined;
}

/** What a blank cell does in the tenant (docs/reference/graph-provisioning.md §1.4). */
export function checkClearing(schema: SchemaPicture, settings: SourceSettings): readonly Found[] {
  const all = sentAttributesOf(settings).map((sent) => clearingOf(schema, sent));
  const wantsNull = all.filter(({ sent }) => sent.leaf?.whenEmpty === 'clear');
  const half = all.filter(
    ({ inSchema, inMapping }) => inSchema !== (inMapping ?? inSchema) || (inSchema && inMapping === null),
  );
  const isOn = ({ inSchema, inMapping }: Clearing): boolean => inSchema && inMapping === true;
  const unwanted = all.filter((one) => isOn(one) && one.sent.leaf !== null && one.sent.leaf.whenEmpty !== 'clear');
  const idle = wantsNull.filter(({ inSchema, inMapping }) => !inSchema && inMapping !== true);
  return [
    ...(idle.length > 0 ? [doubtful('null-flow-off', { attributes: namesOf(idle) })] : []),
    ...(half.length > 0 ? [doubtful('null-flow-half', { attributes: namesOf(half) })] : []),
    ...(unwanted.length > 0 ? [doubtful('null-flow-on', { attributes: namesOf(unwanted) })] : []),
    ...all
      .filter(({ inSchema, mapping }) => inSchema && (mapping?.matchingPriority ?? 0) > 0)
      .map(({ sent }) => wrong('null-flow-on-matching', { attribute: shown(sent.name) })),
    ...leaveDates(all),
  ];
}

const namesOf = (all: readonly Clearing[]) => quoteAll(all.map(({ sent }) => sent.name));

function clearingOf({ attributes, mappings }: SchemaPicture, sent: SentAttribute): Clearing {
  const name = foldAttribute(sent.name);
  const mapping = mappings.find(({ reads }) => reads.some((one) => foldAttribute(one) === name));
  const inSchema = attributes.find((one) => foldAttribute(one.name) === name)?.flowsNull ?? false;
  return { sent, inSchema, inMapping: mapping?.flowsNull ?? null, mapping };
}

/** A leave date that HR takes back must go, or the workflow for leavers starts: a null where nulls flow, else a date far away. */
const leaveDates = (all: readonly Clearing[]): readonly Found[] =>
  all
    .filter(({ mapping }) => mapping?.target.toLowerCase() === 'employeeleavedatetime')
    .filter(({ sent, inSchema, inMapping }) => {
      const clears = sent.leaf?.whenEmpty === 'clear' && inSchema && inMapping !== false;
      return !clears && sent.leaf?.default === undefined;
    })
    .map(({ sent }) => doubtful('leave-date-stays', { attribute: shown(sent.name) }));

/** References, and attributes that the service cannot write (docs/reference/graph-provisioning.md §1.4). */
export function checkReferences({ mappings }: SchemaPicture, directory: Target): readonly Found[] {
  const manager = mappings.find(({ reads }) => reads.some(isManagerPath));
  const has = (target: string): boolean => mappings.some((one) => one.target.toLowerCase() === target);
  return [
    ...(manager !== undefined && manager.kind !== 'Attribute'
      ? [doubtful('manager-not-direct', { expression: shown(manager.expression) })]
      : []),
    ...(has('sponsors') || has('sponsor') ? [doubtful('sponsors-mapped', {})] : []),
    ...(has('mail') && directory === 'entra' ? [noted('mail-mapped', {})] : []),
  ];
}
