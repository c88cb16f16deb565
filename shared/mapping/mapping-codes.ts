// Everything that the mapping can say about a row, with the values that each sentence needs. The English is in mapping-messages.ts.
import { fault, finding, hold, rejection } from '../core/codes';
import type { Quote } from '../core/message';

/** What HR calls the place of a value: its column, or else (`null`) the SCIM attribute that it fills. */
export type Place = { column: Quote | null; attribute: string };

/** Why an expression gave no result. The library's words may quote the row. */
export type ExpressionTrouble =
  | { trouble: 'library'; words: Quote }
  | { trouble: 'text-too-long'; maxChars: number }
  | { trouble: 'too-slow'; maxMs: number }
  | { trouble: 'ended'; maxMs: number; maxMegabytes: number }
  | { trouble: 'not-offered'; name: string };

/** Why a manager was left out. `line` is the first of the `rows` that name the manager; `lines` are those of the people who have the value. */
export type ManagerNotFound =
  | { why: 'nobody'; value: Quote; rows: number; line: number }
  | { why: 'several' | 'without-id'; value: Quote; rows: number; line: number; lines: readonly number[] }
  | { why: 'others' | 'not-whole'; rows: number; line: number };

/** The codes with which the mapping rejects a row, holds a file or warns. */
export const mappingCodes = {
  'id-missing': rejection<Place>(),
  'status-missing': rejection<Place>(),
  'status-unknown': rejection<Place & { value: Quote | null }>(),
  'status-days-crossed': rejection<Place & { first: string; last: string; firstColumn: Quote }>(),
  'value-missing': rejection<Place>(),
  'value-not-in-table': rejection<Place & { value: Quote }>(),
  'value-not-single': rejection<Place>(),
  'value-not-boolean': rejection<Place & { value: Quote }>(),
  'value-not-integer': rejection<Place & { value: Quote }>(),
  'number-imprecise': rejection<Place>(),
  'value-too-long': rejection<Place & { maxChars: number }>(),
  'user-name-form': rejection<Place & { character: Quote | null }>(),
  'manager-id-damaged': rejection<Place & { value: Quote }>(),
  'user-not-scim': rejection<Place & { rule: string }>(),
  'date-unreadable': rejection<Place & { value: Quote; forms: readonly Quote[] }>(),
  'date-impossible': rejection<Place & { value: Quote; forms: readonly Quote[] }>(),
  'date-ambiguous': rejection<Place & { value: Quote; forms: readonly Quote[] }>(),
  'date-excel-serial': rejection<Place & { value: Quote; forms: readonly Quote[] }>(),
  'phone-unreadable': rejection<Place & { value: Quote }>(),
  'phone-extension': rejection<Place & { value: Quote }>(),
  'country-unknown': rejection<Place & { value: Quote }>(),
  'country-ambiguous': rejection<Place & { value: Quote; readings: readonly Quote[] }>(),
  'expression-failed': rejection<Place & ExpressionTrouble>(),
  'expression-limit': rejection<Place & ExpressionTrouble>(),
  'expression-always-slow': hold<{ maxMs: number; rows: number }>(),
  'expressions-unavailable': fault(),
  'user-name-missing': finding(),
  'user-names-without-domain': finding<{ users: number; line: number }>(),
  'manager-not-found': finding<ManagerNotFound>(),
  'managers-are-nobody': finding<{ column: Quote | null; managers: number; value: Quote; line: number }>(),
  'id-longer-than-employee-id': finding<{ maxChars: number }>(),
};

/** A code of this table. */
export type MappingCode = keyof typeof mappingCodes;
