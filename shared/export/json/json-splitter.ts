// JSON text → the raw text of each record of its array, incrementally, with the line on which it begins. The document is never parsed
// as a whole: outside the array this walks containers and keys, inside, it cuts out one value after the other.
import { quote, type Quote } from '../../core/message';
import type { JsonMistake } from '../export-codes';
import { compilePathWalk } from '../../columns/record-value';
import type { RawRecordReader } from '../gather-records';
import { holdFile } from '../hold-file';
import { maxRecordChars } from '../export-limits';
import { behindString, measureValue, never, placeOf } from './measure-value';

/** The text of one value of the array. */
export interface RawJsonRecord {
  readonly line: number;
  readonly raw: string;
  /** Members of all objects in it, including duplicates. */
  readonly members: number;
  /** Objects and lists in it, itself included. */
  readonly containers: number;
  /** Deepest nesting of objects and arrays in it. */
  readonly depth: number;
}

/** Splits text in parts; `end` appends what is left and throws holds for a document that is truncated or has no array. */
export type JsonSplitter = RawRecordReader<RawJsonRecord>;

type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing';

const notBlank = /[^ \t\r\n]/g;

/** An open container: an object with its last key, or an array with the index of the current item. `records` is the array of records. */
type OpenContainer = { readonly kind: 'object'; step: string } | { readonly kind: 'array' | 'records'; step: number };

/** Makes a splitter for the array at `path` (null: the document itself). `firstLine` is the line of the first character. */
export const createJsonSplitter = (path: string | null, firstLine: number): JsonSplitter => {
  let text = '';
  let at = 0;
  let line = firstLine;
  let expected: Expected = 'value';
  let isLast = false;
  let found = false;
  const open: OpenContainer[] = [];
  const placeOnPath = compilePathWalk(path);

  const broken = (mistake: JsonMistake): Error => holdFile('json-broken', { line, mistake }, { line });
  const shownPath = (): Quote | null => (path === null ? null : quote(path));

  const advance = (to: number): void => {
    for (let lf = text.indexOf('\n', at); lf !== -1 && lf < to; lf = text.indexOf('\n', lf + 1)) line++;
    at = to;
  };

  const inRecords = (): boolean => open.at(-1)?.kind === 'records';

  const closeContainer = (sign: string): void => {
    const kind = open.pop()?.kind;
    if ((kind === 'object') !== (sign === '}')) throw broken('unopened');
    expected = open.length === 0 ? 'nothing' : 'comma-or-end';
    advance(at + 1);
  };

  /** Takes one step at the character at `at`; false if more text is needed. */
  const step = (into: RawJsonRecord[]): boolean => {
    const sign = text[at] ?? '';
    switch (expected) {
      case 'nothing':
        throw broken('after-end');
      case 'colon':
        if (sign !== ':') throw broken('colon');
        expected = 'value';
        advance(at + 1);
        return true;
      case 'comma-or-end':
        if (sign === '}' || sign === ']') closeContainer(sign);
        else if (sign !== ',') throw broken('comma');
        else {
          const top = open.at(-1);
          if (typeof top?.step === 'number') top.step++;
          expected = top?.kind === 'object' ? 'key' : 'value';
          advance(at + 1);
        }
        return true;
      case 'key':
      case 'key-or-end': {
        if (sign === '}' && expected === 'key-or-end') {
          closeContainer(sign);
          return true;
        }
        if (sign !== '"') throw broken('key');
        const behind = behindString(text, at);
        if (behind === never) return false;
        const top = open.at(-1);
        if (top?.kind === 'object') top.step = readKey(text.slice(at, behind));
        expected = 'colon';
        advance(behind);
        return true;
      }
      case 'value':
      case 'value-or-end':
        return readValue(sign, into);
    }
  };

  const readKey = (raw: string): string => {
    try {
      return JSON.parse(raw) as string;
    } catch (cause) {
      if (cause instanceof SyntaxError) throw broken('key-text');
      throw cause;
    }
  };

  const readValue = (sign: string, into: RawJsonRecord[]): boolean => {
    if (sign === ']' && expected === 'value-or-end') {
      closeContainer(sign);
      return true;
    }
    if ('}],:'.includes(sign)) throw broken('value');
    const place = inRecords() ? 'elsewhere' : placeOnPath(open.map(({ step }) => step));
    if (place === 'there' && sign === '[') {
      if (found) throw holdFile('json-records-missing', { found: 'many', path: shownPath() }, { line });
      found = true;
      open.push({ kind: 'records', step: 0 });
      expected = 'value-or-end';
      advance(at + 1);
      return true;
    }
    if (place === 'before' && (sign === '{' || sign === '[')) {
      open.push(sign === '{' ? { kind: 'object', step: '' } : { kind: 'array', step: 0 });
      expected = sign === '{' ? 'key-or-end' : 'value-or-end';
      advance(at + 1);
      return true;
    }
    const measure = measureValue(text, at, isLast);
    if (measure.behind === never) return false;
    const { behind, members, containers, depth } = measure;
    if (inRecords()) into.push({ line, raw: text.slice(at, behind), members, containers, depth });
    advance(measure.behind);
    expected = open.length === 0 ? 'nothing' : 'comma-or-end';
    return true;
  };

  const readAll = (into: RawJsonRecord[]): void => {
    for (;;) {
      const next = placeOf(notBlank, text, at);
      advance(next === never ? text.length : next);
      if (next === never || !step(into)) break;
    }
    text = text.slice(at);
    at = 0;
    if (text.length > maxRecordChars) {
      throw holdFile('record-too-large', { line, maxChars: maxRecordChars }, { line });
    }
  };

  return {
    push(part, into) {
      text += part;
      readAll(into);
    },
    end(into) {
      isLast = true;
      readAll(into);
      if (expected !== 'nothing') {
        throw holdFile('file-truncated', { within: 'document', line }, { line });
      }
      if (!found) throw holdFile('json-records-missing', { found: 'none', path: shownPath() });
    },
  };
};
