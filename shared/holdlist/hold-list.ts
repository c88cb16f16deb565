// The hold list of a source, `sources/<name>/hold.csv`: people for whom nothing is sent, each until the end of a day. It is read strictly: an
// entry that cannot be relied on makes the whole list unusable, because the person it means is not known.
import { DateTime } from 'luxon';
import { foldId } from '../columns/id';
import { DAY_MS } from '../core/clock';
import { FileHold } from '../core/errors';
import type { Quote } from '../core/message';
import { quoteWords } from '../core/message';
import type { ExportExpectation, ExportRecord, ExportShape } from '../export/export-record';
import { openExport } from '../export/open-export';

/** Why a person is kept out, and until the end of which day, `yyyy-MM-dd` (UTC). */
export interface Hold {
  readonly until: string;
  readonly why: Quote;
}

/** The entries by folded id. */
export type HoldList = ReadonlyMap<string, Hold>;

/** What is wrong with a list, and on which line if it is one. */
export interface HoldListFault {
  readonly mistake: HoldListMistake;
  readonly line: number | null;
}
export type HoldListMistake =
  'too-large' | 'unreadable' | 'columns' | 'row' | 'id-missing' | 'until-missing' | 'until-form' | 'id-twice';

/** A list, or why it cannot be used. */
export type ParsedHoldList =
  { readonly list: HoldList; readonly fault: null } | { readonly list: null; readonly fault: HoldListFault };

/** The most bytes of a hold list: some 20,000 entries. One that is longer is a mistake, and would fill memory. Our choice, 2026-11. */
export const MAX_HOLD_LIST_BYTES = 1024 * 1024;

const COLUMNS = ['id', 'until', 'why'] as const;
/** The text of a list that names nobody. */
export const EMPTY_HOLD_LIST = `${COLUMNS.join(',')}\n`;

const DATE_FORM = 'yyyy-MM-dd';

const expectationOf = (content: Uint8Array): ExportExpectation => ({
  fileName: 'hold.csv',
  byteLength: content.length,
  format: 'csv',
  encoding: null,
  delimiter: null,
  skipLines: 0,
  comment: null,
  recordsPath: null,
  aliases: {},
  requiredColumns: COLUMNS,
  mappedColumns: COLUMNS,
  knownTexts: {},
  blankWords: [],
  decisiveColumns: ['id'],
  managerColumns: [],
  nameColumns: [],
  certainColumns: null,
  idColumn: 'id',
  idPattern: null,
  maxBytes: MAX_HOLD_LIST_BYTES,
  maxInflatedBytes: MAX_HOLD_LIST_BYTES,
});

const faulty = (mistake: HoldListMistake, line: number | null): ParsedHoldList => ({
  list: null,
  fault: { mistake, line },
});

/** Reads a list. One with a header and nothing else names nobody; one without a header may have been cut short, so it cannot be used. */
export async function parseHoldList(content: Uint8Array): Promise<ParsedHoldList> {
  if (content.length > MAX_HOLD_LIST_BYTES) return faulty('too-large', null);
  try {
    const opened = await openExport(once(content), expectationOf(content));
    // Lines above the header may be entries.
    const above = opened.findings.find((one) => one.code === 'preamble-skipped');
    if (above !== undefined) return faulty('columns', 1);
    const list = new Map<string, Hold>();
    for await (const records of opened.records)
      for (const record of records) {
        const mistake = addEntry(list, opened.shape, record);
        if (mistake !== null) return faulty(mistake, record.line);
      }
    return { list, fault: null };
  } catch (error) {
    if (!(error instanceof FileHold)) throw error;
    if (error.code === 'file-without-rows') return { list: new Map(), fault: null };
    const isHeader = error.code === 'column-missing' || error.code === 'column-doubled';
    return faulty(isHeader ? 'columns' : 'unreadable', error.at.line);
  }
}

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield content;
}

/** Adds the entry of a record, or says what is wrong with it. An entry that is there twice counts once. */
function addEntry(list: Map<string, Hold>, shape: ExportShape, record: ExportRecord): HoldListMistake | null {
  if (record.kind !== 'csv') return 'row';
  const [id, until, why] = COLUMNS.map((name) => (record.cells[shape.columns?.indexOf(name) ?? -1] ?? '').trim());
  if (!id) return 'id-missing';
  if (!until) return 'until-missing';
  if (!DateTime.fromFormat(until, DATE_FORM, { zone: 'utc' }).isValid) return 'until-form';
  const key = foldId(id);
  const known = list.get(key);
  if (known !== undefined && known.until !== until) return 'id-twice';
  if (known === undefined) list.set(key, { until, why: quoteWords(why ?? '') });
  return null;
}

/** The entry that keeps a person out at a time (ms), or null. A hold lasts to the end of its day in UTC. */
export function holdAt(list: HoldList, id: string, at: number): Hold | null {
  const hold = list.get(foldId(id));
  return hold !== undefined && at < Date.parse(hold.until) + DAY_MS ? hold : null;
}

/** When the next day begins in UTC, ms: no hold ends before. */
export const nextDay = (at: number): number => (Math.floor(at / DAY_MS) + 1) * DAY_MS;
