// The form of a date column, given only if no other order of day and month fits its values too: 01/02/2024 alone is ambiguous.
import { compileDate } from '../../shared/mapping/date-value';

/**
 * Forms by order of day, month and year; within an order, the first that reads everything is used. SQL Server writes `2020-02-01 00:00:00.000`,
 * Workday a day with the offset of its zone (`2020-02-01-08:00`), Oracle `01-FEB-20`.
 */
const ORDERS: readonly (readonly string[])[] = [
  [
    'yyyy-MM-dd',
    'yyyy/MM/dd',
    'yyyy.MM.dd',
    'yyyyMMdd',
    "yyyy-MM-dd'T'HH:mm:ss",
    'yyyy-MM-dd HH:mm:ss',
    'yyyy-MM-dd HH:mm',
    'yyyy-MM-dd HH:mm:ss.u',
    "yyyy-MM-dd'T'HH:mm:ss.u",
    "yyyy-MM-dd'T'HH:mm:ss'Z'",
    "yyyy-MM-dd'T'HH:mm:ss.u'Z'",
    "yyyy-MM-dd'Z'",
    'yyyy-MM-ddZZ',
    "yyyy-MM-dd'T'HH:mm:ssZZ",
    "yyyy-MM-dd'T'HH:mm:ss.uZZ",
    'yyyy-MM-dd HH:mm:ss.u ZZ',
  ],
  [
    'dd.MM.yyyy',
    'd.M.yyyy',
    'dd/MM/yyyy',
    'd/M/yyyy',
    'dd-MM-yyyy',
    'd-M-yyyy',
    'dd/MM/yyyy HH:mm',
    'dd.MM.yyyy HH:mm',
    'dd/MM/yyyy HH:mm:ss',
    'dd.MM.yyyy HH:mm:ss',
    'd.M.yy',
    'd/M/yy',
  ],
  [
    'MM/dd/yyyy',
    'M/d/yyyy',
    'MM-dd-yyyy',
    'M-d-yyyy',
    'MM.dd.yyyy',
    'M.d.yyyy',
    'M/d/yyyy H:mm',
    'M/d/yyyy h:mm:ss a',
    'M/d/yy',
  ],
  ['dd-MMM-yyyy', 'd MMM yyyy', 'd MMMM yyyy', 'dd MMM yyyy', 'd-MMM-yyyy', 'dd-MMM-yy', 'd-MMM-yy'],
];

/** One value in this many may be a typo without hiding the form of all others. */
const ONE_SLIP_IN = 50;

/** The milliseconds since 1970 of Microsoft's JSON and of OData 2 (SAP SuccessFactors): `/Date(1577836800000)/`. */
const ODATA = /^\/Date\(-?\d+(?:[+-]\d{4})?\)\/$/;

/** What the values of a column say about their form. */
export type DateGuess =
  | { readonly kind: 'format'; readonly format: string }
  | { readonly kind: 'odata' }
  | { readonly kind: 'ambiguous'; readonly formats: readonly string[] }
  /** `value`: the first that does not fit the form of most; null: most have no known form. */
  | { readonly kind: 'unknown'; readonly value: string; readonly format: string | null }
  | { readonly kind: 'empty' };

/** Collects the values of one column; `guess` at the end. */
export class DateForms {
  private readonly orders = ORDERS.map((formats) =>
    formats.map((format) => ({ format, read: compileDate({ format }, 'entra'), slips: 0, firstSlip: '' })),
  );
  private seen = 0;
  private odata = 0;
  private first = '';

  add(value: string): void {
    const text = value.trim();
    if (text === '') return;
    if (this.seen++ === 0) this.first = text;
    if (ODATA.test(text)) {
      this.odata++;
      return;
    }
    for (const order of this.orders)
      for (const form of order) {
        if (form.read(text).ok) continue;
        if (form.slips++ === 0) form.firstSlip = text;
      }
  }

  guess(): DateGuess {
    if (this.seen === 0) return { kind: 'empty' };
    if (this.odata > 0)
      return this.odata === this.seen ? { kind: 'odata' } : { kind: 'unknown', value: this.first, format: null };
    const slipsAllowed = Math.floor(this.seen / ONE_SLIP_IN);
    const fitting = this.orders.flatMap((order) => order.find((form) => form.slips <= slipsAllowed)?.format ?? []);
    const [format] = fitting;
    if (format === undefined) return this.unknown();
    return fitting.length === 1 ? { kind: 'format', format } : { kind: 'ambiguous', formats: fitting };
  }

  private unknown(): DateGuess {
    const forms = this.orders.flat();
    const least = Math.min(...forms.map((form) => form.slips));
    const common = forms.find((form) => form.slips === least);
    if (common === undefined || least * 2 >= this.seen) return { kind: 'unknown', value: this.first, format: null };
    return { kind: 'unknown', value: common.firstSlip, format: common.format };
  }
}
