// The kill table: which calls of the ports there are, and at which of them a host is killed.
import { readFileSync } from 'node:fs';
import { IS_THOROUGH } from '../rounds';

/** Before or after the `nth` call of that name in one process. */
export interface KillPoint {
  readonly name: string;
  readonly nth: number;
  readonly side: 'before' | 'after';
}

/** In the form that kill-at.cjs reads. */
export const textOf = ({ name, nth, side }: KillPoint): string => `${name}#${nth}:${side}`;

/** How often each call was made, from the file that kill-at.cjs writes. Throws if a port has a member that the harness does not understand. */
export function readCalls(file: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    if (name.startsWith('! ')) throw new Error(`${name.slice(2)} is neither a call nor known to be none: kill-at.cjs`);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

// A call that changes nothing leaves the same state before and after (what is appended to a run's file is in memory until the commit), so
// one kill in the middle of the life is enough; after calls that change something a host is killed at the first, at one in the middle, and at the
// last. Before a call is after another one, so that side is played at the first only, where the host has just begun (at all of them
// where there is time to search: ROLLCALL_ROUNDS).
const CHANGES_NOTHING =
  /\.(append|read|readMany|readNote|readWhole|readRange|readText|readHoldList|exists|head|list|current|keptRecords|nextDay|writtenAt|sources|ofSource|endedSince|endedBefore|inStates|pending|firstInPlay|onHold|all|family|closable|oldestOpenNote|releasable|keptBack|countReleased|countStates|refusals|depth|oldest|get|made|credentialEndsAt)$/;

/** The table, in a stable order. */
export function killTable(calls: ReadonlyMap<string, number>): readonly KillPoint[] {
  return [...calls]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, times]) =>
      CHANGES_NOTHING.test(name)
        ? [{ name, nth: Math.ceil(times / 2), side: 'after' as const }]
        : [...new Set([1, Math.ceil(times / 2), times])].flatMap((nth) => [
            ...(nth === 1 || IS_THOROUGH ? [{ name, nth, side: 'before' as const }] : []),
            { name, nth, side: 'after' as const },
          ]),
    );
}

/**
 * The calls of some names that change something: after the first and after the last one. Before one is after another one, and what a kill in
 * between leaves differs in numbers only.
 */
export function changesOf(calls: ReadonlyMap<string, number>, names: RegExp): readonly KillPoint[] {
  return [...calls]
    .filter(([name]) => names.test(name) && !CHANGES_NOTHING.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, times]) => [...new Set([1, times])].map((nth) => ({ name, nth, side: 'after' as const })));
}

/** The calls on rosters, and on what a run writes about them. A host is killed at these in lives with several nights. */
export const ROSTER_CALLS: readonly string[] = [
  ...['current', 'read', 'replace.append', 'replace.commit', 'removeBefore'].map((name) => `rosters.${name}`),
  ...['files.roster.json.writeWhole', 'files.decision.json.writeWhole'],
];
/** What else a run does that compares with a roster: it asks for its decision, commits its users, packs, and moves to its next state. */
const CALLS_BESIDE = ['files.readWhole', 'files.users.jsonl.commit', 'batches.insertNew', 'runs.replace'];

/** All of that table: the roster's calls are few, so a host is killed at each (before one that changes nothing is after it). `beside`: in a night that compares with a roster. */
export function rosterTable(calls: ReadonlyMap<string, number>, beside: boolean): readonly KillPoint[] {
  const own = ROSTER_CALLS.flatMap((name) =>
    Array.from({ length: name.endsWith('.append') ? 1 : (calls.get(name) ?? 0) }, (_, i) => i + 1).flatMap((nth) => [
      ...(CHANGES_NOTHING.test(name) && !IS_THOROUGH ? [] : [{ name, nth, side: 'before' as const }]),
      { name, nth, side: 'after' as const },
    ]),
  ).filter(({ name }) => calls.has(name));
  return beside ? [...own, ...killTable(new Map([...calls].filter(([name]) => CALLS_BESIDE.includes(name))))] : own;
}
