// The promise at rest, by the model: verdicts from the reports, people from the directory, calls by the service's own count.
import type { Run } from '../../shared/run/run';
import { fileNameOf } from '../../shared/run/run';
import type { VerdictLine } from './check-promise';
import { expectWithinLimits, readVerdicts } from './check-promise';
import type { Drop, Model, PersonRecord } from './commands-model';
import { isOvertaken, recordsOf } from './commands-model';
import type { Case } from './ground';
import { factsOf, idOf } from './small-world';

/** Verdicts after which the directory holds the record. */
export const isSuccess = (verdict: string | undefined): boolean =>
  verdict !== undefined && ['created', 'updated', 'unchanged', 'disabled'].includes(verdict);

/** A file, its run and its report. */
interface Told {
  readonly drop: Drop;
  readonly run: Run;
  readonly verdicts: readonly VerdictLine[];
}

/** Expects the promise to hold for everything dropped so far. */
export async function expectPromise(
  one: Case,
  model: Model,
  runs: readonly Run[],
  people: readonly number[],
): Promise<void> {
  const told: Told[] = [];
  for (const drop of model.drops) {
    const run = runs.find((each) => fileNameOf(each) === drop.name)!;
    told.push({ drop, run, verdicts: await readVerdicts(one, run) });
  }
  const accepted = new Set(one.entra.uploads().flatMap((upload) => upload.people.map((person) => person.bulkId)));
  for (const each of told) {
    if (each.drop.fate === 'live') expectVerdicts(model, each, accepted);
    else expectHeld(model, each, accepted);
  }
  const fates = fatesIn(told, accepted);
  expectUnchangedIsEqual(model, fates, people);
  expectDirectory(one, model, fates, people);
  expectEvidence(one, told, accepted, people);
  expectWithinLimits(one);
}

/**
 * A log entry is evidence for one row: no person has more rows reported as a success than the log has entries of success, those apart that were
 * unchanged and never sent.
 */
function expectEvidence(
  one: Case,
  told: readonly Told[],
  accepted: ReadonlySet<string>,
  people: readonly number[],
): void {
  const rows = told.flatMap(({ drop, run, verdicts }) =>
    drop.fate === 'live'
      ? verdicts.map(({ id, verdict }, i) => ({ id, verdict, wasSent: accepted.has(`${run.run}-${i + 1}`) }))
      : [],
  );
  const log = one.entra.log();
  for (const id of people.map(idOf)) {
    const entries = log.filter((entry) => entry.externalId === id && entry.status !== 'failure');
    const verdicts = rows.filter((row) => row.id === id).map((row) => row.verdict);
    const unproven = rows.filter((row) => row.id === id && !row.wasSent && row.verdict === 'unchanged').length;
    const said = (verdict: string): number => verdicts.filter((each) => each === verdict).length;
    const logged = (action: string): number => entries.filter((entry) => entry.action === action).length;
    const tooMany =
      said('created') > logged('create') ||
      said('updated') > logged('update') ||
      said('disabled') > logged('disable') ||
      verdicts.filter(isSuccess).length - unproven > entries.length;
    if (tooMany)
      throw new Error(
        `${id} has the verdicts ${verdicts.join(', ')} of the log's ${entries.map((entry) => entry.action).join(', ')}`,
      );
  }
}

/** Held, or replaced by a newer complete file while it was. */
function expectHeld(model: Model, { drop, run, verdicts }: Told, accepted: ReadonlySet<string>): void {
  const newer = model.drops.slice(model.drops.indexOf(drop) + 1);
  const mayBeReplaced = newer.some(({ fate, content }) => fate === 'live' && content === 'full');
  if (mayBeReplaced && run.state === 'refused')
    expect([drop.name, run.reason?.code]).toEqual([drop.name, 'held-replaced']);
  else {
    expect([drop.name, run.state]).toEqual([drop.name, 'held']);
    if (drop.fate === 'older-file-again') expect([drop.name, run.reason?.code]).toEqual([drop.name, drop.fate]);
  }
  expect(verdicts.map((line) => line.verdict)).toEqual(Array.from({ length: run.rows }, () => 'held'));
  expect([...accepted].filter((bulkId) => bulkId.startsWith(run.run))).toEqual([]);
}

/** Exactly one verdict per row, in the order of the rows, and none that the model does not explain. */
function expectVerdicts(model: Model, { drop, run, verdicts }: Told, accepted: ReadonlySet<string>): void {
  expect([drop.name, run.state]).toEqual([drop.name, 'settled']);
  expect(verdicts.map((line) => line.id)).toEqual(drop.rows.map((row) => idOf(row.person)));
  const wrong = drop.rows.flatMap((row, i) => {
    const { verdict, code } = verdicts[i]!;
    const wasAccepted = accepted.has(`${run.run}-${i + 1}`);
    const isRight =
      row.active === null
        ? verdict === 'rejected' && !wasAccepted
        : drop.confirmed.has(row.person)
          ? verdict === 'unchanged' && !wasAccepted
          : verdict === 'superseded'
            ? isOvertaken(model, drop, row.person)
            : verdict === 'not-seen' || verdict === 'failed'
              ? wasAccepted || code === 'tried-again-later'
              : isSuccess(verdict) && (wasAccepted || verdict === 'unchanged');
    return isRight ? [] : [{ file: drop.name, row, verdict, wasAccepted, confirmed: drop.confirmed.has(row.person) }];
  });
  expect(wrong).toEqual([]);
}

/** What became of a record. */
interface Fates {
  readonly verdictOf: (record: PersonRecord) => string | undefined;
  readonly wasAccepted: (record: PersonRecord) => boolean;
}

function fatesIn(told: readonly Told[], accepted: ReadonlySet<string>): Fates {
  const ofDrop = new Map(told.map((each) => [each.drop, each]));
  return {
    verdictOf: ({ drop, number }) => ofDrop.get(drop)!.verdicts[number - 1]?.verdict,
    wasAccepted: ({ drop, number }) => accepted.has(`${ofDrop.get(drop)!.run.run}-${number}`),
  };
}

/** Whoever is `unchanged` and was not sent has the record that was the last to succeed before. */
function expectUnchangedIsEqual(model: Model, { verdictOf, wasAccepted }: Fates, people: readonly number[]): void {
  const wrong = people.flatMap((person) => {
    const records = recordsOf(model, person);
    return records.flatMap((record, at) => {
      if (verdictOf(record) !== 'unchanged' || wasAccepted(record)) return [];
      const last = records.slice(0, at).findLast((earlier) => isSuccess(verdictOf(earlier)));
      const isEqual = last?.row.active === record.row.active && last.row.title === record.row.title;
      return isEqual ? [] : [{ file: record.drop.name, row: record.row, before: last?.drop.name, was: last?.row }];
    });
  });
  expect(wrong).toEqual([]);
}

/** The newest record that succeeded, or a newer one that was accepted and never confirmed. */
function expectDirectory(one: Case, model: Model, { verdictOf, wasAccepted }: Fates, people: readonly number[]): void {
  const users = factsOf(one.entra.directory());
  for (const person of people) {
    const newestFirst = [...recordsOf(model, person)].reverse();
    const succeeded = newestFirst.findIndex((record) => isSuccess(verdictOf(record)));
    const possible = newestFirst
      .slice(0, succeeded < 0 ? newestFirst.length : succeeded + 1)
      .filter((record, i) => i === succeeded || wasAccepted(record));
    const user = users.find((each) => each.employeeId === idOf(person));
    const about = newestFirst.map((record) => ({
      file: record.drop.name,
      ...record.row,
      verdict: verdictOf(record),
      accepted: wasAccepted(record),
    }));
    const found = user && { enabled: user.enabled, title: user.title };
    const allowed: unknown[] = possible.map(({ row }) => ({ enabled: row.active, title: row.title }));
    if (succeeded < 0) allowed.push(undefined);
    if (!allowed.some((facts) => JSON.stringify(facts) === JSON.stringify(found)))
      throw new Error(`${idOf(person)} stands as ${JSON.stringify(found)}; newest first: ${JSON.stringify(about)}`);
    const newestAccepted = newestFirst.find((record) => wasAccepted(record));
    if (user?.enabled === false && newestAccepted?.row.active === true)
      // It was never confirmed, or the directory would hold it.
      expect([idOf(person), isSuccess(verdictOf(newestAccepted))]).toEqual([idOf(person), false]);
  }
}
