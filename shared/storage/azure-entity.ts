// How our values are stored in a table entity: times as ISO text (readable, sortable in filters), lists as JSON split to the size of a
// property.
import type { TableClient, TableEntity, TableEntityQueryOptions, TableEntityResultPage } from '@azure/data-tables';
import { RollcallError } from '../core/errors';
import { statusOf } from './status-of';

/** A string property holds at most 32,768 UTF-16 characters (64 KiB; Azure Table service data model, and measured). */
const MAX_PROPERTY_CHARS = 32_768;

/**
 * The same where a character may take three bytes of UTF-8: in a transaction, Azurite counts bytes as characters (3.35, measured 2026-11). One
 * length that every service takes is better than two.
 */
const MAX_WIDE_CHARS = Math.floor(MAX_PROPERTY_CHARS / 3);
const isAscii = (text: string): boolean => Buffer.byteLength(text) === text.length;

/** An entity holds at most 1 MiB (Azure Table service data model, read 2026-11). */
export const MAX_ENTITY_BYTES = 1024 * 1024;

/**
 * The size of an entity as the service counts it: 4 bytes, 2 for each character of the keys, and for each property 8 bytes, 2 for each
 * character of its name, and its value, 2 bytes for each character and 4 for a text's length ("How to calculate the size of an entity", Azure
 * Storage team, read 2026-11). Numbers and booleans count as 8 bytes, which is the most that one takes.
 */
function entityBytes({ partitionKey, rowKey, ...properties }: TableEntity): number {
  let bytes = 4 + 2 * (partitionKey.length + rowKey.length);
  for (const [name, value] of Object.entries<unknown>(properties))
    bytes += 8 + 2 * name.length + (typeof value === 'string' ? 4 + 2 * value.length : 8);
  return bytes;
}

/**
 * The entity, if the table takes it. Throws `entity-too-large` (reject): it will be refused at every try. Azurite counts otherwise (the UTF-8
 * text of a single entity, nothing in a transaction), so only this check makes all of them refuse the same.
 */
export function fitting(entity: TableEntity): TableEntity {
  const bytes = entityBytes(entity);
  if (bytes <= MAX_ENTITY_BYTES) return entity;
  throw new RollcallError('entity-too-large', 'reject', `an entity of ${bytes} bytes is more than a table takes`);
}

export const toTime = (ms: number): string => new Date(ms).toISOString();
export const fromTime = (text: unknown): number => (typeof text === 'string' ? Date.parse(text) : 0);

/** JSON under `name`, and under `name1`, `name2` … if it does not fit in one property. */
export function toJsonProperties(name: string, value: unknown): Record<string, string> {
  const text = JSON.stringify(value);
  const most = isAscii(text) ? MAX_PROPERTY_CHARS : MAX_WIDE_CHARS;
  const properties: Record<string, string> = {};
  for (let part = 0, at = 0; at < text.length; part++) {
    const end = endOfPart(text, at, most);
    properties[part === 0 ? name : `${name}${part}`] = text.slice(at, end);
    at = end;
  }
  return properties;
}

// Half of a surrogate pair is not valid text: a service may refuse it or write U+FFFD instead.
function endOfPart(text: string, at: number, most: number): number {
  const end = at + most;
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
    if (error instanceof RollcallError) throw error;
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
