// Three nightly files of one source: everybody is new; a few changed; nobody changed. What the roster is for: whoever is confirmed costs no call.
import { dropExport, putSource } from '../../local/drop-files';
import type { HostProcess } from '../../local/host/host-process';
import type { Run } from '../../shared/run/run';
import {
  expectFewRepeated,
  expectNewestRecords,
  expectVerdicts,
  expectWithinLimits,
  readVerdicts,
} from './check-promise';
import { untilSecondAfter } from './drop-world';
import type { Case } from './ground';
import { fireEvent } from './plain-life';
import { untilRest, untilRestOr } from './rest';
import { expectRosterIsTrue } from './roster-truth';
import type { World, WorldRow } from './small-world';
import { idOf, PLAIN_WORLD, SOURCE, SOURCE_TEXT, writeFile } from './small-world';

/** Who changed in the second night: three have another title, one came back, one left, one is new. */
const CHANGED = [1, 2, 3, 5, 6, 71];

const FIRST = PLAIN_WORLD.files[0]!;
const SECOND: readonly WorldRow[] = [...FIRST, { person: 71, active: true, title: 'Clerk 71' }].map((row) => ({
  ...row,
  ...(row.person <= 3 ? { title: `Buyer ${row.person}` } : {}),
  ...(row.person === 5 || row.person === 6 ? { active: row.person === 5 } : {}),
}));
/** In another order: a file with the same bytes would be recognised before anybody is compared. */
const THIRD = [...SECOND].reverse();

/** All three. */
export const NIGHTS: World = { files: [FIRST, SECOND, THIRD], failsOnce: 0, failsForGood: 0 };
/** Whom each night must send, ids in order. */
const SENT: readonly (readonly string[])[] = [
  FIRST.filter((row) => row.active !== null).map((row) => idOf(row.person)),
  CHANGED.map(idOf),
  [],
];

/** The first `nights` of them. */
const worldOf = (nights: number): World => ({ ...NIGHTS, files: NIGHTS.files.slice(0, nights) });

/** Drops the files, each when the run before it has ended. */
export class Nights {
  private lastSecond = 0;
  private dropped = 0;

  private constructor(private readonly one: Case) {}

  static async begin(one: Case): Promise<Nights> {
    await putSource(one.storage, SOURCE, Buffer.from(SOURCE_TEXT));
    return new Nights(one);
  }

  /** Drops the next file; its event goes to `host`. */
  async drop(host: HostProcess): Promise<void> {
    const name = `people-${this.dropped}.csv`;
    await untilSecondAfter(this.lastSecond);
    this.lastSecond = await dropExport(this.one.storage, SOURCE, name, writeFile(NIGHTS.files[this.dropped]!));
    this.dropped++;
    await fireEvent(this.one, host, name);
  }

  /** True when every run has ended; false if `gone` came first. */
  async end(gone: AbortSignal): Promise<boolean> {
    return (await untilRestOr(this.one, this.dropped, gone)) !== null;
  }

  /** Waits until every run has ended, and expects the promise, with a roster that is true. `kills`: how many hosts were killed so far. */
  async expectPromise(kills: number): Promise<void> {
    const { one } = this;
    const world = worldOf(this.dropped);
    const runs = await untilRest(one, this.dropped);
    await expectVerdicts(one, world, runs);
    expectNewestRecords(one, world);
    expectWithinLimits(one);
    expectFewRepeated(one, world, kills);
    for (const [at, run] of runs.entries()) await this.expectOnlyChangedSent(run, at);
    await expectRosterIsTrue(one);
  }

  private async expectOnlyChangedSent(run: Run, night: number): Promise<void> {
    const ids = this.one.entra
      .uploads()
      .flatMap(({ people }) => people.filter((one) => one.bulkId.startsWith(`${run.run}-`)))
      .map((one) => one.externalId);
    expect([...new Set(ids)].sort()).toEqual(SENT[night]);
    const told = await readVerdicts(this.one, run);
    const unsent = told.filter((line) => line.verdict !== 'rejected' && !SENT[night]!.includes(line.id));
    expect(unsent.filter((line) => line.verdict !== 'unchanged')).toEqual([]);
  }
}
