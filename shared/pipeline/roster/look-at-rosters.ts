// The roster of each source at a glance: whom Entra is confirmed to hold, who was sent in vain, who is missing. Reads only, and streams: a
// roster of any size takes the memory of its blocks.
import { RollcallError } from '../../core/errors';
import { missingSince } from '../../roster/compare-record';
import { epochOf } from '../../roster/epoch';
import { openRoster } from '../../roster/read-roster';
import type { rosterCodes } from '../../roster/roster-codes';
import type { Day, RosterEntry, UnconfirmedReason } from '../../roster/roster-entry';
import { UNCONFIRMED_REASONS } from '../../roster/roster-entry';
import type { Epoch, RosterHeader } from '../../roster/roster-file';
import { placeOfEpoch } from '../../roster/roster-file';
import type { RosterPin, RosterStore } from '../../roster/roster-store';
import { RosterTable } from '../../roster/roster-table';
import type { RunStore } from '../../run/ledger';
import { parseSourceSettings } from '../../source/source-settings';
import type { SourceStore } from '../../source/source-store';

/** What is read. Nothing here can write. */
export interface RosterLookPorts {
  readonly runs: Pick<RunStore, 'sources'>;
  readonly rosters: Pick<RosterStore, 'current' | 'read' | 'writtenAt'>;
  readonly sources: SourceStore;
}

/** Why a roster cannot be read. */
export type RosterTrouble = Exclude<keyof typeof rosterCodes, 'roster-contended'>;

/** An epoch, and how many people's latest record is of it. */
export interface EpochCount {
  readonly epoch: Epoch;
  readonly people: number;
}

/**
 * What the source's settings of this moment are to the roster.
 * - `newest`    of its newest epoch: who has not changed is not sent
 * - `other`     of another epoch, or of none: the next file sends everybody once more
 * - `unusable`  there are none, or they have mistakes
 */
export type SettingsEpoch = 'newest' | 'other' | 'unusable';

/** A roster in numbers. People are `active` + `inactive` + `neverConfirmed`. Times are ms since the epoch. */
export interface RosterCounts {
  readonly name: string;
  readonly bytes: number;
  readonly writtenAt: number;
  readonly people: number;
  /** Entra was last confirmed to hold them so. */
  readonly active: number;
  readonly inactive: number;
  /** Sent, and none of their records was ever confirmed. */
  readonly neverConfirmed: number;
  /** By reason: whose latest record was sent in vain. */
  readonly unconfirmed: Readonly<Record<UnconfirmedReason, number>>;
  readonly oldestConfirmation: Day | null;
  /** Oldest first; the newest one is that of the last run. */
  readonly epochs: readonly EpochCount[];
  readonly settings: SettingsEpoch;
  /** Who has had no row in any full file since that day, longest first. */
  readonly missing: readonly { readonly since: Day; readonly people: number }[];
  /** Whose status changes on a day that HR's rows name, and the first of all those days, ms; null if there is nobody. */
  readonly dates: { readonly people: number; readonly next: number } | null;
}

/** The roster of one source: its numbers, or why there are none; both null if there is no roster yet. */
export interface RosterStatus {
  readonly source: string;
  readonly counts: RosterCounts | null;
  readonly trouble: RosterTrouble | null;
}

/** Looks at the roster of one source, or of each. Reads each file once. */
export async function lookAtRosters(ports: RosterLookPorts, source: string | null): Promise<readonly RosterStatus[]> {
  const found = await eachRoster(ports, source, (one, pin) => countRoster(ports, one, pin));
  return found.map(({ value, ...rest }) => ({ ...rest, counts: value }));
}

/** What `look` sees in the current roster of one source, or of each; `value` is null if there is none. */
export async function eachRoster<T>(
  ports: Pick<RosterLookPorts, 'runs'> & { readonly rosters: Pick<RosterStore, 'current'> },
  source: string | null,
  look: (source: string, pin: RosterPin) => Promise<T | null>,
): Promise<readonly { readonly source: string; readonly value: T | null; readonly trouble: RosterTrouble | null }[]> {
  const found = [];
  for (const one of source === null ? await ports.runs.sources() : [source]) {
    const seen = await orTrouble(async () => {
      const pin = (await ports.rosters.current(one))?.value ?? null;
      return pin === null ? null : look(one, pin);
    });
    found.push({ source: one, ...seen });
  }
  return found;
}

const isTrouble = (code: string): code is RosterTrouble =>
  code === 'roster-damaged' || code === 'roster-missing' || code === 'roster-too-new';

/** One roster that cannot be read says nothing about the others. */
async function orTrouble<T>(
  look: () => Promise<T | null>,
): Promise<{ readonly value: T | null; readonly trouble: RosterTrouble | null }> {
  try {
    return { value: await look(), trouble: null };
  } catch (error) {
    if (error instanceof RollcallError && isTrouble(error.code)) return { value: null, trouble: error.code };
    throw error;
  }
}

async function countRoster(ports: RosterLookPorts, source: string, pin: RosterPin): Promise<RosterCounts> {
  const { rosters, sources } = ports;
  const writtenAt = await rosters.writtenAt(pin);
  const { header, blocks } = await openRoster(await rosters.read(pin), source);
  const counted = new Counts(header);
  for await (const block of blocks) for (const entry of new RosterTable(header, block)) counted.add(entry);
  const settings = await settingsEpoch(sources, source, header);
  const dates = pin.dates === undefined ? null : { people: pin.dates.people, next: pin.dates.next };
  return { name: pin.name, bytes: pin.bytes, writtenAt, settings, dates, ...counted.result() };
}

async function settingsEpoch(sources: SourceStore, source: string, header: RosterHeader): Promise<SettingsEpoch> {
  const text = await sources.read(source);
  const parsed = text === null ? null : parseSourceSettings(text, source);
  if (parsed?.ok !== true) return 'unusable';
  const place = placeOfEpoch(header, epochOf(parsed.settings));
  return place > 0 && place === header.epochs.length ? 'newest' : 'other';
}

/** Counts entry by entry; keeps nobody. */
class Counts {
  private people = 0;
  private active = 0;
  private inactive = 0;
  private oldestConfirmation: Day | null = null;
  private readonly unconfirmed = Object.fromEntries(UNCONFIRMED_REASONS.map((why) => [why, 0])) as Record<
    UnconfirmedReason,
    number
  >;
  private readonly perEpoch: number[];
  private readonly missing = new Map<Day, number>();

  constructor(private readonly header: RosterHeader) {
    this.perEpoch = [0, ...header.epochs.map(() => 0)];
  }

  add(entry: RosterEntry): void {
    const { active, confirmedOn, unconfirmed } = entry;
    this.people++;
    if (confirmedOn !== null) {
      if (active) this.active++;
      else this.inactive++;
      this.oldestConfirmation = Math.min(this.oldestConfirmation ?? confirmedOn, confirmedOn);
    }
    if (unconfirmed !== null) this.unconfirmed[unconfirmed.why]++;
    const { epoch } = unconfirmed ?? entry;
    this.perEpoch[epoch] = (this.perEpoch[epoch] ?? 0) + 1;
    const since = missingSince(entry, this.header);
    if (since !== null) this.missing.set(since, (this.missing.get(since) ?? 0) + 1);
  }

  result(): Omit<RosterCounts, 'name' | 'bytes' | 'writtenAt' | 'settings' | 'dates'> {
    const { people, active, inactive, unconfirmed, oldestConfirmation, missing } = this;
    return {
      ...{ people, active, inactive, neverConfirmed: people - active - inactive, unconfirmed, oldestConfirmation },
      epochs: this.header.epochs.map((epoch, at) => ({ epoch, people: this.perEpoch[at + 1] ?? 0 })),
      missing: [...missing].sort(([a], [b]) => a - b).map(([since, count]) => ({ since, people: count })),
    };
  }
}
