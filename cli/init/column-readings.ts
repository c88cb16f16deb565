// What the name of a column can be read as: the name itself, and in a JSON record the members that lead to a value.
import { foldName } from '../../shared/columns/fold';
import { namesOfRoles } from './column-names';

/** What forms put behind the names of columns that must be filled in. */
const MUST_BE_FILLED = /\((?:required|mandatory|pflicht|pflichtfeld|obligatoire|obligatorio)\)/i;

/** The name in the form in which names are compared; empty for a name of signs only. */
export const plainName = (name: string): string =>
  foldName(name.replace(MUST_BE_FILLED, '')).replace(/['’.,:*()[\]/#–—]/g, '');

/** `Emp #` is also `Emp No`. */
const spellingsOf = (name: string): readonly string[] =>
  name.includes('#') ? [plainName(name), plainName(name.replaceAll('#', ' no '))] : [plainName(name)];

/** Members whose meaning comes from their parent: `department.name`. */
const GENERIC: ReadonlySet<string> = new Set(
  ['id', 'name', 'number', 'no', 'nr', 'code', 'type', 'state', 'title', 'active', 'start', 'end'].map(plainName),
);

/** Members that only group others, and generic ones that mean the person's own below them: `work.title`. */
const GROUPS: ReadonlySet<string> = new Set(
  [
    'work',
    'job',
    'employment',
    'employee',
    'worker',
    'person',
    'personal',
    'profile',
    'root',
    'internal',
    'human readable',
    'attributes',
    'fields',
  ].map(plainName),
);
const OWN_IN_GROUPS: ReadonlySet<string> = new Set(['title', 'active'].map(plainName));

/** A member that contains nothing but a value: what it means is the name of its parent. */
const VALUE = 'value';

const MANAGERS: ReadonlySet<string> = new Set([...namesOfRoles.manager.perhaps, 'boss', 'managers'].map(plainName));
/** Other people of a record. */
const OTHERS: ReadonlySet<string> = new Set(
  [
    'emergency contact',
    'emergency contacts',
    'spouse',
    'partner',
    'dependents',
    'assistant',
    'mentor',
    'recruiter',
    'hr partner',
    'approver',
  ].map(plainName),
);
const IDS: ReadonlySet<string> = new Set([...namesOfRoles.id.sure, ...namesOfRoles.id.perhaps].map(plainName));

/** The members on a path; systems also write paths as names (`/work/startDate`). A last `value` is left out. */
function membersOf(path: string): readonly string[] {
  const members = path
    .split(/[./]/)
    .map(plainName)
    .filter((member) => member !== '');
  while (members.length > 1 && members.at(-1) === VALUE) members.pop();
  return members;
}

/** The last member that means something. */
const lastOf = (members: readonly string[]): string => members.at(-1) ?? '';

/** The name under which a column answers a question, `isActive`: of a path, its last member. */
export const ownName = (column: string, isPath: boolean): string =>
  isPath ? lastOf(membersOf(column)) : plainName(column);

/**
 * The names that a column may stand for, the likeliest first. A JSON path is read whole (`job.title`) and by its last member, unless that means
 * nothing alone. Nothing below a manager is about the person: its id is the manager's id, everything else has no reading.
 */
export function readingsOf(column: string, isPath: boolean): readonly string[] {
  if (!isPath) return spellingsOf(column);
  const members = membersOf(column);
  const last = lastOf(members);
  const parents = members.slice(0, -1);
  if (parents.some((member) => OTHERS.has(member))) return [];
  if (parents.some((member) => MANAGERS.has(member))) return IDS.has(last) ? [MANAGERS_ID] : [];
  const whole = members.join('');
  if (parents.length === 0) return spellingsOf(members.length === column.split(/[./]/).length ? column : last);
  const isOwn = !GENERIC.has(last) || (OWN_IN_GROUPS.has(last) && parents.every((member) => GROUPS.has(member)));
  return isOwn ? [whole, last] : [whole];
}

const MANAGERS_ID = plainName('manager id');
