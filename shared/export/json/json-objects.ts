// Objects one after the other, each over any number of lines → the raw text of each: what ConvertTo-Json writes of one person, and jq of several.
import { holdFile } from '../hold-file';
import { maxRecordChars } from '../export-limits';
import { measureValue, never, placeOf } from './measure-value';
import type { JsonSplitter, RawJsonRecord } from './walk-document';

const notBlank = /\S/g;

/** Makes a splitter that treats every value as a record; a comma between two, or a last one that is cut off, holds the file. */
export const createJsonObjectSplitter = (firstLine: number): JsonSplitter => {
  let text = '';
  let line = firstLine;

  const takeAll = (into: RawJsonRecord[], isLast: boolean): void => {
    let at = 0;
    const advance = (to: number): void => {
      for (let lf = text.indexOf('\n', at); lf !== -1 && lf < to; lf = text.indexOf('\n', lf + 1)) line++;
      at = to;
    };
    for (;;) {
      const begin = placeOf(notBlank, text, at);
      advance(begin === never ? text.length : begin);
      if (begin === never) break;
      if (text[at] === ',') throw holdFile('json-lines-with-commas', { line }, { line });
      if (text[at] !== '{') throw holdFile('json-broken', { line, mistake: 'after-end' }, { line });
      const { behind, members, containers, depth } = measureValue(text, at, isLast);
      if (behind === never) break;
      into.push({ line, raw: text.slice(at, behind), members, containers, depth });
      advance(behind);
    }
    text = text.slice(at);
    if (text.length > maxRecordChars) {
      throw holdFile('record-too-large', { line, maxChars: maxRecordChars }, { line });
    }
  };

  return {
    push(part, into) {
      text += part;
      takeAll(into, false);
    },
    end(into) {
      takeAll(into, true);
      if (text !== '') throw holdFile('file-truncated', { within: 'record', line }, { line });
    },
  };
};
