// The roster as a file: a header (one line of JSON), one entry of fixed size per person, sorted by the hash of the id, and a trailer
// (number of entries, CRC-32 of everything before it). Numbers are big-endian. The count is known only when a merge ends, so it comes last; its
// presence says that the file is whole. The first line is readable: `head -1`.
import { crc32 } from 'node:zlib';
import type { Static } from '@sinclair/typebox';
import { Type } from '@sinclair/typebox';
import { schemaCheck } from '../core/schema-check';
import { RollcallError } from '../core/errors';

const FORMAT = 'rollcall-roster';
const FORMAT_VERSION = 1;

const EpochSchema = Type.Object({ mapping: Type.String(), schema: Type.String(), job: Type.String() });

const HeaderSchema = Type.Object({
  source: Type.String(),
  epochs: Type.Array(EpochSchema),
  attributes: Type.Array(Type.String()),
  fullFiles: Type.Array(Type.Integer()),
  doubtfulFullAt: Type.Integer(),
  newestAt: Type.Integer(),
});

/**
 * What decides that a record is still the right one at the right place: a change of any part begins a new epoch. `mapping` and `schema` are
 * versions of the source's mapping and of the schema of users, `job` is `jobText`.
 */
export type Epoch = Readonly<Static<typeof EpochSchema>>;

/** The first line of a roster. Times are seconds since the epoch of Unix. */
export interface RosterHeader {
  readonly source: string;
  /** The epochs used last, the newest one last. Entries name theirs by its place, from 1. */
  readonly epochs: readonly Epoch[];
  /** SCIM paths of all attributes that any record had. */
  readonly attributes: readonly string[];
  /** Arrival of settled full files, ascending, one a day; only those in which every row had an id. */
  readonly fullFiles: readonly number[];
  /** Arrival of the newest full file with a row without an id: everybody may have been in it. 0 if there was none. */
  readonly doubtfulFullAt: number;
  /** Arrival of the newest settled file. */
  readonly newestAt: number;
}

const headerCheck = schemaCheck(HeaderSchema);

/** Bytes of an entry without its attributes; each attribute takes `ATTRIBUTE_BYTES` more. */
export const ENTRY_BYTES = 60;
export const ATTRIBUTE_BYTES = 2;
/** Epochs that entries can name in four bits. */
export const MAX_EPOCHS = 15;
/** Count and CRC-32, four bytes each. */
export const TRAILER_BYTES = 8;

/** Bytes of one entry of a roster. */
export const entryBytesOf = ({ attributes }: Pick<RosterHeader, 'attributes'>): number =>
  ENTRY_BYTES + attributes.length * ATTRIBUTE_BYTES;

/** True if both epochs make the same records for the same place. */
export const isSameEpoch = (a: Epoch, b: Epoch): boolean =>
  a.mapping === b.mapping && a.schema === b.schema && a.job === b.job;

/** The place of an epoch in a header, from 1; 0 if it is not there. */
export const placeOfEpoch = ({ epochs }: Pick<RosterHeader, 'epochs'>, epoch: Epoch): number =>
  epochs.findIndex((one) => isSameEpoch(one, epoch)) + 1;

/** Says in which way a roster cannot be used; it is read again. */
export const damaged = (what: string): RollcallError =>
  new RollcallError('roster-damaged', 'retry', `the roster is damaged: ${what}`);

/** The header as the first line of a file. */
export const headerLine = (header: RosterHeader): Buffer =>
  Buffer.from(`${JSON.stringify({ format: FORMAT, version: FORMAT_VERSION, ...header })}\n`);

/** Reads the first line. Throws `RollcallError` if it is not the header of this source's roster in a version that we know. */
export function readHeader(line: Buffer, source: string): RosterHeader {
  let header: unknown;
  try {
    header = JSON.parse(line.toString('utf8'));
  } catch {
    throw damaged('its header is no JSON');
  }
  const { format, version } = (header ?? {}) as { readonly format?: unknown; readonly version?: unknown };
  if (format !== FORMAT) throw damaged('it is no roster');
  if (typeof version === 'number' && version > FORMAT_VERSION)
    throw new RollcallError('roster-too-new', 'retry', 'the roster has a format of a newer version');
  if (version !== FORMAT_VERSION || !headerCheck()(header)) throw damaged('its header has another form');
  if (header.source !== source) throw damaged('it belongs to another source');
  const { epochs, attributes, fullFiles, doubtfulFullAt, newestAt } = header;
  return { source, epochs, attributes, fullFiles, doubtfulFullAt, newestAt };
}

/** The end of a file. */
export function trailerOf(count: number, crc: number): Buffer {
  const trailer = Buffer.alloc(TRAILER_BYTES);
  trailer.writeUInt32BE(count, 0);
  trailer.writeUInt32BE(crc, 4);
  return trailer;
}

/** The CRC-32 of a file so far and more of its bytes. */
export const crcOf = (bytes: Uint8Array, before = 0): number => crc32(bytes, before);
