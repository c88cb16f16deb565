// The user that is sent to Entra, as the mapping makes it and staging stores it.

/** A single SCIM value; `null` only where the settings say `whenEmpty: "clear"`. */
export type ScimValue = string | number | boolean | null;

/** An object of a user: `name`, one address, an extension. */
export interface ScimObject {
  [name: string]: ScimMember;
}

export type ScimMember = ScimValue | ScimObject | ScimMember[];

/**
 * A user of a bulk request's `data`. `schemas`, `externalId` and `active` are always present. Members are in one fixed
 * order (that of the SCIM schema, extensions last and sorted), so equal users have equal JSON texts.
 * @see RFC 7643 §4.1 and docs/reference/graph-provisioning.md §1.2
 */
export interface ScimUser extends ScimObject {
  schemas: string[];
  externalId: string;
  active: boolean;
}
