// Finds what the SCIM schema says about a member at the root of a user.
import {
  coreAttributes,
  customExtensionPattern,
  enterpriseAttributes,
  enterpriseUserUrn,
  type ScimAttributes,
  type SimpleAttribute,
} from './scim-schema';

/** The members allowed at the root of a mapped user, except custom extensions: core attributes, then the enterprise extension. */
export const rootAttributes: ScimAttributes = {
  ...coreAttributes,
  [enterpriseUserUrn]: { type: 'complex', many: false, attributes: enterpriseAttributes },
};

/** The type of a custom extension's attribute unless its leaf says otherwise. */
export const simpleAttribute: SimpleAttribute = { type: 'string' };

/** True for a URN of a custom extension in the form that the service asks for. */
export const isCustomExtension = (name: string): boolean => customExtensionPattern.test(name);
