// What Entra was last confirmed to hold of people, for showing it beside what a file says.
import type { ScimUser } from '../../scim/user';
import type { RecordPointer, RecordPorts } from './last-records';
import { lastRecords } from './last-records';

/** Reads records of the past; one that retention took, or whose place another one has taken, is not in the answer. */
export interface OldRecords {
  /** By the hash of the record. */
  read(pointers: readonly RecordPointer[]): Promise<ReadonlyMap<bigint, ScimUser>>;
}

/** Nothing of the past is at hand. */
export const NO_OLD_RECORDS: OldRecords = { read: () => Promise.resolve(new Map()) };

/** The records of a source. */
export const oldRecords = (ports: RecordPorts, source: string): OldRecords => ({
  async read(pointers) {
    const found = new Map<bigint, ScimUser>();
    for await (const [{ recordHash }, user] of lastRecords(ports, source, pointers))
      if (user !== null) found.set(recordHash, user);
    return found;
  },
});
