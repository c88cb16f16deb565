// The form of a date column, given only if no other order of day and month fits its values too: 01/02/2024 alone is ambiguous.
import { compileDate } from '../../shared/mapping/date-value';

/** Forms by order of day, month and year; within an order, the first that reads everything is used. */
const ORDERS: readonly (readonly string[])[] = [
  [
    'yyyy-MM-dd',
    'yyyy/MM/dd',
    'yyyy.MM.dd',
    'yyyyMMdd',
    "yyyy-MM-dd'T'HH:mm:ss",
    'yyyy-MM-dd HH:mm:ss',
    "yyyy-MM-dd'T'HH:mm:ssZZ",
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
  ],
  ['MM/dd/yyyy', 'M/d/yyyy', 'MM-dd-yyyy', 'M-d-yyyy', 'MM.dd.yyyy', 'M.d.yyyy'],
  ['dd-MMM-yyyy', 'd MMM yyyy', 'd MMMM yyyy', 'dd MMM yyyy'],
];

/** One value in this many may be a typo without hiding the form of all others. */
const ONE_SLIP_IN = 50;

/** What the values of a column say about their form. */
export type DateGuess =
  | { readonly kind: 'format'; readonly format: string }
  | { readonly kind: 'ambiguous'; readonly formats: readonly string[] }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'empty' };

/** Collects the values of one column; `guess` at the end. */
export class DateForms {
  private readonly orders = ORDERS.map((formats) =>
    formats.map((format) => ({ format, read: compileDate({ format }, 'entra'), slips: 0 })),
  );
  private seen = 0;

  add(value: string): void {
    const text = value.trim();
    if (text === '') return;
    this.seen++;
    for (const order of this.orders) for (const form of order) if (!form.read(text).ok) form.slips++;
  }

  guess(): DateGuess {
    if (this.seen === 0) return { kind: 'empty' };
    const slipsAllowed = Math.floor(this.seen / ONE_SLIP_IN);
    const fitting = this.orders.flatMap((order) => order.find((form) => form.slips <= slipsAllowed)?.format ?? []);
    const [format] = fitting;
    if (format === undefined) return { kind: 'unknown' };
    return fitting.length === 1 ? { kind: 'format', format } : { kind: 'ambiguous', formats: fitting };
  }
}
