// The member `guard` of source.json: its limits, their defaults, and which of the two counts when a limit is written.
import { Type, type Static, type TObject, type TSchema } from '@sinclair/typebox';

const figure = (minimum: number, maximum: number, description: string) =>
  Type.Optional(Type.Integer({ minimum, maximum, description }));

/** Far above any tenant: a count beyond it is a slip of the keyboard. Our choice, 2026-11. */
const MAX_COUNT = 10_000_000;
/** A file of ten times as many rows as the last one; more is no limit any more. Our choice, 2026-11. */
const MAX_MORE_PERCENT = 1_000;

const atLeast = figure(1, MAX_COUNT, 'The percentage counts from this number on, so that small numbers never trip it.');

const countLimitSchema = Type.Object(
  {
    count: figure(0, MAX_COUNT, 'Trips when there are more than this.'),
    percent: figure(0, 100, 'Trips when there are more than this percentage, a whole number.'),
    atLeast,
  },
  { additionalProperties: false, minProperties: 1 },
);

const columnLimitSchema = Type.Object(
  {
    fromRows: figure(
      1,
      MAX_COUNT,
      'Columns are looked at in files of at least this many rows. Without it: in every file.',
    ),
    percent: figure(
      0,
      100,
      'Trips when the values of more than this percentage of the rows changed. Without it: only when the column became empty or constant.',
    ),
  },
  { additionalProperties: false, minProperties: 1 },
);

const rowsLimitSchema = Type.Object(
  {
    lessPercent: figure(0, 100, 'Trips when the file is shorter by more than this percentage.'),
    morePercent: figure(0, MAX_MORE_PERCENT, 'Trips when the file is longer by more than this percentage.'),
    atLeast,
  },
  { additionalProperties: false, minProperties: 1 },
);

/** When a number of people or rows is too large. */
export type CountLimit = Readonly<Static<typeof countLimitSchema>>;
/** When a column changed too much. */
export type ColumnLimit = Readonly<Static<typeof columnLimitSchema>>;
/** When a full file differs too much in length from the one before it. */
export type RowsLimit = Readonly<Static<typeof rowsLimitSchema>>;

/** A limit that applies: what only warns, and what holds the file; null is never. */
export interface LimitPair<L> {
  readonly warn: L | null;
  readonly hold: L | null;
}

/** A limit as source.json writes it; `false` switches it, or a half of it, off. */
export type WrittenLimit<L> = false | { readonly warn?: false | L; readonly hold?: false | L };

const ofCount = (percent: number, from: number, count?: number): LimitPair<CountLimit> => ({
  warn: null,
  hold: { percent, atLeast: from, ...(count === undefined ? {} : { count }) },
});

/** The limits that apply unless source.json writes others. Our choice, 2026-11; docs/guard.md says what each is for. */
export const DEFAULT_LIMITS = {
  disabled: ofCount(5, 5, 500),
  missing: ofCount(10, 5),
  changed: ofCount(30, 20),
  created: ofCount(20, 20),
  enabled: ofCount(5, 5),
  renamed: ofCount(5, 5),
  rejected: ofCount(10, 10),
  column: { warn: null, hold: { fromRows: 20, percent: 30 } } satisfies LimitPair<ColumnLimit>,
  rows: { warn: null, hold: { lessPercent: 20, morePercent: 50, atLeast: 20 } } satisfies LimitPair<RowsLimit>,
} as const;
/**
 * The counts that hold a file of changes as long as no full file has passed, because a share of an incomplete roster says nothing: asked unless
 * source.json has a count of its own, or switches the limit off. More people than leave, return or change their name in a few days even in a
 * company of tens of thousands. Our choice, 2026-11.
 */
export const UNSEEDED_COUNTS = { disabled: 50, enabled: 50, renamed: 50 } as const;
/** The name of a limit in source.json. */
export type LimitName = keyof typeof DEFAULT_LIMITS;

/** The limit that applies: each half that is written replaces the whole default of that half, and a half that is not written keeps it. */
export function pairOf<L>(written: WrittenLimit<L> | undefined, byDefault: LimitPair<L>): LimitPair<L> {
  if (written === false) return { warn: null, hold: null };
  const half = (own: false | L | undefined, other: L | null): L | null => (own === undefined ? other : own || null);
  return { warn: half(written?.warn, byDefault.warn), hold: half(written?.hold, byDefault.hold) };
}

/** An object or `false`, without a choice of schemas: the mistakes in the object stay readable. */
const falseOr = <T extends TObject>(object: T, description: string): TSchema & { static: false | Static<T> } =>
  Type.Unsafe<false | Static<T>>({ ...object, type: ['object', 'boolean'], not: { const: true }, description });

const limit = <T extends TObject>(figures: T, description: string) =>
  Type.Optional(
    falseOr(
      Type.Object(
        {
          warn: Type.Optional(falseOr(figures, 'When the file goes, with a warning. Default: never.')),
          hold: Type.Optional(falseOr(figures, 'When the file is held. Replaces the default figures, all of them.')),
        },
        { additionalProperties: false, minProperties: 1 },
      ),
      `${description} false: no limit.`,
    ),
  );

const counted = (name: LimitName, things: string): ReturnType<typeof limit<typeof countLimitSchema>> => {
  const { percent, atLeast: from, count } = DEFAULT_LIMITS[name].hold as CountLimit;
  const orCount = count === undefined ? '' : `, or more than ${count}`;
  return limit(countLimitSchema, `${things} Default: held above ${percent}%, from ${from} on${orCount}.`);
};

const { column: columnDefault, rows: rowsDefault } = DEFAULT_LIMITS;

const guardObjectSchema = Type.Object(
  {
    disabled: counted('disabled', 'People whom the file would disable, of those in the roster.'),
    missing: counted('missing', 'People in the roster who are not in the file; full files only.'),
    changed: counted('changed', 'People whose values the file would change, of those in the roster.'),
    created: counted('created', 'New people, compared with the number of those in the roster.'),
    enabled: counted('enabled', 'Disabled people whom the file would enable, of those in the roster.'),
    renamed: counted('renamed', 'People whose user name the file would change, of those in the roster.'),
    rejected: counted('rejected', 'Rejected rows, of all rows.'),
    column: limit(
      columnLimitSchema,
      `A mapped column that became empty or constant, or changed in many rows. Default: held from ${columnDefault.hold.fromRows} rows on; changes count above ${columnDefault.hold.percent}% of the rows.`,
    ),
    rows: limit(
      rowsLimitSchema,
      `Rows compared with the last full file; full files only. Default: held if more than ${rowsDefault.hold.lessPercent}% fewer or ${rowsDefault.hold.morePercent}% more, from a difference of ${rowsDefault.hold.atLeast} on.`,
    ),
    firstRun: Type.Optional(
      Type.Unsafe<'hold' | 'send'>({
        type: 'string',
        enum: ['hold', 'send'],
        description:
          'What happens to the first file of the source, when nobody is in the roster. hold (default), or send, which is the default and allowed only where Graph is a simulator on this computer: elsewhere it is held whatever is written.',
      }),
    ),
  },
  { additionalProperties: false },
);

/** The limits of a source, as written. */
export type GuardLimitSettings = Static<typeof guardObjectSchema>;

/** `guard` of source.json. */
export const guardSchema = Type.Unsafe<'off' | GuardLimitSettings>({
  ...guardObjectSchema,
  type: ['object', 'string'],
  pattern: '^off$',
  description:
    'The limits that hold a file before anything is sent (docs/guard.md). "off": no limits; allowed only where Graph is a simulator on this computer.',
});
/** The same, as the product reads it; undefined is all defaults. */
export type GuardSettings = Static<typeof guardSchema>;
