// A person decides about a run that is on its way: it stops for now, goes on, or is given up for good (docs/design.md §7.16). Each may be said twice,
// also after a command that died half-way: the app does what is left of it.
import { quote } from '../../core/message';
import { changeRun } from '../../run/ledger';
import type { Run, RunReason, ShownState } from '../../run/run';
import { isAbandoned, shownState, STOPPABLE_STATES, wasNeverSent } from '../../run/run';
import { abandon, park, resume } from '../../run/run-moves';
import { holdUnsentRows } from '../park/stopped-runs';
import type { Pipeline } from '../pipeline';
import type { ReportPorts } from '../report/report-run';
import { reportRun } from '../report/report-run';
import type { Decider } from './decide-held';

export type StopPorts = Pick<Pipeline, 'ledger' | 'clock' | 'emit'> & ReportPorts;

/** `isNew`: false if the run was so before. `held`: rows that this call has held for good. Or the state in which it cannot be done. */
export type Stopped =
  | { readonly kind: 'done'; readonly run: Run; readonly isNew: boolean; readonly held: number }
  | { readonly kind: 'not-stoppable'; readonly state: ShownState };

/** Nothing more of the run is released until a person resumes or abandons it. What was sent is judged as before. */
export async function parkRun({ ledger, clock }: StopPorts, run: Run, decider: Decider): Promise<Stopped> {
  const { by, why } = quoted(decider);
  const reason: RunReason = { code: 'run-parked', values: { by, why }, line: null, column: null };
  const parked = await changeRun(ledger.runs, run, (now) => park(now, reason, clock.now()));
  return done(ledger, run, parked, (now) => now.stop?.kind === 'parked');
}

/** A parked run goes on where it stopped. Whatever parked it, it is parked again if that is not cured. */
export async function resumeRun({ ledger, clock }: StopPorts, run: Run, decider: Decider): Promise<Stopped> {
  const note = { ...quoted(decider), at: clock.now() };
  const resumed = await changeRun(ledger.runs, run, (now) => resume(now, note));
  return done(ledger, run, resumed, (now) => now.stop === null && STOPPABLE_STATES.includes(now.state));
}

/** The run is given up for good: rows that were never sent are held, those that were sent are judged until their verdicts. */
export async function abandonRun(ports: StopPorts, run: Run, decider: Decider): Promise<Stopped> {
  const { ledger, clock } = ports;
  const values = { part: 'file', ...quoted(decider) } as const;
  const reason: RunReason = { code: 'run-abandoned', values, line: null, column: null };
  const abandoned = await changeRun(ledger.runs, run, (now) => abandon(now, reason, clock.now()));
  const stopped = await done(ledger, run, abandoned, isAbandoned);
  if (stopped.kind !== 'done') return stopped;
  if (wasNeverSent(stopped.run)) {
    // Nothing was sent, and nothing will be: the report says so now. The sweep writes it if this process dies.
    if (stopped.run.settledAt === 0) await reportRun(ports, stopped.run);
    return stopped;
  }
  return { ...stopped, held: await holdUnsentRows(ports, stopped.run) };
}

const quoted = ({ by, why }: Decider) => ({ by: quote(by), why: quote(why) });

/** What became of it: done now, or, if the run `isSo` already, before. */
async function done(
  { runs }: Pipeline['ledger'],
  run: Run,
  changed: Run | null,
  isSo: (now: Run) => boolean,
): Promise<Stopped> {
  if (changed !== null) return { kind: 'done', run: changed, isNew: true, held: 0 };
  const now = (await runs.read(run.source, run.run))?.value ?? run;
  return isSo(now)
    ? { kind: 'done', run: now, isNew: false, held: 0 }
    : { kind: 'not-stoppable', state: shownState(now) };
}
