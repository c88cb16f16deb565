// Files that may arrive next: newer ones, the same again, older ones again, damaged ones.
import fc from 'fast-check';
import { fileNameOf } from '../../shared/run/run';
import { readVerdicts } from './check-promise';
import { isSuccess } from './commands-check';
import type { BlobEvent, Life } from './commands-life';
import type { Content, Drop, Model } from './commands-model';
import { fateOf, liveDrops } from './commands-model';
import { always, move, PEOPLE } from './command';
import type { WorldRow } from './small-world';
import { writeFile } from './small-world';

/** How a file arrives: its event, and how many ms later the host dies, if it does. */
interface Coming {
  readonly event: BlobEvent;
  readonly killAfterMs: number | null;
}
const coming: fc.Arbitrary<Coming> = fc.record({
  event: fc.constantFrom<BlobEvent>('once', 'once', 'once', 'twice', 'lost'),
  killAfterMs: fc.option(fc.integer({ min: 0, max: 600 }), { freq: 4 }),
});

/** Drops a file, and records it in the model. */
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
    person: fc.integer({ min: 1, max: PEOPLE.length }),
    active: fc.oneof(
      { weight: 14, arbitrary: fc.constant(true) },
      { weight: 4, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
  }),
  { selector: (row) => row.person, minLength: 1, maxLength: PEOPLE.length, size: 'max' },
);

export const newerFile = fc
  .tuple(fc.constantFrom<Content>('full', 'changes', 'changes'), newerRows, coming)
  .map(([content, people, how]) =>
    move(`newer ${content} of ${people.length} ${JSON.stringify(how)}`, always, async (model, life) => {
      // The file's number is in every title: no two files are equal by chance, and the directory shows which file its record is from.
      const rows: readonly WorldRow[] = people.map((row) => ({ ...row, title: `Title ${model.drops.length}` }));
      await dropNow(model, life, how, { content, rows, bytes: writeFile(rows) });
    }),
  );

export const sameAgain = coming.map((how) =>
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

/** The people, at rest, whose newest record was confirmed; none while a row of any run is unanswered, since such people are sent again. */
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

export const olderAgain = fc.tuple(fc.nat(), coming).map(([pick, how]) =>
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
export const damagedFile = fc
  .tuple(fc.constantFrom(...Object.keys(damages)), coming)
  .map(([name, how]) =>
    move(`${name} ${JSON.stringify(how)}`, always, (model, life) =>
      dropNow(model, life, how, { content: 'full', rows: [], bytes: damages[name]!, fate: 'held' }),
    ),
  );
