// A person whose status changes on a day that HR has named: what the newest row says of the days to come, and the record to send then. Kept beside
// the roster, because the day may come long after retention took the files of the run (ADR 0036).
import type { StatusSwitches } from '../columns/status-switches';
import type { ScimUser } from '../scim/user';
import { damaged, type Epoch } from './roster-file';

/** A person with days to come. */
export interface DatedPerson {
  /** The hash of the folded id (`foldId`). */
  readonly idHash: bigint;
  /** The run of the file whose row says so. */
  readonly run: string;
  /** What has still to happen, ascending, never empty; a day that has passed stays until Entra is confirmed to hold what it says. */
  readonly switches: StatusSwitches;
  /** The epoch of the record. */
  readonly epoch: Epoch;
  /** The version of the words and days by which the row was read (`statusOf`). */
  readonly status: string;
  readonly user: ScimUser;
}

interface Line extends Omit<DatedPerson, 'idHash'> {
  readonly id: string;
}

/** The line of a person, without its line end. */
export const datedLine = ({ idHash, ...rest }: DatedPerson): string =>
  JSON.stringify({ id: idHash.toString(16), ...rest } satisfies Line);

/** Reads a line. Throws `RollcallError` (`roster-damaged`) if it is none of ours. */
export function readDatedLine(text: string): DatedPerson {
  let line: Partial<Line> | null;
  try {
    line = JSON.parse(text) as Partial<Line> | null;
  } catch {
    throw damaged('a line of its dates is no JSON');
  }
  const { id, run, switches, epoch, status, user } = line ?? {};
  const isWhole =
    typeof id === 'string' &&
    /^[0-9a-f]{1,16}$/.test(id) &&
    typeof run === 'string' &&
    Array.isArray(switches) &&
    switches.length > 0 &&
    typeof epoch === 'object' &&
    typeof status === 'string' &&
    typeof user === 'object';
  if (!isWhole) throw damaged('a line of its dates has another form');
  return { idHash: BigInt(`0x${id}`), run, switches, epoch, status, user };
}

/** What is left of a person after the switches up to `at`, ms; null if nothing is. */
export function after(person: DatedPerson, at: number): DatedPerson | null {
  const switches = person.switches.filter((one) => one.at > at);
  return switches.length === 0 ? null : { ...person, switches };
}

/**
 * What is left of somebody without a row in a newer full file: HR's last word disables the account on its day, because no other word would; but
 * nothing may enable somebody who may have left.
 */
export function withoutEnabling(person: DatedPerson): DatedPerson | null {
  const firstOn = person.switches.findIndex(({ active }) => active);
  const switches = firstOn < 0 ? person.switches : person.switches.slice(0, firstOn);
  return switches.length === 0 ? null : { ...person, switches };
}

/** The switch that holds at `now`, ms; null if no day has come. */
export const switchAt = ({ switches }: Pick<DatedPerson, 'switches'>, now: number): StatusSwitches[number] | null =>
  switches.findLast(({ at }) => at <= now) ?? null;
