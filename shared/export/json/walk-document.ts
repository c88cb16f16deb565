// Walks through a JSON document in parts, without ever having it as a whole: outside the array of records it goes from key to key and from item to
// item, inside, it cuts out one value after the other, with the line on which it begins.
import type { JsonMistake } from '../export-codes';
import type { PlaceOnPath } from '../../columns/record-value';
import type { RawRecordReader } from '../gather-records';
import { holdFile } from '../hold-file';
import { maxJsonDepth, maxRecordChars } from '../export-limits';
import type { DocumentWatch } from './document-watch';
import { behindString, measureValue, never, placeOf } from './measure-value';
import type { Steps } from './next-page';

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
const NO_STEPS: Steps = [];

/** An open container: an object with its last key, or an array with the index of the current item. `records` is the array of records. */
type OpenContainer = { readonly kind: 'object'; step: string } | { readonly kind: 'array' | 'records'; step: number };

/** What a walk through a document is told: where the records are, what is beside them, and its end. */
export interface DocumentWalk {
  readonly placeOf: (steps: Steps) => PlaceOnPath;
  readonly watch: DocumentWatch;
  /** There is a second array of records. */
  readonly foundTwice: (line: number) => void;
  /** The document is complete. */
  readonly ended: (found: boolean) => void;
}

/** Makes a splitter that walks through a document. `firstLine` is the line of the first character. */
export const createDocumentWalker = (walk: DocumentWalk, firstLine: number): JsonSplitter => {
  let text = '';
  let at = 0;
  let line = firstLine;
  /** The first line end at or behind `at`, -1 if there is none; remembered, because a file of one line has none in any part. */
  let lineEnd = -1;
  let expected: Expected = 'value';
  let isLast = false;
  let found = false;
  const open: OpenContainer[] = [];

  const broken = (mistake: JsonMistake): Error => holdFile('json-broken', { line, mistake }, { line });

  const advance = (to: number): void => {
    for (; lineEnd !== -1 && lineEnd < to; lineEnd = text.indexOf('\n', lineEnd + 1)) line++;
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
        if (sign !== '"') throw broken(sign === '}' ? 'comma-at-end' : 'key');
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
    if ('}],:'.includes(sign)) {
      throw broken(sign === ']' && open.at(-1)?.kind !== 'object' ? 'comma-at-end' : 'value');
    }
    const isInRecords = inRecords();
    const steps = isInRecords ? NO_STEPS : open.map(({ step }) => step);
    const place = isInRecords ? 'elsewhere' : walk.placeOf(steps);
    if (place === 'there' && sign === '[') {
      if (found) walk.foundTwice(line);
      found = true;
      open.push({ kind: 'records', step: 0 });
      expected = 'value-or-end';
      advance(at + 1);
      return true;
    }
    const isSingle = sign !== '{' && sign !== '[';
    // PowerShell writes a list of one as the one itself.
    const isOnlyRecord = place === 'there' && sign === '{';
    const isRecord = isInRecords || isOnlyRecord;
    // Also beside the path: a value that is walked through may be of any length.
    if (!isRecord && !isSingle && (place === 'before' || open.length < maxJsonDepth)) {
      walk.watch.begin(steps, sign);
      open.push(sign === '{' ? { kind: 'object', step: '' } : { kind: 'array', step: 0 });
      expected = sign === '{' ? 'key-or-end' : 'value-or-end';
      advance(at + 1);
      return true;
    }
    const { behind, members, containers, depth } = measureValue(text, at, isLast);
    if (behind === never) return false;
    if (isOnlyRecord) {
      if (found) walk.foundTwice(line);
      found = true;
    }
    if (isRecord) into.push({ line, raw: text.slice(at, behind), members, containers, depth });
    else {
      walk.watch.begin(steps, sign);
      if (isSingle) walk.watch.single(steps, text.slice(at, behind), line);
    }
    advance(behind);
    expected = open.length === 0 ? 'nothing' : 'comma-or-end';
    return true;
  };

  const readAll = (into: RawJsonRecord[]): void => {
    lineEnd = text.indexOf('\n');
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
      walk.ended(found);
    },
  };
};
