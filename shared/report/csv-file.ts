// A CSV file that grows record by record, for Excel.
import { BOM, csvText } from './csv-text';

/** Records collected before they become text. */
const RECORDS_AT_ONCE = 500;

/** Where the text goes, such as a `ReportWriter`. */
export interface TextSink {
  append(text: string): Promise<void>;
}

/** A file being written. */
export interface CsvFile {
  /** Records that stay together. */
  add(...records: readonly (readonly string[])[]): Promise<void>;
  /** Writes what is left; the header too if nothing was added. */
  finish(): Promise<void>;
}

/** Begins a file with its mark and header; holds at most `RECORDS_AT_ONCE` and those of one `add`. */
export function csvFile(sink: TextSink, header: readonly string[]): CsvFile {
  let mark = BOM;
  let waiting: (readonly string[])[] = [header];
  const flush = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const text = mark + csvText(waiting, ',');
    mark = '';
    waiting = [];
    await sink.append(text);
  };
  return {
    add: async (...records) => {
      waiting.push(...records);
      if (waiting.length >= RECORDS_AT_ONCE) await flush();
    },
    finish: flush,
  };
}
