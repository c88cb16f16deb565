// The member `unknownInactive` of source.json: what becomes of inactive people for whom nothing was ever sent.
import { Type, type Static } from '@sinclair/typebox';
import { dateSchema } from './mapping-settings';

/** Longest time since somebody left that can be asked for, days: ten years. Our choice, 2026-11. */
const MAX_DAYS_SINCE_LEAVING = 3_660;

const leaveDateSchema = Type.Object(
  {
    column: Type.String({ minLength: 1, maxLength: 500, description: 'Name of the column with the last day of work.' }),
    date: Type.Object(dateSchema.properties, {
      additionalProperties: false,
      description: 'How the column writes its dates. A date that cannot be read counts as none.',
    }),
    olderThanDays: Type.Integer({
      minimum: 1,
      maximum: MAX_DAYS_SINCE_LEAVING,
      description: 'In a first run, whoever left more than this many days ago is skipped.',
    }),
  },
  {
    additionalProperties: false,
    description: 'As skip; and in a first run, people who left long ago by this column are skipped as well.',
  },
);

/** Schema of `unknownInactive`. */
export const unknownInactiveSchema = Type.Union(
  [
    Type.Unsafe<'send' | 'skip'>({ type: 'string', enum: ['send', 'skip'] }),
    Type.Object({ leaveDate: leaveDateSchema }, { additionalProperties: false }),
  ],
  {
    default: 'send',
    description:
      'Inactive people for whom nothing was ever sent. send (default): like everybody. skip: not sent, except in a first run, when nobody is known yet. { "leaveDate": … }: as skip, and in a first run those who left long ago are skipped as well.',
  },
);

/** Where the file says since when somebody is gone, and how long ago that must be. */
export type LeaveDate = Static<typeof leaveDateSchema>;
