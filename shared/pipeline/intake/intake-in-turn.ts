// Intake with a limit to how many run at once in this process: each reads a whole file, and 24 of them on one core (as many messages as the host
// gives out, host.json) end at the function's time limit. The others wait, while the host keeps their message for them, or give it back.
//
//   message ──► place ──► intake            the wait is over: the receipt gets a sign of life, and the message comes again a little later,
//      ▲          │ none                    perhaps to another instance
//      └──────────┘
import type { Arrival } from '../../delivery/queues';
import { arrivalOfRun } from '../../delivery/queues';
import { INTAKE_STATES } from '../../run/run';
import type { Pipeline } from '../pipeline';
import type { IntakePorts } from './intake';
import { intake, receive } from './intake';

/** Intakes at once in a process: one reads while the other waits for storage. Our choice, 2026-11: measured in test/faults/crowd.faults.ts. */
export const INTAKES_AT_ONCE = 2;

/**
 * How long a message waits for a place, and how long it then rests, as parts of the silence after which the sweep would start its run again: 60 s
 * and 30 s with the default of 15 minutes.
 */
const WAITS = 1 / 15;
const RESTS = 1 / 30;

export type IntakeInTurnPorts = IntakePorts & Pick<Pipeline, 'arrivals' | 'delays' | 'intakePlaces'>;

/** Takes the export in as soon as there is a place, or puts its pointer back. */
export async function intakeInTurn(pipeline: IntakeInTurnPorts, arrival: Arrival): Promise<void> {
  const leave = await pipeline.intakePlaces.take(pipeline.delays.intakeSilenceMs * WAITS);
  if (leave === null) return giveBack(pipeline, arrival);
  try {
    await intake(pipeline, arrival);
  } finally {
    leave();
  }
}

async function giveBack(pipeline: IntakeInTurnPorts, arrival: Arrival): Promise<void> {
  const { ledger, arrivals, clock, delays, emit } = pipeline;
  const run = await receive(pipeline, arrival);
  if (run === null || !INTAKE_STATES.includes(run.state)) return;
  await ledger.runs.beat(run, clock.now());
  const trace = run.trace ?? arrival.trace ?? null;
  await arrivals.put(arrivalOfRun({ ...run, trace }), delays.intakeSilenceMs * RESTS);
  emit('rollcall.intake.postponed', { source: run.source, run: run.run });
}
