// The schema of source.json: types, checks, defaults and the published JSON Schema come from here.
import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { maxPatternChars } from '../columns/linear-pattern';
import { JOB_ID } from '../graph/job-key';
import { activeSchema } from './active-settings';
import { expectBySchema } from './expect-settings';
import { guardSchema } from './guard-settings';
import { blankWords, leafSchema, mappingSchema } from './mapping-settings';
import { quotaSchema } from './quota-settings';
import { rowsPerPersonSchema } from './rows-per-person-settings';
import { ignoreSchema, rowFilterSchema, trailerSchema } from './rows-settings';
import { type LeaveDate, unknownInactiveSchema } from './unknown-inactive-settings';

const oneOf = <const T extends readonly string[]>(words: T, options: object): TSchema & { static: T[number] } =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...words], ...options });

/** Largest file that is read, bytes, unless `file.maxBytes` says otherwise: a million people take about 0.3 GB. Our choice, 2026-11. */
export const defaultMaxBytes = 1024 ** 3;

/** Largest inflated size of a compressed file, bytes, unless `file.maxInflatedBytes` says otherwise. Our choice, 2026-11. */
export const defaultMaxInflatedBytes = 2 * 1024 ** 3;

const fileSchema = Type.Object(
  {
    pattern: Type.String({
      minLength: 1,
      maxLength: 200,
      default: '*',
      description:
        'Names of the files of this source, with * and ?: "*.csv". Case does not count. Default: every file.',
    }),
    format: oneOf(['csv', 'json'], {
      description: 'csv: a table with a header row. json: an array of objects, or one object per line.',
    }),
    content: oneOf(['changes', 'full'], {
      default: 'changes',
      description:
        'full: a person who is not in the file is missing. changes (default): the file says nothing about others.',
    }),
    encoding: Type.Optional(Type.String({ minLength: 1, description: 'Encoding, "windows-1252". Default: detected.' })),
    delimiter: Type.Optional(
      Type.String({ pattern: '^[^"\\r\\n]$', description: 'One character. Default: detected.' }),
    ),
    skipLines: Type.Integer({
      minimum: 0,
      maximum: 1000,
      default: 0,
      description: 'Lines before the header row. Default: 0.',
    }),
    comment: Type.Optional(
      Type.String({ minLength: 1, maxLength: 10, description: 'Lines that begin with this are skipped.' }),
    ),
    records: Type.Optional(Type.String({ minLength: 1, description: 'JSON: path of the array, "export.employees".' })),
    aliases: Type.Optional(
      Type.Record(Type.String(), Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }), {
        description: 'Column → other names under which the file may carry it: { "EmployeeID": ["Personalnummer"] }.',
      }),
    ),
    blank: Type.Optional(
      blankWords('Words that mean "no value" in every cell, id and status included: ["NULL", "-"].'),
    ),
    ignore: Type.Optional(ignoreSchema),
    trailer: Type.Optional(trailerSchema),
    only: Type.Optional(
      rowFilterSchema(
        'Only rows with one of these values in the column are for this source; of several columns, in each.',
      ),
    ),
    except: Type.Optional(
      rowFilterSchema(
        'Rows with one of these values in the column are not for this source; of several columns, in any.',
      ),
    ),
    manifest: Type.Optional(
      oneOf(['required'], { description: 'Each file needs a <file>.manifest.json with rows and sha256.' }),
    ),
    maxBytes: Type.Integer({
      minimum: 1,
      default: defaultMaxBytes,
      description: 'Largest file, bytes. Default: 1 GiB.',
    }),
    maxInflatedBytes: Type.Integer({
      minimum: 1,
      default: defaultMaxInflatedBytes,
      description: 'Largest size after decompression, bytes. Default: 2 GiB.',
    }),
  },
  { additionalProperties: false, description: 'The files of the source. What is absent is detected.' },
);

const GRAPH_ID = `^${JOB_ID}$`;

const jobSchema = Type.Object(
  {
    servicePrincipalId: Type.String({
      pattern: GRAPH_ID,
      description: 'Object id (not application id) of the enterprise application of the provisioning job.',
    }),
    jobId: Type.String({ pattern: GRAPH_ID, description: 'Id of the provisioning job: "API2AAD.…".' }),
    target: oneOf(['entra', 'active-directory'], {
      default: 'entra',
      description: 'The directory that the job writes to; dates and sign-in names follow its rules. Default: entra.',
    }),
  },
  { additionalProperties: false, description: 'The provisioning job that takes the people of this source.' },
);

const idSchema = Type.Union(
  [
    Type.String({ minLength: 1 }),
    Type.Object(
      {
        column: Type.String({ minLength: 1, description: 'Name of the column.' }),
        pattern: Type.Optional(
          Type.String({
            minLength: 1,
            maxLength: maxPatternChars,
            description: 'The form of an id, a regular expression for the whole of it: "\\\\d{6}".',
          }),
        ),
      },
      { additionalProperties: false },
    ),
  ],
  { description: 'The column that names a person for ever; becomes externalId.' },
);

/** Longest interval of a refresh, days: a year. Our choice, 2026-11. */
const MAX_REFRESH_DAYS = 366;

const refreshSchema = Type.Object(
  {
    everyDays: Type.Integer({
      minimum: 1,
      maximum: MAX_REFRESH_DAYS,
      default: 30,
      description: 'Days after which an unchanged person is sent again. Default: 30.',
    }),
    inactiveEveryDays: Type.Integer({
      minimum: 1,
      maximum: MAX_REFRESH_DAYS,
      default: 7,
      description: 'The same for inactive people: somebody may have enabled one by hand. Default: 7.',
    }),
  },
  {
    additionalProperties: false,
    default: {},
    description: 'How often people whose record has not changed are sent all the same, each on a day of their own.',
  },
);

/** Longest time before missing people are disabled, days: the roster remembers full files for a little longer. Our choice, 2026-11. */
const MAX_MISSING_DAYS = 366;

const missingSchema = Type.Union(
  [
    Type.Literal('nothing'),
    Type.Object(
      {
        disableAfterDays: Type.Integer({
          minimum: 1,
          maximum: MAX_MISSING_DAYS,
          description:
            'Days without a row in any full file, counted from the first full file without one, after which the account is disabled.',
        }),
      },
      { additionalProperties: false },
    ),
  ],
  {
    default: 'nothing',
    description:
      'What becomes of people without a row of any kind in full files. nothing (default): they are listed in the report. { "disableAfterDays": N }: their accounts are disabled after N days. Only for file.content full.',
  },
);

/** Schema of source.json. */
export const sourceSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String({ description: 'Where editors find this schema.' })),
    name: Type.String({
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
      maxLength: 63,
      description: 'Name of the source; equal to the name of its folder.',
    }),
    file: fileSchema,
    job: jobSchema,
    id: idSchema,
    active: activeSchema,
    mapping: mappingSchema,
    refresh: refreshSchema,
    guard: Type.Optional(guardSchema),
    quota: quotaSchema,
    unknownInactive: unknownInactiveSchema,
    missingPeople: missingSchema,
    rowsPerPerson: Type.Optional(rowsPerPersonSchema),
    expectBy: Type.Optional(expectBySchema),
  },
  { additionalProperties: false },
);

/** The settings of a source, checked and with their defaults filled in. */
export type SourceSettings = Static<typeof sourceSchema>;

/** The column of the id. */
export const idColumnOf = ({ id }: Pick<SourceSettings, 'id'>): string => (typeof id === 'string' ? id : id.column);

/** The leave date that the settings name, or null. */
export const leaveDateOf = ({ unknownInactive }: Pick<SourceSettings, 'unknownInactive'>): LeaveDate | null =>
  typeof unknownInactive === 'string' ? null : unknownInactive.leaveDate;

/** The settings without their mapping, whose mistakes are better explained by the SCIM schema (check-mapping). */
export const settingsFrameSchema = Type.Composite(
  [Type.Omit(sourceSchema, ['mapping']), Type.Object({ mapping: Type.Object({}, { minProperties: 1 }) })],
  { additionalProperties: false },
);

const withoutDefaulted = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(withoutDefaulted);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [keyword, withoutDefaulted(value)]),
  );
  const { required, properties } = copy;
  if (!Array.isArray(required) || typeof properties !== 'object' || properties === null) return copy;
  const members = properties as Record<string, { default?: unknown }>;
  const needed = required.filter((name: string) => members[name]?.default === undefined);
  return needed.length > 0 ? { ...copy, required: needed } : { ...copy, required: undefined };
};

/** The JSON Schema for editors, source.schema.json: members with a default need not be written. */
export function publishedSourceSchema(): object {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Rollcall source settings',
    description:
      'A feed of people: its files, its provisioning job, and how a row becomes a SCIM user. See docs/mapping.md.',
    ...sourceSchema,
    $defs: { leaf: leafSchema },
  };
  return JSON.parse(JSON.stringify(withoutDefaulted(schema))) as object;
}
