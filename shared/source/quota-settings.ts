// The member `quota` of source.json: what a source may drop in a day. Whoever can drop files, or a program that has gone wild, must not take the
// machine from the other sources.
import { Type, type Static } from '@sinclair/typebox';

const GIB = 1024 ** 3;

/** A file every five minutes is 288 a day. Our choice, 2026-11. */
const FILES_PER_DAY = 300;
/** Four of the largest files (`file.maxBytes`). Our choice, 2026-11. */
const BYTES_PER_DAY = 4 * GIB;
/** A full file of a million people five times; a single file may have no more rows. Our choice, 2026-11. */
const ROWS_PER_DAY = 5_000_000;

/** A file a minute: no more than that even if the author of the settings wants it, who is not trusted with the machine (ADR 0029). */
const MAX_FILES_PER_DAY = 1_440;
/** What two intakes of one process copy and read in some hours. Our choice, 2026-11. */
const MAX_BYTES_PER_DAY = 64 * GIB;
/** What they map in some hours. Our choice, 2026-11. */
const MAX_ROWS_PER_DAY = 50_000_000;

/** `quota` of source.json. */
export const quotaSchema = Type.Object(
  {
    filesPerDay: Type.Integer({
      minimum: 1,
      maximum: MAX_FILES_PER_DAY,
      default: FILES_PER_DAY,
      description: 'Files, every version of each. Default: 300.',
    }),
    bytesPerDay: Type.Integer({
      minimum: 1,
      maximum: MAX_BYTES_PER_DAY,
      default: BYTES_PER_DAY,
      description: 'Bytes of all files together, as they were dropped. Default: 4 GiB.',
    }),
    rowsPerDay: Type.Integer({
      minimum: 1,
      maximum: MAX_ROWS_PER_DAY,
      default: ROWS_PER_DAY,
      description: 'Rows of all files together. Default: 5,000,000.',
    }),
  },
  {
    additionalProperties: false,
    default: {},
    description: 'What the source may drop in a day (UTC). Files beyond it are held, and can be approved.',
  },
);

/** What a source may drop in a day. */
export type DailyQuota = Readonly<Static<typeof quotaSchema>>;

/** Runs that are looked at to count the files of a day, at most: those of files, and as many runs of records as nobody gives by hand. */
export const MAX_RUNS_OF_DAY = MAX_FILES_PER_DAY + 1_000;
