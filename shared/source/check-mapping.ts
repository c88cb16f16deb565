// Checks the mapping against the SCIM schema, node by node, so that every mistake has its own path and sentence.
import { quote } from '../core/message';
import {
  isCustomExtension,
  rootAttributes,
  simpleAttribute,
  attributeNamePattern,
  attributesNotMapped,
  coreUserUrn,
  enterpriseUserUrn,
  type ComplexAttribute,
  type ScimAttribute,
  type ScimAttributes,
} from '../scim/scim-schema';
import { checkLeaf } from './check-leaf';
import { MAX_LIST_ENTRIES } from './settings-limits';
import { problemAt, type SettingsPath, type SettingsProblem } from './settings-problem';

type Members = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const unknownAttribute = (name: string, known: ScimAttributes, at: SettingsPath): SettingsProblem => {
  const sameButCase = Object.keys(known).find((other) => other.toLowerCase() === name.toLowerCase());
  const values = { mistake: 'unknown', name: quote(name), similar: sameButCase ?? null } as const;
  return problemAt(at, 'settings-attribute-unknown', values);
};

const emptyBranch = (at: SettingsPath): SettingsProblem => problemAt(at, 'settings-member-form', { rule: 'empty' });

function checkMembers(node: Members, attributes: ScimAttributes, at: SettingsPath): readonly SettingsProblem[] {
  if (Object.keys(node).length === 0) return [emptyBranch(at)];
  return Object.entries(node).flatMap(([name, child]) => {
    const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    const path = [...at, name];
    return attribute === undefined ? [unknownAttribute(name, attributes, path)] : checkNode(child, attribute, path);
  });
}

function checkComplex(node: unknown, attribute: ComplexAttribute, at: SettingsPath): readonly SettingsProblem[] {
  const attributes = Object.keys(attribute.attributes);
  if (attribute.many) {
    if (!Array.isArray(node)) {
      return [problemAt(at, 'settings-attribute-type', { expected: 'list', attributes })];
    }
    if (node.length === 0) return [emptyBranch(at)];
    if (node.length > MAX_LIST_ENTRIES) {
      return [problemAt(at, 'settings-member-form', { rule: 'maxItems', limit: MAX_LIST_ENTRIES })];
    }
    return (node as readonly unknown[]).flatMap((item, index) =>
      checkComplex(item, { ...attribute, many: false }, [...at, index]),
    );
  }
  if (!isObject(node)) return [problemAt(at, 'settings-attribute-type', { expected: 'object', attributes })];
  return checkMembers(node, attribute.attributes, at);
}

const checkNode = (node: unknown, attribute: ScimAttribute, at: SettingsPath): readonly SettingsProblem[] =>
  attribute.type === 'complex' ? checkComplex(node, attribute, at) : checkLeaf(node, attribute, false, at);

function checkCustomExtension(node: unknown, at: SettingsPath): readonly SettingsProblem[] {
  if (!isObject(node)) return [problemAt(at, 'settings-attribute-type', { expected: 'extension' })];
  if (Object.keys(node).length === 0) return [emptyBranch(at)];
  return Object.entries(node).flatMap(([name, leaf]) => {
    const path = [...at, name];
    if (!attributeNamePattern.test(name)) {
      return [problemAt(path, 'settings-attribute-unknown', { mistake: 'custom-form' })];
    }
    return checkLeaf(leaf, simpleAttribute, true, path);
  });
}

function checkRootMember(name: string, node: unknown): readonly SettingsProblem[] {
  const at = ['mapping', name];
  const attribute = Object.hasOwn(rootAttributes, name) ? rootAttributes[name] : undefined;
  if (attribute !== undefined) return checkNode(node, attribute, at);
  const meant = [coreUserUrn, enterpriseUserUrn].find((urn) => urn.toLowerCase() === name.toLowerCase());
  if (meant === enterpriseUserUrn) return [unknownAttribute(name, rootAttributes, at)];
  if (meant === coreUserUrn) return [problemAt(at, 'settings-extension-unknown', { mistake: 'core' })];
  if (isCustomExtension(name)) return checkCustomExtension(node, at);
  if (name.toLowerCase().startsWith('urn:')) {
    return [problemAt(at, 'settings-extension-unknown', { mistake: 'form' })];
  }
  const reason = Object.hasOwn(attributesNotMapped, name) ? attributesNotMapped[name] : undefined;
  if (reason !== undefined) return [problemAt(at, 'settings-attribute-unknown', { mistake: 'not-mapped', reason })];
  return [unknownAttribute(name, rootAttributes, at)];
}

/** All mistakes of the settings' mapping. A mapping that is not an object is reported by the check of the frame. */
export function checkMapping(settings: unknown): readonly SettingsProblem[] {
  const mapping = isObject(settings) ? settings['mapping'] : undefined;
  if (!isObject(mapping)) return [];
  return Object.entries(mapping).flatMap(([name, node]) => checkRootMember(name, node));
}
