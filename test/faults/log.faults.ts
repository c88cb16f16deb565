// Faults of the service on the way back: entries of the provisioning log that are late, doubled, lost or of an unknown action, and a log
// that cannot be read for a while.
import { dropExport } from '../../local/drop-files';
import { azureBatchTable } from '../../shared/run/azure-batch-table';
import { azureRunTable } from '../../shared/run/azure-run-table';
import type { Case, Ground } from './ground';
import { startGround } from './ground';
import { STEP_WITHIN_MS } from './host-watch';
import type { FaultLine } from './plain-life';
import { fireEvent, givePlainFile, playFault } from './plain-life';
import { untilRest } from './rest';
import { idOf, PLAIN_WORLD, SOURCE, writeFile } from './small-world';
import { limitTests, until } from './until';

limitTests(120_000);

let ground: Ground;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.stop());

const LINES: readonly (readonly [sentence: string, line: FaultLine])[] = [
  ['entries that appear three seconds late, with their old time', { faults: [{ on: 'log', every: 3, late: 3_000 }] }],
  ['entries that appear twice count once', { faults: [{ on: 'log', every: 2, twice: true }] }],
  [
    'an entry is lost: the row is silent, is sent again, and is answered',
    // The lost entry costs one call; it is the row's own, so it counts as a repeated one.
    {
      faults: [{ on: 'log', nth: 4, lost: true }],
      repeated: 1,
      expectAlso: (one) => expect(one.entra.stats().log.lost).toBe(1),
    },
  ],
  ['entries with an unknown action still count as answers', { faults: [{ on: 'log', every: 5, unknownAction: true }] }],
  [
    'while the log answers 429, 503, a gateway page, a cut and 403, no row is judged silent',
    {
      faults: [
        {
          on: 'logs',
          answers: [
            { status: 429, retryAfter: 1 },
            { status: 503 },
            { status: 502, html: true },
            { cut: 'before' },
            { status: 403, times: 2 },
          ],
        },
      ],
    },
  ],
  ['a token that the log refuses is replaced', { faults: [{ on: 'logs', answers: [{ status: 401 }] }] }],
];

test.each(LINES)('%s', (_, line) => playFault(ground, line));

/** The person whose entry is lost, so that the first file stays open and the log is still read for it. */
const UNHEARD = 20;

test('an entry that is read while intake still works on its file belongs to that file, not to the one before', async () => {
  const one = await ground.begin();
  try {
    one.entra.script([{ on: 'log', externalId: idOf(UNHEARD), lost: true, times: 1 }]);
    await givePlainFile(one);
    const host = await one.startHost();
    await fireEvent(one, host);
    await untilOpenRows(one, 1);
    // The log demands a pause: the next tick has listed the runs, and waits for its turn while the next file arrives.
    one.entra.script([{ on: 'logs', answers: [{ status: 429, retryAfter: 6 }] }]);
    const refused = await host.waitFor((event) => event.message.includes('rollcall.reconcile.postponed'));
    await host.waitFor(
      (event) =>
        event.event === 'invocation-started' && event.functionName === 'reconcile' && event.time > refused.time,
    );
    const second = PLAIN_WORLD.files[0]!.slice(0, 10).map((row) => ({ ...row, title: 'Buyer' }));
    await dropExport(one.storage, SOURCE, 'people-1.csv', writeFile(second));
    await fireEvent(one, host, 'people-1.csv');
    const runs = await untilRest(one, 2);
    const sent = one.entra.uploads().flatMap((upload) => upload.people.map((person) => person.bulkId));
    const ofSecond = sent.filter((bulkId) => bulkId.startsWith(runs[1]!.run));
    expect(ofSecond.sort()).toEqual([...new Set(ofSecond)]);
    expect(runs.map((run) => run.unanswered)).toEqual([expect.any(Number), 0]);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${one.story()}`, { cause: error });
  } finally {
    await one.end();
  }
});

/** Waits until this many rows of the first run are left without a verdict. */
const untilOpenRows = (one: Case, rows: number): Promise<unknown> =>
  until(
    async () => {
      const run = (await azureRunTable(one.storage.table('runs')).all())[0]?.value;
      if (run?.state !== 'confirming') return null;
      let open = 0;
      for await (const { value } of azureBatchTable(one.storage.table('batches')).inStates(run.run, ['sent']))
        open += value.rows.filter((row) => row.work === 'open').length;
      return open === rows || null;
    },
    STEP_WITHIN_MS,
    () => `not ${rows} open rows`,
  );
