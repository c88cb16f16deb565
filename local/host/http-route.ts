// Route templates: `orders/{id:int}/{*rest}`.
import { HostFault } from './fault-codes';

/** A compiled route; `match` takes a path without slashes at its ends and without the prefix. */
export interface Route {
  match(path: string): Readonly<Record<string, string>> | null;
}

// Only the constraints that our templates need; ASP.NET has more.
const constraints: Readonly<Record<string, string>> = {
  int: '-?\\d+',
  long: '-?\\d+',
  guid: '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}',
  alpha: '[A-Za-z]+',
};

/**
 * Compiles a template: literal segments (without case), `{name}`, `{name?}`, `{name:constraint}`, `{*rest}`.
 * @throws HostFault `trigger-unsupported` for anything else.
 */
export function compileRoute(template: string, usedBy: string): Route {
  const segments = template.split('/').filter((segment) => segment !== '');
  const source = segments.map((segment, index) => compileSegment(segment, index === 0, usedBy)).join('');
  const regex = new RegExp(`^${source}$`, 'i');
  return {
    match(path) {
      const match = regex.exec(path);
      if (match === null) {
        return null;
      }
      const given = Object.entries(match.groups ?? {}).filter(
        ([, value]) => (value as string | undefined) !== undefined,
      );
      return Object.fromEntries(given.map(([name, value]) => [name, decodeURIComponent(value)]));
    },
  };
}

function compileSegment(segment: string, isFirst: boolean, usedBy: string): string {
  const separator = isFirst ? '' : '/';
  if (!/[{}]/.test(segment)) {
    return separator + segment.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  }
  const match = /^\{(\*)?(\w+)(?::(\w+))?(\?)?\}$/.exec(segment);
  const constraint = match?.[3] === undefined ? '[^/]+' : constraints[match[3]];
  if (match === null || constraint === undefined) {
    throw new HostFault('trigger-unsupported', `The route segment '${segment}' of ${usedBy} is not supported.`);
  }
  const [, catchAll, name, , optional] = match;
  if (catchAll !== undefined) {
    return `(?:${separator}(?<${name}>.*))?`;
  }
  const group = `${separator}(?<${name}>${constraint})`;
  return optional === undefined ? group : `(?:${group})?`;
}
