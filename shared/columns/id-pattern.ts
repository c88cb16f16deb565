// The form of an id (`id.pattern`).
import { compileLinearPattern, type PatternFault } from './linear-pattern';

/**
 * Longest id, UTF-16 code units. Neither SCIM (RFC 7643 §3.1) nor the service's documentation bounds `externalId`; the attributes that it is
 * mapped to hold 16 (`employeeId`) to 256 characters, so no longer one could ever be matched. Our choice, 2026-11: each row of a batch keeps
 * its id, and a batch must fit into one entity of a table (shared/storage/azure-entity.ts).
 */
export const maxIdChars = 256;

export type IdPattern =
  { readonly ok: true; readonly fits: (id: string) => boolean } | { readonly ok: false; readonly fault: PatternFault };

/** Compiles a pattern for the whole of an id. */
export function compileIdPattern(pattern: string): IdPattern {
  const compiled = compileLinearPattern(pattern);
  if (!compiled.ok) return compiled;
  const { form } = compiled;
  return { ok: true, fits: (id) => id.length <= maxIdChars && form.testExact(id) };
}
