// The app settings as `infra/app.bicep` gives them: read from the template, so that tests cannot run with others than Azure does.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const INFRA = join(__dirname, '..', 'infra');
const read = (file: string): string => readFileSync(join(INFRA, file), 'utf8');

/** Each app setting with the Bicep expression of its value, in the order of the template. */
export function templateSettings(): readonly (readonly [name: string, expression: string])[] {
  const block = /name: 'appsettings'\n {4}properties: \{\n(.*?)\n {4}\}/s.exec(read('app.bicep'))?.[1] ?? '';
  return [...block.matchAll(/^ {6}(\w+): (.+)$/gm)].map(([, name, expression]) => [name!, expression!]);
}

/** The ids of the roles on the storage account that the template gives to the app's identity. */
export function storageRoles(): readonly string[] {
  const list = /^var storageRoles = \{$(.*?)^\}$/ms.exec(read('roles.bicep'))?.[1] ?? '';
  return [...list.matchAll(/^ {2}\w+: '([0-9a-f-]{36})'$/gm)].map(([, id]) => id!);
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
