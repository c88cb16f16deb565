// The shape of a bulk request, as strict as docs/reference/graph-provisioning.md §1.2: anything else is "Invalid Data Format".
import { Type } from '@sinclair/typebox';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { MAX_OPERATIONS_PER_REQUEST } from './limits';
import type { Settings } from './options';
import { ENTERPRISE_URN } from './scim-attributes';

const BULK_URN = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const CORE_URN = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** A SCIM user is three levels deep; the bound protects code that walks through a record. Not documented. */
const MAX_DEPTH = 20;

/** One operation of a bulk request that was accepted. */
export interface Operation {
  readonly bulkId: string;
  readonly data: Readonly<Record<string, unknown>> & {
    readonly externalId: string;
    readonly schemas: readonly string[];
  };
}

/** Where Microsoft's own samples contradict its documentation. */
export type BulkStrictness = Pick<Settings, 'userPath' | 'userSchemas' | 'duplicateBulkIds'>;

const text = Type.String({ minLength: 1 });
const shape = TypeCompiler.Compile(
  Type.Object({
    schemas: Type.Tuple([Type.Literal(BULK_URN)]),
    Operations: Type.Array(
      Type.Object({
        method: Type.Literal('POST'),
        bulkId: text,
        path: text,
        data: Type.Object({ schemas: Type.Array(text), externalId: text }),
      }),
      { minItems: 1, maxItems: MAX_OPERATIONS_PER_REQUEST },
    ),
  }),
);

/** Reads a bulk request. Returns its operations, or why it is refused (for statistics; the service does not say). */
export function readBulkRequest(body: string, strictness: BulkStrictness): readonly Operation[] | string {
  const parsed = parseJson(body);
  if (!shape.Check(parsed)) {
    const error = shape.Errors(parsed).First();
    return `${error?.path ?? ''}: ${error?.message ?? 'not JSON'}`;
  }
  const seen = new Set<string>();
  const { userPath, userSchemas, duplicateBulkIds } = strictness;
  const always = userSchemas === 'core' ? [CORE_URN] : [CORE_URN, ENTERPRISE_URN];
  for (const [index, { bulkId, path, data }] of parsed.Operations.entries()) {
    if ((userPath === 'exact' ? path : path.replace(/^\/users$/i, '/Users')) !== '/Users')
      return `/Operations/${index}/path: ${path}`;
    if (duplicateBulkIds === 'reject' && seen.has(bulkId)) return `/Operations/${index}/bulkId: given twice`;
    seen.add(bulkId);
    const used = Object.keys(data).filter((name) => name.startsWith('urn:'));
    if (isDeeperThan(data, MAX_DEPTH)) return `/Operations/${index}/data: nested too deeply`;
    const missing = [...always, ...used].find((urn) => !data.schemas.includes(urn));
    if (missing !== undefined) return `/Operations/${index}/data/schemas: ${missing} is missing`;
  }
  return parsed.Operations;
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(inner, levels - 1));
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Not JSON has no shape; the caller answers 400 either way.
    return undefined;
  }
}
