// Passes over a file of people: staged as intake does, and compared with a roster of the same people.
import { createReadStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { foldId } from '../../shared/columns/id';
import { loadHash64 } from '../../shared/core/hash';
import { openExport } from '../../shared/export/open-export';
import { compileMapping } from '../../shared/mapping/compile-mapping';
import { LineBuffer } from '../../shared/pipeline/read/map-rows';
import { compareRecord, compareRules } from '../../shared/roster/compare-record';
import { mergeRoster } from '../../shared/roster/merge-roster';
import { loadRoster } from '../../shared/roster/read-roster';
import { attributeHashes } from '../../shared/roster/record-hash';
import { dayOf } from '../../shared/roster/roster-entry';
import { recordOfLine, RunPart } from '../../shared/roster/run-part';
import type { Epoch } from '../../shared/roster/roster-file';
import type { RosterTable } from '../../shared/roster/roster-table';
import type { ScimUser } from '../../shared/scim/user';
import { exportExpectation } from '../../shared/source/source-settings';
import { BENCH_SOURCE, peopleSettings } from '../intake/people-source';
import { BENCH_EPOCH, BENCH_RUN, BENCH_RUN_MS } from './made-part';
import type { RosterFigures } from './roster-pass';

interface Staged {
  readonly id: string;
  readonly user: ScimUser;
  readonly offset: number;
  /** The staged line, valid until the next. */
  readonly line: Uint8Array;
}

/** Reads and maps the file, and encodes each user as its line. */
async function stagePeople(path: string, each: (staged: Staged, at: number) => void): Promise<number> {
  const settings = peopleSettings(BENCH_SOURCE);
  const { size } = await stat(path);
  const opened = await openExport(createReadStream(path), exportExpectation(settings, basename(path), size));
  const mapper = compileMapping(settings, { at: 0 }).bind(opened.shape);
  const lines = new LineBuffer();
  let count = 0;
  let offset = 0;
  for await (const records of opened.records) {
    for (const record of await mapper.map(records)) {
      if (record.kind !== 'user') continue;
      const line = lines.append(JSON.stringify(record.user));
      each({ id: record.externalId, user: record.user, offset, line }, count++);
      offset += line.length + 1;
    }
    lines.clear();
  }
  return count;
}

/** What intake does without a roster: the two hashes of each person. */
export async function stageAlone(people: string): Promise<RosterFigures> {
  const hash = await loadHash64();
  const begin = performance.now();
  let last = 0n;
  const count = await stagePeople(people, ({ id, line }) => {
    last ^= hash(foldId(id)) ^ hash(line);
  });
  if (last === 0n) throw new Error('No hash was made.');
  return {
    seconds: (performance.now() - begin) / 1_000,
    rosterSeconds: 0,
    people: count,
    changed: 0,
    bytes: 0,
    attributes: 0,
  };
}

/** The same, and each person compared with the roster; what the roster costs is measured by itself, so that the rest cannot hide it. */
export async function comparePeople(people: string, roster: string, changedEvery: number): Promise<RosterFigures> {
  const hash = await loadHash64();
  const begin = performance.now();
  const { size } = await stat(roster);
  const loading = process.cpuUsage();
  const table = await loadRoster(createReadStream(roster), BENCH_SOURCE, size);
  const loadSeconds = cpuSecondsSince(loading);
  const ids = new BigUint64Array(table.size);
  const records = new BigUint64Array(table.size);
  const users = new Map<number, ScimUser>();
  const count = await stagePeople(people, ({ id, user, line }, at) => {
    const isChanged = at % changedEvery === 0;
    ids[at] = hash(foldId(id));
    // A changed person is one whose record has another hash than the roster's.
    records[at] = hash(line) ^ (isChanged ? 1n : 0n);
    if (isChanged) users.set(at, user);
  });
  const rules = compareRules(table.header, BENCH_EPOCH, dayOf(BENCH_RUN_MS), { active: 30, inactive: 7 });
  const noUser: ReadonlyMap<string, number> = new Map();
  let changed = 0;
  const comparing = process.cpuUsage();
  for (let at = 0; at < count; at++) {
    const attributes = (): ReadonlyMap<string, number> => {
      const user = users.get(at);
      return user === undefined ? noUser : attributeHashes(user, hash);
    };
    const record = { recordHash: records[at] ?? 0n, attributes };
    if (compareRecord(table.find(ids[at] ?? 0n), record, rules).kind !== 'same') changed++;
  }
  const rosterSeconds = loadSeconds + cpuSecondsSince(comparing);
  const seconds = (performance.now() - begin) / 1_000;
  return { seconds, rosterSeconds, people: count, changed, bytes: size, attributes: table.header.attributes.length };
}

function cpuSecondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}

/** What a run of the file learned if all its people were confirmed at `at`, ms. */
export async function confirmedPeople(
  people: string,
  { run, epoch, at }: { readonly run: string; readonly epoch: Epoch; readonly at: number },
): Promise<{ readonly table: RosterTable; readonly count: number }> {
  const hash = await loadHash64();
  const part = new RunPart({ source: BENCH_SOURCE, run, epoch, isOfFile: true });
  const count = await stagePeople(people, ({ line, offset }) => {
    part.add(recordOfLine(line, offset, hash), { day: dayOf(at), why: null });
  });
  return { table: part.table('complete'), count };
}

/** Writes the roster in which all people of the file are confirmed. */
export async function makeRoster(people: string, roster: string): Promise<RosterFigures> {
  const begin = performance.now();
  const confirmed = { run: BENCH_RUN, epoch: BENCH_EPOCH, at: BENCH_RUN_MS };
  const { table, count } = await confirmedPeople(people, confirmed);
  await writeFile(roster, mergeRoster(null, table, null));
  const { size } = await stat(roster);
  const seconds = (performance.now() - begin) / 1_000;
  return {
    seconds,
    rosterSeconds: 0,
    people: count,
    changed: 0,
    bytes: size,
    attributes: table.header.attributes.length,
  };
}
