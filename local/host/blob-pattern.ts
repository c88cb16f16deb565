// Blob paths with parameters: `inbound/{source}/{name}`.
import { HostFault } from './fault-codes';

/** A trigger's path: the container, and the pattern that blob names must match. */
export interface BlobPattern {
  readonly container: string;
  /** The parameters' values, or `null` when the blob does not match this trigger. */
  match(blobName: string): Readonly<Record<string, string>> | null;
}

/**
 * Reads a path. A parameter is the regular expression `.*`, so it crosses `/`, and the first one takes as much as it can:
 * `{source}/{name}` reads `a/b/c` as `a/b` and `c`, as in the real host.
 * @throws HostFault `trigger-unsupported` for a pattern in the container's name, or a parameter used twice.
 */
export function parseBlobPattern(path: string): BlobPattern {
  const slash = path.indexOf('/');
  const container = slash === -1 ? path : path.slice(0, slash);
  const names = slash === -1 ? '' : path.slice(slash + 1);
  if (container === '' || /[{}]/.test(container)) {
    throw new HostFault('trigger-unsupported', `The path '${path}' must begin with a container's name.`);
  }
  const regex = names === '' ? /^.*$/s : compile(names, path);
  return {
    container,
    match(blobName) {
      const match = regex.exec(blobName);
      return match === null ? null : { ...match.groups };
    },
  };
}

function compile(names: string, path: string): RegExp {
  const parameters = new Set<string>();
  const source = names
    .split(/(\{[^{}]*\})/)
    .map((part) => {
      if (!part.startsWith('{')) {
        return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      }
      const name = part.slice(1, -1);
      if (!/^[A-Za-z_]\w*$/.test(name) || parameters.has(name)) {
        throw new HostFault('trigger-unsupported', `The path '${path}' cannot use the parameter ${part}.`);
      }
      parameters.add(name);
      return `(?<${name}>.*)`;
    })
    .join('');
  return new RegExp(`^${source}$`, 's');
}
