// What may happen next, as commands: files, faults, the job, the host, the clock, and rest.
import fc from 'fast-check';
import type { FaultScript } from '../../local/entra/faults';
import { fileNameOf } from '../../shared/run/run';
import { readVerdicts } from './check-promise';
import { expectPromise, isSuccess } from './commands-check';
import type { BlobEvent, Life } from './commands-life';
import type { Content, Drop, Model } from './commands-model';
import { fateOf, liveDrops } from './commands-model';
import type { WorldRow } from './small-world';
import { idOf, writeFile } from './small-world';

/** People of whom the files speak: two batches' worth, so that files overlap. */
const POOL = 60;
/** Everybody, for whoever checks. */
export const PEOPLE: readonly number[] = Array.from({ length: POOL }, (_, i) => i + 1);
/** Later than a row waits for its evidence (`ROLLCALL_CONFIRM_WITHIN_SECONDS` of the life), ms. */
const LATE_MS = 8_000;
/** The product expects a service whose clock is off by no more (`ROLLCALL_CLOCK_SKEW_SECONDS`), ms. */
const MOST_AHEAD_MS = 2_000;

export type Command = fc.AsyncCommand<Model, Life>;

/** A command that is told from its name when a failure is printed. */
const move = (
  name: string,
  check: (model: Model) => boolean,
  run: (model: Model, life: Life) => Promise<void>,
): Command => ({
  check,
  run,
  toString: () => name,
});
const always = (): boolean => true;

/** How a file comes: its event, and whether the host dies so many ms after it. */
interface Coming {
  readonly event: BlobEvent;
  readonly killAfterMs: number | null;
}
const coming: fc.Arbitrary<Coming> = fc.record({
  event: fc.constantFrom<BlobEvent>('once', 'once', 'once', 'twice', 'lost'),
  killAfterMs: fc.option(fc.integer({ min: 0, max: 600 }), { freq: 4 }),
});

/** Drops a file, and notes it in the model. */
export async function dropNow(
  model: Model,
  life: Life,
  how: Coming,
  file: Pick<Drop, 'content' | 'rows' | 'bytes'> & Partial<Pick<Drop, 'fate' | 'confirmed'>>,
): Promise<void> {
  const drop: Drop = {
    confirmed: new Set(),
    fate: fateOf(model, file.bytes),
    ...file,
    name: `people-${model.drops.length}.csv`,
  };
  model.drops.push(drop);
  model.atRest = false;
  await life.drop(drop, how.event, how.killAfterMs);
}

const newerRows = fc.uniqueArray(
  fc.record({
    person: fc.integer({ min: 1, max: POOL }),
    active: fc.oneof(
      { weight: 14, arbitrary: fc.constant(true) },
      { weight: 4, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
  }),
  { selector: (row) => row.person, minLength: 1, maxLength: POOL, size: 'max' },
);

const newerFile = fc
  .tuple(fc.constantFrom<Content>('full', 'changes', 'changes'), newerRows, coming)
  .map(([content, people, how]) =>
    move(`newer ${content} of ${people.length} ${JSON.stringify(how)}`, always, async (model, life) => {
      // The file's number in every title: no two files are alike by chance, and the directory tells whose record it holds.
      const rows: readonly WorldRow[] = people.map((row) => ({ ...row, title: `Title ${model.drops.length}` }));
      await dropNow(model, life, how, { content, rows, bytes: writeFile(rows) });
    }),
  );

const sameAgain = coming.map((how) =>
  move(
    `the same again ${JSON.stringify(how)}`,
    (model) => liveDrops(model).length > 0,
    async (model, life) => {
      const { content, rows, bytes } = liveDrops(model).at(-1)!;
      const confirmed = model.atRest ? await confirmedOf(model, life) : new Set<number>();
      await dropNow(model, life, how, { content, rows, bytes, confirmed });
    },
  ),
);

/** Of whom the newest file was confirmed, at rest; nobody while some row of any run went unanswered, for such people are sent once more. */
async function confirmedOf(model: Model, life: Life): Promise<ReadonlySet<number>> {
  const runs = await life.runs();
  if (runs.some((run) => run.unanswered > 0)) return new Set();
  const newest = liveDrops(model).at(-1)!;
  const verdicts = await readVerdicts(
    life.one,
    runs.find((run) => fileNameOf(run) === newest.name)!,
  );
  return new Set(newest.rows.filter((_, i) => isSuccess(verdicts[i]?.verdict)).map((row) => row.person));
}

const olderAgain = fc.tuple(fc.nat(), coming).map(([pick, how]) =>
  move(
    `an older one again (${pick}) ${JSON.stringify(how)}`,
    (model) => liveDrops(model).length > 1,
    async (model, life) => {
      const older = liveDrops(model).slice(0, -1);
      const { content, rows, bytes } = older[pick % older.length]!;
      await dropNow(model, life, how, { content, rows, bytes });
    },
  ),
);

const damages: Readonly<Record<string, Buffer>> = {
  'an empty file': Buffer.alloc(0),
  'a gateway page': Buffer.from('<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body></body></html>'),
  'a file cut within a cell': Buffer.from('EmployeeID,Status,Email,Title\r\nE0001,Active,p1@contoso.example,"Cut he'),
  'a file without ids': Buffer.from('Status,Email,Title\r\nLeft,p1@contoso.example,Nobody\r\n'),
};
const damagedFile = fc
  .tuple(fc.constantFrom(...Object.keys(damages)), coming)
  .map(([name, how]) =>
    move(`${name} ${JSON.stringify(how)}`, always, (model, life) =>
      dropNow(model, life, how, { content: 'full', rows: [], bytes: damages[name]!, fate: 'held' }),
    ),
  );

type Answer = Extract<FaultScript, { answers: unknown }>['answers'][number];
/** No 413: a person who travels alone would be rejected for it, rightly (sending.faults.ts has it). */
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
const answerFault = fc.tuple(fc.nat({ max: 2 }), fc.constantFrom(...answerFaults)).map(([after, answer]) => {
  const answers: Answer[] = after === 0 ? [answer] : [{ normal: true, times: after }, answer];
  return move(`bulkUpload answers ${JSON.stringify(answers)}`, always, (model, life) => {
    model.atRest = false;
    life.one.entra.script([{ on: 'bulkUpload', answers }]);
    return Promise.resolve();
  });
});

const entriesLateOrTwice = fc.constantFrom('late' as const, 'twice' as const, 'unknown' as const).map((what) =>
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
const entryLost = fc.constant(
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

const passingFailure = fc
  .tuple(fc.subarray([...PEOPLE], { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 3 }))
  .map(([people, times]) =>
    move(`${people.map(idOf).join(', ')} fail ${times} times`, always, (model, life) => {
      model.atRest = false;
      const outcome = { errorCode: 'AzureDirectoryServiceServerBusy', reason: 'The directory is busy.', times };
      life.one.entra.setRules(people.map((person) => ({ match: { externalId: idOf(person) }, outcome })));
      return Promise.resolve();
    }),
  );

const pause = fc.constant(
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
/** A restart of a job that stands still purges what waits. */
const goOn = fc.constantFrom('start' as const, 'restart' as const).map((how) =>
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

const kill = fc.constant(
  move('the host is killed', always, async (model, life) => {
    model.atRest = false;
    await life.killHost();
  }),
);

const advance = fc.integer({ min: 50, max: 800 }).map((ms) =>
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

/** Waits for rest and expects the promise. */
export async function restAndCheck(model: Model, life: Life): Promise<void> {
  const runs = await life.rest(model);
  await expectPromise(life.one, model, runs, PEOPLE);
  Object.assign(model, { atRest: true, mayProcessLate: false });
}
const rest = fc.constant(move('rest', (model) => !model.paused && !model.atRest, restAndCheck));

const inTime = (pauseMs: number): Command =>
  move(`${pauseMs} ms pass`, always, () => new Promise((resolve) => setTimeout(resolve, pauseMs)));
const pass = fc.integer({ min: 100, max: 8_000 }).map(inTime);

/** Everything that may happen; files most of all. */
export const MOVES: readonly fc.Arbitrary<Command>[] = [
  ...Array.from({ length: 9 }, () => newerFile),
  ...[sameAgain, sameAgain, olderAgain, olderAgain, damagedFile],
  ...[answerFault, answerFault, answerFault, entriesLateOrTwice, entryLost, passingFailure],
  ...[pause, goOn, goOn, kill, advance, pass, rest],
];
