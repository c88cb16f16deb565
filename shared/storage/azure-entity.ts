// How our values are stored in a table entity: times as ISO text (readable, sortable in filters), lists as JSON split to the size of a
// property.
import type { TableClient, TableEntityQueryOptions, TableEntityResultPage } from '@azure/data-tables';
import { RollcallError } from '../core/errors';
import { statusOf } from './status-of';

/** A string property holds at most 32,768 UTF-16 characters (64 KiB; Azure Table service data model, and measured). */
const MAX_PROPERTY_CHARS = 32_768;

export const toTime = (ms: number): string => new Date(ms).toISOString();
export const fromTime = (text: unknown): number => (typeof text === 'string' ? Date.parse(text) : 0);

/** JSON under `name`, and under `name1`, `name2` … if it does not fit in one property. */
export function toJsonProperties(name: string, value: unknown): Record<string, string> {
  const text = JSON.stringify(value);
  const properties: Record<string, string> = {};
  for (let part = 0, at = 0; at < text.length; part++) {
    const end = endOfPart(text, at);
    properties[part === 0 ? name : `${name}${part}`] = text.slice(at, end);
    at = end;
  }
  return properties;
}

// Half of a surrogate pair is not valid text: a service may refuse it or write U+FFFD instead.
function endOfPart(text: string, at: number): number {
  const end = at + MAX_PROPERTY_CHARS;
  return end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end;
}

/** Reads back what `toJsonProperties` wrote. The ledger is the only writer, so the shape is trusted. */
export function fromJsonProperties(entity: Record<string, unknown>, name: string): unknown {
  let text = '';
  for (let part = 0; typeof entity[part === 0 ? name : `${name}${part}`] === 'string'; part++) {
    text += entity[part === 0 ? name : `${name}${part}`] as string;
  }
  return text === '' ? null : JSON.parse(text);
}

/** Runs a storage call; `expected` statuses become the given answer, everything else is a fault with disposition `retry`. */
export async function tableCall<T, E>(call: () => Promise<T>, expected: readonly number[], answer: E): Promise<T | E> {
  try {
    return await call();
  } catch (error) {
    if (expected.includes(statusOf(error) ?? 0)) return answer;
    throw new RollcallError('storage-table', 'retry', `table storage answered ${String(statusOf(error))}`, {
      cause: error,
    });
  }
}

/** Lists entities page by page; faults are those of `tableCall`. `maxPageSize`: entities per page, by default the service's. */
export async function* listPages<T extends object = Record<string, unknown>>(
  table: TableClient,
  queryOptions: TableEntityQueryOptions,
  maxPageSize?: number,
): AsyncGenerator<TableEntityResultPage<T>> {
  const pages = table.listEntities<T>({ queryOptions }).byPage(maxPageSize === undefined ? {} : { maxPageSize });
  const next = (): ReturnType<typeof pages.next> => tableCall(() => pages.next(), [], { done: true, value: [] });
  for (let page = await next(); page.done !== true; page = await next()) yield page.value;
}
