// The tenant's directory: users with indexes by employeeId and by user principal name.
import type { AttributeValue } from './scim-attributes';

/** A user of the directory, as tests and other processes read it. */
export interface DirectoryUser {
  readonly id: string;
  readonly employeeId: string | undefined;
  readonly userPrincipalName: string;
  readonly accountEnabled: boolean;
  /** externalId of the manager whose reference was resolved. */
  readonly manager: string | undefined;
  /** Every attribute that flowed, by SCIM path (scim-attributes.ts), of the newest records that succeeded. */
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** Synced from an on-premises Active Directory: read-only here. */
  readonly onPremisesSyncEnabled: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A user that existed before, or that something other than Rollcall created. */
export interface SeedUser {
  readonly userPrincipalName: string;
  readonly employeeId?: string;
  readonly accountEnabled?: boolean;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  readonly onPremisesSyncEnabled?: boolean;
  /** Roles of the directory that the user holds, by name. */
  readonly directoryRoles?: readonly string[];
}

/** A user as the directory keeps it. Times in ms since 1970. */
export interface StoredUser {
  readonly id: string;
  employeeId: string | undefined;
  userPrincipalName: string;
  accountEnabled: boolean;
  manager: string | undefined;
  attributes: Map<string, AttributeValue>;
  onPremisesSyncEnabled: boolean;
  directoryRoles?: readonly string[];
  createdAt: number;
  updatedAt: number;
}

/** The users of the tenant; all jobs share them. */
export class Directory {
  private readonly users = new Map<string, StoredUser>();
  private readonly byEmployeeId = new Map<string, Set<StoredUser>>();
  private readonly byPrincipalName = new Map<string, StoredUser>();

  /** All users, as copies. */
  list(): DirectoryUser[] {
    return [...this.users.values()].map((user) => ({ ...user, attributes: Object.fromEntries(user.attributes) }));
  }

  /** All users as they are kept. */
  stored(): StoredUser[] {
    return [...this.users.values()];
  }

  /** How many users there are. */
  get size(): number {
    return this.users.size;
  }

  /** The users that match an externalId; more than one is a conflict. */
  findByEmployeeId(employeeId: string): readonly StoredUser[] {
    return [...(this.byEmployeeId.get(employeeId) ?? [])];
  }

  /** The user with a name; names are compared without case. */
  findByPrincipalName(userPrincipalName: string): StoredUser | undefined {
    return this.byPrincipalName.get(userPrincipalName.toLowerCase());
  }

  /** The user with an object id. */
  findById(id: string): StoredUser | undefined {
    return this.users.get(id);
  }

  /** Adds a user. */
  add(user: StoredUser): void {
    this.users.set(user.id, user);
    this.byPrincipalName.set(user.userPrincipalName.toLowerCase(), user);
    if (user.employeeId === undefined) return;
    const same = this.byEmployeeId.get(user.employeeId) ?? new Set();
    this.byEmployeeId.set(user.employeeId, same.add(user));
  }

  /** Gives a user another name. */
  rename(user: StoredUser, userPrincipalName: string): void {
    this.byPrincipalName.delete(user.userPrincipalName.toLowerCase());
    user.userPrincipalName = userPrincipalName;
    this.byPrincipalName.set(userPrincipalName.toLowerCase(), user);
  }
}
