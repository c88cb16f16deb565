// A year of a company, one full file a night, and what it cost and did: calls, days over budget, bad files held, people wrongly touched.
import { DAY_MS } from '../../shared/core/clock';
import { seededRandom } from '../../test/unit/memory/seeded-random';
import type { NightKind } from './year-calendar';
import { calendarOf } from './year-calendar';
import { YearMachine } from './year-machine';
import type { SentUser } from './year-people';
import { YearPeople } from './year-people';

/** Sizes: people in the first file, nights, and the tenant's calls in 24 hours. */
export interface YearSizes {
  readonly people: number;
  readonly days: number;
  readonly calls: number;
}

/** What one night came to. */
export interface NightFigures {
  readonly night: number;
  readonly kind: NightKind | 'first';
  readonly people: number;
  readonly state: string;
  readonly calls: number;
  readonly sent: number;
  /** People who were sent more than once since the night's file, or in vain. */
  readonly again: number;
  /** Hours until the run had ended; null if the next file came first. */
  readonly hours: number | null;
  readonly seconds: number;
  readonly rssBytes: number;
  /** People whose record in the directory is not what the newest file that passed says; null while a run is open. */
  readonly wrong: number | null;
}

/** The whole year. */
export interface YearFigures {
  readonly sizes: YearSizes;
  readonly nights: readonly NightFigures[];
  readonly calls: number;
  /** Calls if each night's file were sent as a whole. */
  readonly callsForAll: number;
  readonly mostInADay: number;
  readonly badFiles: number;
  readonly badFilesHeld: number;
  /** Ordinary files that were held, and approved. */
  readonly goodFilesHeld: number;
  /** Operations that were sent for a person whom the newest file that passed does not describe so. */
  readonly wronglySent: number;
  /** People who are wrong in the directory at the end. */
  readonly wrongAtTheEnd: number;
  readonly seconds: number;
}

const CHANGED_SHARE = 0.002;
const REORGANISED_SHARE = 0.4;
const PER_CALL = 50;
/** The hour of the nightly file, UTC. */
const FILE_AT_MS = 2 * 3_600_000;

/** Lives through the year; `tell` hears of each night. */
export async function liveYear(sizes: YearSizes, tell: (night: NightFigures) => void): Promise<YearFigures> {
  const begin = performance.now();
  const machine = await YearMachine.start(sizes.calls);
  const people = new YearPeople(sizes.people, seededRandom(12));
  const { tenant } = machine;
  const words = new Map<string, string>();
  let wronglySent = 0;
  tenant.onSent = (user: SentUser, said: string) => {
    if (words.get(user.externalId) !== said) wronglySent++;
  };
  const nights: NightFigures[] = [];
  const bad = { files: 0, held: 0 };
  let goodFilesHeld = 0;
  let callsForAll = 0;
  const firstNight = Math.ceil(machine.now / DAY_MS) * DAY_MS + FILE_AT_MS;
  for (const [night, kind] of calendarOf(sizes.days).entries()) {
    const since = performance.now();
    const nextAt = firstNight + (night + 1) * DAY_MS;
    machine.passTo(firstNight + night * DAY_MS);
    await machine.rest(machine.now);
    const callsBefore = tenant.calls;
    tenant.sent = [];
    if (night > 0 && kind !== 'half-file') people.live(Math.round(people.size * CHANGED_SHARE));
    if (kind === 'reorganisation') people.reorganise(REORGANISED_SHARE);
    if (kind === 'mapping') machine.setMapping(2);
    callsForAll += Math.ceil(people.size / PER_CALL);
    // Nothing is sent before the file was judged: what passes is known before the first call.
    const before = kind === 'half-file' || kind === 'reorganisation' ? null : people;
    if (before !== null) for (const [id, said] of before.expected()) words.set(id, said);
    let run = await machine.drop(people.file(kind === 'half-file'));
    if (kind === 'half-file') {
      bad.files++;
      if (run.state === 'held' && tenant.calls === callsBefore) bad.held++;
    } else if (kind === 'reorganisation') {
      bad.files++;
      if (run.state === 'held' && tenant.calls === callsBefore) bad.held++;
      for (const [id, said] of people.expected()) words.set(id, said);
      run = await machine.approve();
    } else if (run.state === 'held') {
      goodFilesHeld++;
      run = await machine.approve();
    }
    if (kind !== 'half-file' && run.state === 'held') throw new Error(`The file of night ${night} is still held.`);
    await machine.work();
    if (kind === 'restart') tenant.restart();
    const isAtRest = await machine.rest(nextAt - 1);
    const figures: NightFigures = {
      night,
      kind: night === 0 ? 'first' : kind,
      people: people.size,
      state: machine.newest().state,
      calls: tenant.calls - callsBefore,
      sent: tenant.sent.length,
      again: tenant.sent.length - new Set(tenant.sent).size,
      hours: isAtRest ? (machine.now - (nextAt - DAY_MS)) / 3_600_000 : null,
      seconds: (performance.now() - since) / 1_000,
      rssBytes: process.memoryUsage().rss,
      wrong: isAtRest ? wrongIn(tenant.directory, words) : null,
    };
    nights.push(figures);
    tell(figures);
    machine.forgetOld();
  }
  await machine.rest(machine.now + 30 * DAY_MS);
  return {
    sizes,
    nights,
    calls: tenant.calls,
    callsForAll,
    mostInADay: tenant.mostInADay(),
    badFiles: bad.files,
    badFilesHeld: bad.held,
    goodFilesHeld,
    wronglySent,
    wrongAtTheEnd: wrongIn(tenant.directory, new Map(people.expected())),
    seconds: (performance.now() - begin) / 1_000,
  };
}

function wrongIn(directory: ReadonlyMap<string, string>, words: ReadonlyMap<string, string>): number {
  let wrong = 0;
  for (const [id, said] of words) if (directory.get(id) !== said) wrong++;
  for (const id of directory.keys()) if (!words.has(id)) wrong++;
  return wrong;
}
