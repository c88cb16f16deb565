// Which route a request is for.
import { GraphRefusal } from './graph-answer';
import { ROUTES, type Route } from './routes';

/** A route with the parameters from its path. */
export interface FoundRoute {
  readonly route: Route;
  readonly version: 'v1.0' | 'beta';
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route of a request; undefined is a 404. Throws a GraphRefusal (405) for another method of a known path. */
export function findRoute(method: string, pathname: string): FoundRoute | undefined {
  const parts = /^\/(v1\.0|beta)(\/.*)$/.exec(decodeURIComponent(pathname));
  const path = parts?.[2];
  if (path === undefined) return undefined;
  const version = parts?.[1] === 'beta' ? 'beta' : 'v1.0';
  let isKnownPath = false;
  for (const route of ROUTES) {
    const match = route.path.exec(path);
    if (!match) continue;
    if (route.method === method) return { route, version, params: { ...match.groups } };
    isKnownPath = true;
  }
  if (isKnownPath)
    throw new GraphRefusal(405, 'MethodNotAllowed', 'Specified HTTP method is not allowed for the request target.');
  return undefined;
}
