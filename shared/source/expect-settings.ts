// The member `expectBy` of source.json: by when a file comes, so that somebody is told when none does.
import { Type, type Static } from '@sinclair/typebox';

/** Days as they are written, in the order of ISO 8601. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Longest name of a zone; America/Argentina/ComodRivadavia has 32. Our choice, 2026-11. */
const MAX_ZONE_CHARS = 64;

/** `expectBy` of source.json. */
export const expectBySchema = Type.Object(
  {
    time: Type.String({
      pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
      description: 'Time of day by which a file has come: "06:00".',
    }),
    zone: Type.String({
      minLength: 1,
      maxLength: MAX_ZONE_CHARS,
      default: 'UTC',
      description: 'The zone of the time: "Europe/Berlin". Default: UTC.',
    }),
    days: Type.Array(Type.Unsafe<(typeof WEEKDAYS)[number]>({ type: 'string', enum: [...WEEKDAYS] }), {
      minItems: 1,
      maxItems: WEEKDAYS.length,
      default: [...WEEKDAYS],
      description: 'Days on which a file is expected: ["mon", "tue"]. Default: every day.',
    }),
  },
  {
    additionalProperties: false,
    description:
      'By when a file of this source comes. One that has not come by then raises an alert; nothing is held for it.',
  },
);

/** When files are expected. */
export type ExpectBy = Readonly<Static<typeof expectBySchema>>;
