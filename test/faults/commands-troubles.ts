// Trouble that may come next, with the service, its log, the job, the host or the clocks.
import fc from 'fast-check';
import type { FaultScript } from '../../local/entra/faults';
import { always, move, PEOPLE } from './command';
import { idOf } from './small-world';

/** Later than a row waits for its evidence (`ROLLCALL_CONFIRM_WITHIN_SECONDS` of the life), ms. */
const LATE_MS = 8_000;
/** The largest error of the service's clock that the product expects (`ROLLCALL_CLOCK_SKEW_SECONDS`), ms. */
const MOST_AHEAD_MS = 2_000;

type Answer = Extract<FaultScript, { answers: unknown }>['answers'][number];
/** No 413: a person alone in a request would rightly be rejected for it (covered by sending.faults.ts). */
const answerFaults: readonly Answer[] = [
  { status: 429 },
  { status: 429, retryAfter: 4 },
  { status: 429, retryAfter: 4 },
  { status: 429, retryAfter: 1, times: 2 },
  { status: 503, html: true },
  { status: 502 },
  { status: 401 },
  { cut: 'before' },
  { cut: 'during' },
  { cut: 'after-accept' },
  { delayMs: 3_000 },
];
export const answerFault = fc.tuple(fc.nat({ max: 2 }), fc.constantFrom(...answerFaults)).map(([after, answer]) => {
  const answers: Answer[] = after === 0 ? [answer] : [{ normal: true, times: after }, answer];
  return move(`bulkUpload answers ${JSON.stringify(answers)}`, always, (model, life) => {
    model.atRest = false;
    life.one.entra.script([{ on: 'bulkUpload', answers }]);
    return Promise.resolve();
  });
});

export const entriesLateOrTwice = fc.constantFrom('late' as const, 'twice' as const, 'unknown' as const).map((what) =>
  move(`entries ${what}`, always, (model, life) => {
    const fault = {
      late: { late: LATE_MS },
      twice: { twice: true as const },
      unknown: { unknownAction: true as const },
    };
    if (what === 'late') model.lateByMs = LATE_MS;
    model.atRest = false;
    life.one.entra.script([{ on: 'log', every: 2, times: 10, ...fault[what] }]);
    return Promise.resolve();
  }),
);
export const entryLost = fc.constant(
  move(
    'the next entry is lost',
    (model) => !model.mayProcessLate,
    (model, life) => {
      model.losesEntry = true;
      model.atRest = false;
      life.one.entra.script([{ on: 'log', lost: true, times: 1 }]);
      return Promise.resolve();
    },
  ),
);

export const passingFailure = fc
  .tuple(fc.subarray([...PEOPLE], { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 3 }))
  .map(([people, times]) =>
    move(`${people.map(idOf).join(', ')} fail ${times} times`, always, (model, life) => {
      model.atRest = false;
      const outcome = { errorCode: 'AzureDirectoryServiceServerBusy', reason: 'The directory is busy.', times };
      life.one.entra.setRules(people.map((person) => ({ match: { externalId: idOf(person) }, outcome })));
      return Promise.resolve();
    }),
  );

export const pause = fc.constant(
  move(
    'the job is paused',
    (model) => !model.paused,
    (model, life) => {
      if (model.losesEntry) life.one.entra.clearFaults();
      Object.assign(model, { paused: true, mayProcessLate: true, losesEntry: false, atRest: false });
      life.job.pause();
      return Promise.resolve();
    },
  ),
);
/** Restarting a job that is stopped purges what waits. */
export const goOn = fc.constantFrom('start' as const, 'restart' as const).map((how) =>
  move(
    `the job goes on by ${how}`,
    (model) => model.paused,
    (model, life) => {
      model.paused = false;
      life.job[how]();
      return Promise.resolve();
    },
  ),
);

export const kill = fc.constant(
  move('the host is killed', always, async (model, life) => {
    model.atRest = false;
    await life.killHost();
  }),
);

export const advance = fc.integer({ min: 50, max: 800 }).map((ms) =>
  move(
    `the service's clock goes ${ms} ms ahead`,
    (model) => model.aheadMs + ms <= MOST_AHEAD_MS,
    (model, life) => {
      model.aheadMs += ms;
      life.one.entra.advance(ms);
      return Promise.resolve();
    },
  ),
);
