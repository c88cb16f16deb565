// What `infra/` says, read from the template: so that tests cannot run with other settings and roles than Azure does.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const INFRA = join(__dirname, '..', 'infra');

/** The text of a file of the template. */
export const readTemplate = (file: string): string => readFileSync(join(INFRA, file), 'utf8');

/** The names of its Bicep files. */
export const templateFiles = (): readonly string[] => readdirSync(INFRA).filter((file) => file.endsWith('.bicep'));

/** Each app setting with the Bicep expression of its value, in the order of the template. */
export function templateSettings(): readonly (readonly [name: string, expression: string])[] {
  const block = /name: 'appsettings'\n {4}properties: \{\n(.*?)\n {4}\}/s.exec(readTemplate('app.bicep'))?.[1] ?? '';
  return [...block.matchAll(/^ {6}(\w+): (.+)$/gm)].map(([, name, expression]) => [name!, expression!]);
}

/** The texts of a list of the template that is written as a variable. */
export function templateList(file: string, variable: string): readonly string[] {
  const list = new RegExp(`^var ${variable} = \\[(.*?)\\]$`, 'ms').exec(readTemplate(file))?.[1] ?? '';
  return [...list.matchAll(/'([^']+)'/g)].map(([, item]) => item!);
}

/** A role that the template gives. */
export interface TemplateRole {
  /** Variable of roles.bicep: `app`, `topic`, `hrGroup`, `identityTeam`. */
  readonly who: string;
  /** Name of the role as Azure writes it, without spaces and in camel case. */
  readonly role: string;
  /** `account`, `insights`, `vault`, or `container inbound`, `queue events`. */
  readonly on: string;
}

/** Every role that the template gives, to whomever and on whatever. */
export function templateRoles(): readonly TemplateRole[] {
  const roles = readTemplate('roles.bicep');
  const listed = [...roles.matchAll(/\{ who: (\w+), role: '(\w+)'(?:, (container|queue): '([\w-]+)')?/g)].map(
    ([, who, role, kind, name]) => ({
      who: who!,
      role: role!,
      on: kind === undefined ? 'account' : `${kind} ${name!}`,
    }),
  );
  const single = [...roles.matchAll(/name: guid\((insights|vault)\.id, (\w+)\.id, roleIds\.(\w+)\)/g)].map(
    ([, on, who, role]) => ({ who: who!, role: role!, on: on! }),
  );
  return [...listed, ...single];
}

/** The ids of the roles on the storage account that the template gives to the app's identity. */
export function storageRoles(): readonly string[] {
  const ids = new Map(
    [...readTemplate('roles.bicep').matchAll(/^ {2}(\w+): '([0-9a-f-]{36})'$/gm)].map(([, name, id]) => [name!, id!]),
  );
  return templateRoles()
    .filter(({ who, on }) => who === 'app' && on === 'account')
    .map(({ role }) => ids.get(role)!);
}

/**
 * The app settings with their values. `facts`: what only a deployment knows, by its expression in the template, such as `identityClientId`.
 * Throws for an expression that is neither a text nor a fact: then the template says something that the caller does not know of.
 */
export function deployedSettings(facts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const fact = (expression: string): string => {
    const value = facts[expression];
    if (value === undefined) throw new Error(`infra/app.bicep: the value of ${expression} is not known`);
    return value;
  };
  const valueOf = (expression: string): string => {
    const text = /^'(.*)'$/.exec(expression)?.[1];
    return text === undefined ? fact(expression) : text.replace(/\$\{([^}]+)\}/g, (_all, inner: string) => fact(inner));
  };
  return Object.fromEntries(templateSettings().map(([name, expression]) => [name, valueOf(expression)]));
}
