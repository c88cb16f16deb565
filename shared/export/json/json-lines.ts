// JSON lines: one object per line → the raw text of each.
import { holdFile } from '../hold-file';
import { maxRecordChars } from '../export-limits';
import type { JsonSplitter, RawJsonRecord } from './walk-document';
import { measureValue } from './measure-value';

/** Makes a splitter that treats every line that is not blank as a record; a truncated last line holds the file. */
export const createJsonLineSplitter = (firstLine: number): JsonSplitter => {
  let text = '';
  let line = firstLine;

  const take = (raw: string, into: RawJsonRecord[]): void => {
    const trimmed = raw.trim();
    if (trimmed !== '') {
      const { behind, members, containers, depth } = measureValue(trimmed, 0, true);
      // If brackets close too early or never, members and depth mean nothing, but then the text does not parse either.
      into.push({ line, raw: trimmed, members: behind === trimmed.length ? members : -1, containers, depth });
    }
    line++;
  };

  return {
    push(part, into) {
      text += part;
      let at = 0;
      for (let lf = text.indexOf('\n', at); lf !== -1; lf = text.indexOf('\n', at)) {
        take(text.slice(at, lf), into);
        at = lf + 1;
      }
      text = text.slice(at);
      if (text.length > maxRecordChars) {
        throw holdFile('record-too-large', { line, maxChars: maxRecordChars }, { line });
      }
    },
    end(into) {
      const rest = text.trim();
      text = '';
      if (rest === '') return;
      if (measureValue(rest, 0, true).behind !== rest.length) {
        throw holdFile('file-truncated', { within: 'record', line }, { line });
      }
      take(rest, into);
    },
  };
};
