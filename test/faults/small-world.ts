// The small world of the fault table: two files of one source that overlap in people, leavers, mistakes, a person who fails once and one
// who fails for good. The expected end state follows from the files alone.
import { stringify } from 'csv-stringify/sync';
import type { DirectoryUser } from '../../local/entra/directory';
import type { Rule } from '../../local/entra/rules';

/** A row as it is written; `active` null: a status word unknown to the source, so the row is rejected. */
export interface WorldRow {
  readonly person: number;
  readonly active: boolean | null;
  readonly title: string;
  /** The service refuses exactly this row. */
  readonly refused?: boolean;
}

/** Files in the order in which they arrive. */
export interface World {
  readonly files: readonly (readonly WorldRow[])[];
  /** Whom the service refuses once, for a transient reason, and whom for good. */
  readonly failsOnce: number;
  readonly failsForGood: number;
}

/** Name of the one source. */
export const SOURCE = 'people';

/** 66 + 66 rows; everybody from 31 to 65 is in both files. */
export const SMALL_WORLD: World = {
  files: [rows(1, 66, 'Clerk', [5, 40], [66]), rows(31, 96, 'Buyer', [40, 90], [96])],
  failsOnce: 80,
  failsForGood: 85,
};

/** One file of 70 rows: two batches and one of leavers. Nobody fails. */
export const PLAIN_WORLD: World = { files: [rows(1, 70, 'Clerk', [5, 40], [70])], failsOnce: 0, failsForGood: 0 };
/** Its batches, which is the number of calls in a life without faults. */
export const PLAIN_BATCHES = 3;

function rows(
  from: number,
  to: number,
  title: string,
  left: readonly number[],
  mistaken: readonly number[],
): readonly WorldRow[] {
  return Array.from({ length: to - from + 1 }, (_, i) => {
    const person = from + i;
    return { person, active: mistaken.includes(person) ? null : !left.includes(person), title: `${title} ${person}` };
  });
}

/** `externalId` of a person. */
export const idOf = (person: number): string => `E${String(person).padStart(4, '0')}`;
const userNameOf = (person: number): string => `p${person}@contoso.example`;

/** A file's bytes, written by a library that the product does not use to read. */
export const writeFile = (file: readonly WorldRow[]): Buffer =>
  Buffer.from(
    stringify([
      ['EmployeeID', 'Status', 'Email', 'Title'],
      ...file.map(({ person, active, title }) => [
        idOf(person),
        active === null ? 'Aktiv?' : active ? 'Active' : 'Left',
        userNameOf(person),
        title,
      ]),
    ]),
  );

/** The source's provisioning job. */
export const JOB = { servicePrincipalId: '8f0e6d1c-3b52-4c57-9d0a-5f2f3c7e91ab', jobId: 'API2AAD.people' };

/** Settings of the source. */
export const SOURCE_TEXT = JSON.stringify({
  name: SOURCE,
  file: { pattern: '*.csv', format: 'csv', content: 'changes', delimiter: ',', encoding: 'utf-8' },
  job: { ...JOB, target: 'entra' },
  id: 'EmployeeID',
  active: { column: 'Status', active: ['Active'], inactive: ['Left'] },
  mapping: { userName: 'Email', title: 'Title' },
});

/** What the service does to the two people of the world. */
export const rulesOf = (world: World): readonly Rule[] => [
  {
    match: { externalId: idOf(world.failsOnce) },
    outcome: { errorCode: 'AzureDirectoryServiceServerBusy', reason: 'The directory is busy.', times: 1 },
  },
  {
    match: { externalId: idOf(world.failsForGood) },
    outcome: { errorCode: 'AzureActiveDirectoryDuplicateUserPrincipalName', reason: 'The name is taken.' },
  },
];

/** The part of a user that the world defines. */
export interface PersonFacts {
  readonly employeeId: string;
  readonly userName: string;
  readonly enabled: boolean;
  readonly title: unknown;
}

/** What the directory holds of a person once a row that could be read was processed. */
export const factsOfRow = ({ person, active, title }: Omit<WorldRow, 'refused'>): PersonFacts => ({
  ...{ employeeId: idOf(person), userName: userNameOf(person), enabled: active === true, title },
});

/** The newest record of each person that the service can accept: what the directory must hold at the end, by id. */
export function newestRecords(world: World): readonly PersonFacts[] {
  const newest = new Map<number, PersonFacts>();
  for (const { person, active, title, refused } of world.files.flat()) {
    if (active === null || refused === true || person === world.failsForGood) continue;
    newest.set(person, factsOfRow({ person, active, title }));
  }
  return [...newest.values()].sort((a, b) => (a.employeeId < b.employeeId ? -1 : 1));
}

/** The same, read from the directory. */
export const factsOf = (users: readonly DirectoryUser[]): readonly PersonFacts[] =>
  users
    .map((user) => ({
      employeeId: String(user.employeeId),
      userName: user.userPrincipalName,
      enabled: user.accountEnabled,
      title: user.attributes.title,
    }))
    .sort((a, b) => (a.employeeId < b.employeeId ? -1 : 1));
