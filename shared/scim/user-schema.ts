// The last check before a user is staged: one JSON Schema of the SCIM user per target, compiled once by ajv.
import Ajv, { type ErrorObject } from 'ajv';
import {
  coreAttributes,
  coreUserUrn,
  customExtensionPattern,
  enterpriseAttributes,
  enterpriseUserUrn,
  type ScimAttribute,
  type ScimAttributes,
} from './scim-schema';
import {
  entraUserNamePattern,
  lengthLimits,
  maxDirectoryUserNameLength,
  maxEntraUserNameLength,
  type ProvisioningTarget,
} from './user-limits';

/** A JSON Schema as plain data. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** One thing that the target would refuse: where in the user, and by which rule. Contains no value of the user. */
export interface UserFault {
  readonly path: readonly string[];
  readonly rule: string;
  readonly limit: number | null;
}

const jsonTypes = {
  string: 'string',
  reference: 'string',
  binary: 'string',
  dateTime: 'string',
  boolean: 'boolean',
  integer: 'integer',
} as const;

const simpleSchema = (attribute: Exclude<ScimAttribute, { type: 'complex' }>, path: readonly string[]): JsonSchema => {
  const limit = lengthLimits.find((one) => one.path.join(' ') === path.join(' '));
  return {
    type: [jsonTypes[attribute.type], 'null'],
    ...(limit === undefined ? {} : { maxLength: limit.maxLength }),
  };
};

const objectSchema = (attributes: ScimAttributes, path: readonly string[]): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [name, attributeSchema(attribute, [...path, name])]),
  ),
});

const attributeSchema = (attribute: ScimAttribute, path: readonly string[]): JsonSchema => {
  if (attribute.type !== 'complex') return simpleSchema(attribute, path);
  const object = objectSchema(attribute.attributes, path);
  return attribute.many ? { type: 'array', items: object } : object;
};

/** JSON Schema of a mapped user: types of RFC 7643, and the lengths and forms beyond which the target refuses a value (user-limits). */
export function userJsonSchema(target: ProvisioningTarget): JsonSchema {
  const core = objectSchema(coreAttributes, []);
  const userName =
    target === 'entra'
      ? { type: ['string', 'null'], maxLength: maxEntraUserNameLength, pattern: entraUserNamePattern }
      : { type: ['string', 'null'], maxLength: maxDirectoryUserNameLength };
  return {
    type: 'object',
    additionalProperties: false,
    required: ['schemas', 'externalId', 'active'],
    properties: {
      ...(core['properties'] as JsonSchema),
      schemas: {
        type: 'array',
        minItems: 2,
        items: [{ const: coreUserUrn }, { const: enterpriseUserUrn }],
        additionalItems: { type: 'string', pattern: customExtensionPattern.source },
      },
      externalId: { type: 'string', minLength: 1 },
      active: { type: 'boolean' },
      userName,
      [enterpriseUserUrn]: objectSchema(enterpriseAttributes, [enterpriseUserUrn]),
    },
    patternProperties: {
      [customExtensionPattern.source]: {
        type: 'object',
        additionalProperties: { type: ['string', 'boolean', 'integer', 'null'] },
      },
    },
  };
}

const unescapePointer = (segment: string): string => segment.replaceAll('~1', '/').replaceAll('~0', '~');

const toFault = (error: ErrorObject): UserFault => {
  const params = error.params as { limit?: unknown };
  return {
    path: error.instancePath.split('/').slice(1).map(unescapePointer),
    rule: error.keyword,
    limit: typeof params.limit === 'number' ? params.limit : null,
  };
};

/** Returns `null` for a valid user, otherwise the first fault found. */
export type UserCheck = (user: unknown) => UserFault | null;

function compileUserCheck(target: ProvisioningTarget): UserCheck {
  // `unicode: false` counts UTF-16 code units, as the directories do. It is deprecated but has no replacement, so the logger, which would
  // warn, is off. strictTuples would forbid the open end of `schemas`.
  const ajv = new Ajv({
    unicodeRegExp: false,
    unicode: false,
    strictTuples: false,
    allowUnionTypes: true,
    logger: false,
  });
  const validate = ajv.compile(userJsonSchema(target));
  return (user) => {
    if (validate(user)) return null;
    const first = validate.errors?.[0];
    return first === undefined ? { path: [], rule: 'unknown', limit: null } : toFault(first);
  };
}

const checks = new Map<ProvisioningTarget, UserCheck>();

/** The check for one target; compiled on first use. */
export function userCheckFor(target: ProvisioningTarget): UserCheck {
  const check = checks.get(target) ?? compileUserCheck(target);
  checks.set(target, check);
  return check;
}
