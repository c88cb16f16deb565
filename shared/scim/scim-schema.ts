// The SCIM user as data: which attributes there are, of which type. Everything that knows attribute names reads them here.

/** Core user schema. @see RFC 7643 §4.1 */
export const coreUserUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** Enterprise user extension. @see RFC 7643 §4.3 */
export const enterpriseUserUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/**
 * The prefix that Microsoft's custom-attribute page asks for in the URN of a custom extension; its API page also shows `urn:contoso:employee`
 * (docs/reference/graph-provisioning.md §7, §10). Others are taken with a warning.
 */
export const customExtensionPrefix = 'urn:ietf:params:scim:schemas:extension:';

/** Types of a single value; `reference` and `binary` travel as strings. @see RFC 7643 §2.3 */
export type ScimValueType = 'string' | 'boolean' | 'integer' | 'dateTime' | 'reference' | 'binary';

/** A single value, or one of a list of plain values. */
export interface SimpleAttribute {
  readonly type: ScimValueType;
}

/** An object with sub-attributes; `many` makes it a list of such objects. */
export interface ComplexAttribute {
  readonly type: 'complex';
  readonly many: boolean;
  readonly attributes: ScimAttributes;
}

export type ScimAttribute = SimpleAttribute | ComplexAttribute;
export type ScimAttributes = Readonly<Record<string, ScimAttribute>>;

const string: SimpleAttribute = { type: 'string' };
const boolean: SimpleAttribute = { type: 'boolean' };
const reference: SimpleAttribute = { type: 'reference' };
const binary: SimpleAttribute = { type: 'binary' };

const listOf = (attributes: ScimAttributes): ComplexAttribute => ({ type: 'complex', many: true, attributes });
const valued = (value: SimpleAttribute): ComplexAttribute =>
  listOf({ type: string, value, display: string, primary: boolean });

/**
 * The writable attributes of the core user, in the order in which a user is written. `externalId` and `active` come from
 * the settings' `id` and `active`; see `attributesNotMapped` for what cannot be mapped at all. @see RFC 7643 §4.1
 */
export const coreAttributes: ScimAttributes = {
  userName: string,
  name: {
    type: 'complex',
    many: false,
    attributes: {
      formatted: string,
      familyName: string,
      givenName: string,
      middleName: string,
      honorificPrefix: string,
      honorificSuffix: string,
    },
  },
  displayName: string,
  nickName: string,
  profileUrl: reference,
  title: string,
  userType: string,
  preferredLanguage: string,
  locale: string,
  timezone: string,
  emails: valued(string),
  phoneNumbers: valued(string),
  ims: valued(string),
  photos: valued(reference),
  addresses: listOf({
    type: string,
    formatted: string,
    streetAddress: string,
    locality: string,
    region: string,
    postalCode: string,
    country: string,
    primary: boolean,
  }),
  entitlements: valued(string),
  roles: valued(string),
  x509Certificates: valued(binary),
};

/** The writable attributes of the enterprise extension. `manager.displayName` is read-only. @see RFC 7643 §4.3 */
export const enterpriseAttributes: ScimAttributes = {
  employeeNumber: string,
  costCenter: string,
  organization: string,
  division: string,
  department: string,
  manager: { type: 'complex', many: false, attributes: { value: string, $ref: reference } },
};

/** Why an attribute that exists cannot be mapped. */
export type NotMappedReason =
  | 'written-by-us'
  | 'from-id'
  | 'from-active'
  /** RFC 7643 §3.1 */
  | 'read-only'
  /** RFC 7643 §4.1.2, and the provisioning API has no groups. */
  | 'no-groups'
  /** inbound-provisioning-api-concepts */
  | 'no-passwords';

/** Attributes that exist but cannot be mapped, and why. */
export const attributesNotMapped: Readonly<Record<string, NotMappedReason>> = {
  schemas: 'written-by-us',
  externalId: 'from-id',
  active: 'from-active',
  id: 'read-only',
  meta: 'read-only',
  groups: 'no-groups',
  password: 'no-passwords',
};

/** Lists of which the service processes only the entry with `type` = `work`. @see inbound-provisioning-api-issues, Jul 2026 */
export const workOnlyLists: readonly string[] = ['emails', 'phoneNumbers', 'addresses'];

/** Sub-attributes that qualify an entry of a list but are not values themselves: an entry that has only these is omitted. */
export const qualifiers: readonly string[] = ['type', 'primary', 'display'];

/** The form of an attribute's name, for custom extensions. @see RFC 7643 §2.1 */
export const attributeNamePattern = /^[A-Za-z][A-Za-z0-9$_-]*$/;

/** The form of a custom extension's URN: any URN, but those of the core and enterprise schemas. @see RFC 8141 §2 */
export const customExtensionPattern =
  /^urn:(?!ietf:params:scim:schemas:(?:core|extension:enterprise):)[A-Za-z0-9][A-Za-z0-9-]{1,31}(?::[A-Za-z0-9()+,.=@;$_!*'%-]+)+$/;

/** The members allowed at the root of a mapped user, except custom extensions: core attributes, then the enterprise extension. */
export const rootAttributes: ScimAttributes = {
  ...coreAttributes,
  [enterpriseUserUrn]: { type: 'complex', many: false, attributes: enterpriseAttributes },
};

/** The type of a custom extension's attribute unless its leaf says otherwise. */
export const simpleAttribute: SimpleAttribute = { type: 'string' };

/** True for a URN that may be that of a custom extension. */
export const isCustomExtension = (name: string): boolean => customExtensionPattern.test(name);
