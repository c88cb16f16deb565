// Judges the texts of a JSON record that the settings read as the cells of a CSV row are judged: words for blank, and what programs write in
// place of a value.
import type { Rejection } from '../../core/rejection';
import type { JsonObject, JsonValue } from '../export-record';
import type { ProgramWords } from '../program-words';

/** The record with '' for each declared word for blank, and what programs wrote in place of values. */
export interface JudgedRecord {
  readonly record: JsonObject;
  readonly damage: readonly Rejection[];
}

/** Judges the texts at and below the paths `columns`, to which the members `mayLead` lead. The depth was limited when the record was read. */
export function judgeWords(
  record: JsonObject,
  line: number,
  columns: ReadonlySet<string>,
  mayLead: ReadonlySet<string>,
  words: ProgramWords,
): JudgedRecord {
  const damage: Rejection[] = [];
  const judge = (value: JsonValue, path: string, isBelow: boolean): JsonValue => {
    const isRead = isBelow || columns.has(path);
    if (typeof value === 'string') {
      if (!isRead) return value;
      if (words.isBlank(value)) return '';
      const found = words.check(value, line, path);
      if (found !== null) damage.push(found);
      return value;
    }
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) {
      const items: readonly JsonValue[] = value;
      const judged = items.map((item, at) => judge(item, `${path}.${at}`, isRead));
      return judged.some((item, at) => item !== items[at]) ? judged : items;
    }
    return judgeMembers(value as JsonObject, (key, member) => judge(member, `${path}.${key}`, isRead));
  };
  const judgeMembers = (object: JsonObject, judgeMember: (key: string, value: JsonValue) => JsonValue): JsonObject => {
    let judged: Map<string, JsonValue> | null = null;
    for (const [key, value] of Object.entries(object)) {
      const found = judgeMember(key, value);
      // A copy only of objects in which something is blank: most have nothing.
      if (found !== value) (judged ??= new Map(Object.entries(object))).set(key, found);
    }
    return judged === null ? object : Object.fromEntries(judged);
  };
  const judged = judgeMembers(record, (key, value) => (mayLead.has(key) ? judge(value, key, false) : value));
  return { record: judged, damage };
}
