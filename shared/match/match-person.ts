// A person of HR's file against the accounts of a tenant, before anything was ever sent: whose account would be taken over, who would be new, and what stands
// in the way. Matching is that of the job: `externalId` against `employeeId`, without case.

/** An account, as far as it is asked for. */
export interface TenantUser {
  readonly id: string;
  readonly employeeId: string | null;
  readonly userName: string;
  readonly isEnabled: boolean;
  /** Synchronised from Active Directory: a job to Entra ID cannot write it. */
  readonly isSynchronised: boolean;
}

/** What is known of a tenant; about a million accounts take some 300 MB. */
export interface TenantUsers {
  withEmployeeId(id: string): readonly TenantUser[];
  withUserName(name: string): TenantUser | null;
  /** Null if nobody may see who holds a role. */
  holdsRole(user: TenantUser): boolean | null;
}

/** Whom the job would find. */
export const MATCH_KINDS = ['matched', 'new', 'several'] as const;
export type MatchKind = (typeof MATCH_KINDS)[number];

/** What a person should look at. `roles-unknown` is of everybody with an account if roles may not be read. */
export const MATCH_NOTES = [
  'synchronised',
  'directory-role',
  'disabled-there',
  'enabled-there',
  'user-name-taken',
  'roles-unknown',
] as const;
export type MatchNote = (typeof MATCH_NOTES)[number];

/** A person of the file. */
export interface MatchPerson {
  readonly externalId: string;
  readonly userName: string | null;
  readonly active: boolean;
}

/** What would become of them. */
export interface Matched extends MatchPerson {
  readonly kind: MatchKind;
  readonly notes: readonly MatchNote[];
  readonly accounts: readonly TenantUser[];
}

/** Looks a person up. */
export function matchPerson(person: MatchPerson, users: TenantUsers): Matched {
  const accounts = users.withEmployeeId(person.externalId);
  const kind = accounts.length === 0 ? 'new' : accounts.length === 1 ? 'matched' : 'several';
  const has = (test: (user: TenantUser) => boolean): boolean => accounts.some(test);
  const roles = accounts.map((user) => users.holdsRole(user));
  const notes: Readonly<Record<MatchNote, boolean>> = {
    synchronised: has((user) => user.isSynchronised),
    'directory-role': roles.includes(true),
    'disabled-there': person.active && has((user) => !user.isEnabled),
    'enabled-there': !person.active && has((user) => user.isEnabled),
    'user-name-taken': isTaken(person, accounts, users),
    'roles-unknown': roles.includes(null),
  };
  return { ...person, kind, accounts, notes: MATCH_NOTES.filter((note) => notes[note]) };
}

/** A name without a domain may get one from the job's mapping, so nobody can say who has it. */
function isTaken({ userName }: MatchPerson, accounts: readonly TenantUser[], users: TenantUsers): boolean {
  const holder = userName?.includes('@') === true ? users.withUserName(userName) : null;
  return holder !== null && !accounts.some(({ id }) => id === holder.id);
}
