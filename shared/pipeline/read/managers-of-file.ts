// What a file says about managers as a whole. Where the settings look managers up, a first reading finds who has which value, because the row of a
// manager may come after those of the team; where they are named by id, it is noticed if not one of them is the id of anybody.
import { FileHold } from '../../core/errors';
import type { Hash64 } from '../../core/hash';
import type { Finding, OpenExport } from '../../export/export-record';
import { compileLookup } from '../../mapping/compile-lookup';
import type { OpenExpressions } from '../../mapping/expressions';
import type { FindPerson } from '../../mapping/manager-lookup';
import { PeopleByValue } from '../../people/people-by-value';
import type { ScimUser } from '../../scim/user';
import { lookupOf } from '../../source/mapped-leaves';
import type { SourceSettings } from '../../source/source-settings';
import { NamedManagers, type FileIds, type IsKnown } from './named-managers';
import { markOf } from './returned-rows';

/** A file whose managers matter. */
export interface FileOfManagers {
  readonly settings: SourceSettings;
  readonly hash: Hash64;
  /** Opens the file from its beginning; called only if managers are looked up. */
  readonly open: () => Promise<OpenExport>;
  /** True of somebody whom earlier files have told of. */
  readonly isKnown?: IsKnown;
  /** After each chunk of the first reading, with the rows read so far; may throw holds. */
  readonly afterChunk?: (rows: number) => Promise<void>;
  /** Where expressions run. */
  readonly expressions?: OpenExpressions;
}

/** The managers of one file. */
export class ManagersOfFile {
  constructor(
    /** For the mapper; null if the file does not have everybody, or nobody is looked up. */
    readonly findPerson: FindPerson | null,
    private readonly named: NamedManagers | null,
    private readonly hold: FileHold | null,
  ) {}

  /** Notes the user of a row; `ids` are those of the rows so far. */
  note(user: ScimUser, line: number, ids: FileIds): void {
    this.named?.note(user, line, ids);
  }

  /** Throws the hold that ended the first reading, if the second one has not met it: what decides by time may differ. */
  assertRead(): void {
    if (this.hold !== null) throw this.hold;
  }

  /** Complete when all rows were noted. A few corrected rows that came back say nothing about who is there. */
  findings(ids: FileIds, isReturned: boolean): readonly Finding[] {
    return isReturned ? [] : (this.named?.findings(ids) ?? []);
  }
}

/**
 * Reads a file for its managers: not at all if they are named by their ids. Never throws `FileHold`: what holds the file is found again, and told with
 * its counts, when the file is mapped.
 */
export async function managersOf(file: FileOfManagers): Promise<ManagersOfFile> {
  const { settings, hash } = file;
  if (lookupOf(settings) === null)
    return new ManagersOfFile(null, NamedManagers.of(settings, hash, file.isKnown), null);
  try {
    const people = await readPeople(file);
    return new ManagersOfFile(people === null ? null : (value) => people.find(value), null, null);
  } catch (error) {
    if (!(error instanceof FileHold)) throw error;
    return new ManagersOfFile(null, null, error);
  }
}

/** Null if the file is one of ours that came back, with corrected rows only. */
async function readPeople({
  settings,
  hash,
  open,
  afterChunk,
  expressions,
}: FileOfManagers): Promise<PeopleByValue | null> {
  const opened = await open();
  const reader = compileLookup(settings, opened.shape, expressions);
  const people = new PeopleByValue(hash);
  let rows = 0;
  let isReturned = opened.shape.returned !== null;
  try {
    for await (const records of opened.records) {
      isReturned ||= records.some((record) => markOf(opened.shape, record) !== null);
      if (isReturned) return null;
      for (const { value, id, line } of (await reader?.read(records)) ?? []) people.add(value, id, line);
      rows += records.length;
      await afterChunk?.(rows);
    }
  } finally {
    reader?.end();
  }
  return people;
}
