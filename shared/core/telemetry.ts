// What operators see: one structured event per decision, from one closed list of names, never with personal data. Numbers are members of
// events, there are no other metrics; what each tick of the timer should tell is emitted by shared/pipeline/reconcile/reconcile.ts.

/** `rollcall.<stage>.<past tense>`; docs/operations.md explains each. */
export const EVENT_NAMES = [
  'rollcall.intake.received',
  'rollcall.intake.repeated',
  'rollcall.intake.postponed',
  'rollcall.intake.held',
  'rollcall.intake.refused',
  'rollcall.intake.approved',
  'rollcall.intake.staged',
  'rollcall.intake.overtook',
  'rollcall.held.waiting',
  'rollcall.held.parked',
  'rollcall.release.released',
  'rollcall.release.withheld',
  'rollcall.deliver.skipped',
  'rollcall.deliver.postponed',
  'rollcall.deliver.forfeited',
  'rollcall.deliver.sent',
  'rollcall.deliver.throttled',
  'rollcall.deliver.unanswered',
  'rollcall.deliver.split',
  'rollcall.deliver.paused',
  'rollcall.deliver.halted',
  'rollcall.reconcile.read',
  'rollcall.reconcile.judged',
  'rollcall.reconcile.silent',
  'rollcall.reconcile.repaired',
  'rollcall.reconcile.postponed',
  'rollcall.reconcile.halted',
  'rollcall.reconcile.turnedon',
  'rollcall.reconcile.settled',
  'rollcall.credential.expiring',
  'rollcall.sweep.restarted',
  'rollcall.sweep.tookover',
  'rollcall.sweep.found',
  'rollcall.sweep.undelivered',
  'rollcall.missing.found',
  'rollcall.dates.come',
  'rollcall.dates.waiting',
  'rollcall.hold.kept',
  'rollcall.hold.ended',
  'rollcall.hold.broken',
  'rollcall.hold.lost',
  'rollcall.run.failed',
  'rollcall.run.parked',
  'rollcall.run.abandoned',
  'rollcall.poison.returned',
  'rollcall.poison.parked',
  'rollcall.app.refused',
] as const;
export type EventName = (typeof EVENT_NAMES)[number];

/** Counts as numbers, durations in ms; ids of runs and batches, never of people. */
export type EventFields = Readonly<Record<string, string | number | boolean | null>>;

/** Where events go: the invocation's log in the functions, standard output in the CLI, a list in tests. */
export type EmitEvent = (name: EventName, fields: EventFields) => void;
