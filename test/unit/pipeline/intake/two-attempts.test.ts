// Two attempts at one run, one after the other or at once, which do not see the same: a value that took too long for one, a table that failed for
// the other. What the run is staged from is of one attempt alone: rows, packing and users belong together, and stay.
import { intake } from '../../../../shared/pipeline/intake/intake';
import { commitUsers, committedExport } from '../../../../shared/pipeline/intake/committed-export';
import { stageRun } from '../../../../shared/pipeline/intake/stage-run';
import { reportHeldRun } from '../../../../shared/pipeline/report/report-run';
import type { Run } from '../../../../shared/run/run';
import type { RunFile } from '../../../../shared/run/run-files';
import { approve, NO_COUNTS, receivedRun } from '../../../../shared/run/run-moves';
import type { Call } from '../../memory/recorded-calls';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { csvOf, DAY, eventsOf, person, runOf, settingsOf, SOURCE } from '../contoso';

const BLOB = `${SOURCE}/people.csv`;
const BOTH = csvOf(person('p1'), person('p2'));
/** What an attempt sees for which row 1 took too long: as if it had no status. */
const ONE = csvOf(person('p1', 'Asleep'), person('p2'));
const DAMAGED = 'Id\n';
const arrival = { version: 1, blob: BLOB } as const;

async function dropped(content: string) {
  const pipeline = await memoryPipeline();
  pipeline.sources.put(SOURCE, settingsOf());
  const version = pipeline.exports.drop(BLOB, content);
  const key = receivedRun({ ...version, source: SOURCE }, DAY);
  const read = (): Run => pipeline.ledger.runs.peek(key)!;
  /** From now on attempts see this instead. */
  const see = (other: string): void => pipeline.files.put(key, 'export', other);
  /** Once, before a call of this kind to the files. */
  const once = (is: (call: Call) => boolean, act: () => Promise<void>): void => {
    pipeline.files.calls.before = async (call) => {
      if (!is(call)) return;
      pipeline.files.calls.before = () => undefined;
      await act();
    };
  };
  /** The process dies when the users are committed, before the run is staged. */
  const dieBeforeStaged = (): void => {
    pipeline.ledger.runs.calls.before = ({ method }) => {
      if (method !== 'replace' || pipeline.files.peek(key, 'users.jsonl') === null) return;
      pipeline.ledger.runs.calls.before = () => undefined;
      throw new Error('died');
    };
  };
  const linesOf = (file: RunFile): readonly string[] =>
    (pipeline.files.peek(key, file) ?? '').split('\n').filter((line) => line !== '');
  return { pipeline, key, read, see, once, dieBeforeStaged, linesOf, intake: () => intake(pipeline, arrival) };
}
type Dropped = Awaited<ReturnType<typeof dropped>>;

/** Rows, packing, index, users and the run itself say the same; resolves to the ids that are sent. */
async function expectOfOnePiece({ pipeline, key, read, linesOf }: Dropped): Promise<readonly string[]> {
  const run = read();
  const rows = linesOf(`rows${run.readBy}.jsonl`).map((line) => JSON.parse(line) as { id: string; user?: unknown });
  expect([rows.length, rows.filter((row) => row.user !== undefined).length]).toEqual([run.rows, run.users]);
  expect(linesOf('users.jsonl')).toHaveLength(run.users);
  const bytes = Buffer.from(pipeline.files.peek(key, 'users.jsonl') ?? '');
  const index = await pipeline.indexes.of(run);
  const sent = pipeline.ledger.batches.peekAll(run.run).flatMap((batch) => batch.rows);
  for (const { id, offset, bytes: length } of sent) {
    expect(JSON.parse(bytes.toString('utf8', offset, offset + length))).toMatchObject({ externalId: id });
    expect(index.find(id)).not.toBeNull();
  }
  return sent.map(({ id }) => id);
}

const isRead = ({ method, key }: Call): boolean => method === 'read' && key.endsWith('/export');
const isCommitOf =
  (file: string) =>
  ({ method, key }: Call): boolean =>
    method === 'commit' && key.includes(`/${file}`);

test('an attempt that fails leaves the rows of a run alone that another one has staged meanwhile', async () => {
  const all = await dropped(BOTH);
  all.once(isRead, async () => {
    await all.intake();
    throw new Error('the table failed');
  });
  await expect(all.intake()).rejects.toThrow('the table failed');
  expect(all.read()).toMatchObject({ state: 'sending', rows: 2, users: 2 });
  expect(await expectOfOnePiece(all)).toEqual(['p1', 'p2']);
});

test('an attempt that fails commits nothing', async () => {
  const all = await dropped(BOTH);
  all.pipeline.exports.calls.before = ({ method }) => {
    if (method === 'readText') throw new Error('storage failed');
  };
  await expect(all.intake()).rejects.toThrow('storage failed');
  expect(['rows.jsonl', 'findings.json'].map((file) => all.pipeline.files.peek(all.key, file as RunFile))).toEqual([
    null,
    null,
  ]);
});

test.each([
  ['a faulty row', ONE],
  ['trouble with the whole file', DAMAGED],
])('an attempt that finds %s in a run that another one has staged meanwhile changes nothing', async (_, seen) => {
  const all = await dropped(BOTH);
  all.once(isRead, async () => {
    await all.intake();
    all.see(seen);
  });
  await all.intake();
  expect(all.read()).toMatchObject({ state: 'sending', rows: 2, users: 2 });
  expect(await expectOfOnePiece(all)).toEqual(['p1', 'p2']);
  expect(all.pipeline.ledger.batches.peekAll(all.key.run)).toHaveLength(1);
});

test.each(['rows', 'batches', 'people', 'users'])(
  'of two attempts at once the first to commit its users decides, whichever has written its %s before',
  async (file) => {
    const all = await dropped(ONE);
    all.once(isCommitOf(file), async () => {
      all.see(BOTH);
      await all.intake();
    });
    await all.intake();
    expect(all.read()).toMatchObject({ state: 'sending', rows: 2, users: 2, rejected: 0 });
    expect(await expectOfOnePiece(all)).toEqual(['p1', 'p2']);
  },
);

test.each([
  ['sees more', ONE, BOTH, ['p2']],
  ['sees less', BOTH, ONE, ['p1', 'p2']],
  ['would hold the file', BOTH, DAMAGED, ['p1', 'p2']],
])('an attempt after one that died before it staged the run goes on from its files, even if it %s', async (...told) => {
  const [, first, second, sent] = told;
  const all = await dropped(first);
  all.dieBeforeStaged();
  await expect(all.intake()).rejects.toThrow('died');
  all.see(second);
  const reads = all.pipeline.files.calls.made.filter(isRead).length;
  await all.intake();
  expect(all.read()).toMatchObject({ state: 'sending', rows: 2, users: sent.length, attempts: 2, readBy: '' });
  expect(await expectOfOnePiece(all)).toEqual(sent);
  expect(all.pipeline.files.calls.made.filter(isRead)).toHaveLength(reads);
  expect(eventsOf(all.pipeline, 'rollcall.intake.staged').at(-1)).toMatchObject({ rows: 2, users: sent.length });
});

test('an attempt does not hold a file whose users a faster one has committed, and stages it', async () => {
  const all = await dropped(BOTH);
  all.once(isRead, async () => {
    all.dieBeforeStaged();
    await expect(all.intake()).rejects.toThrow('died');
    all.see(DAMAGED);
  });
  await all.intake();
  expect(all.read()).toMatchObject({ state: 'sending', users: 2, readBy: '-0-2' });
  expect(await expectOfOnePiece(all)).toEqual(['p1', 'p2']);
  expect(eventsOf(all.pipeline, 'rollcall.intake.held')).toEqual([]);
});

test('the report of a held file has the rows of the attempt that held it', async () => {
  const all = await dropped(BOTH);
  all.once(isCommitOf('batches'), () => Promise.reject(new Error('died')));
  await expect(all.intake()).rejects.toThrow('died');
  all.pipeline.exports.drop(`${BLOB}.manifest.json`, '{"rows":3}');
  await all.intake();
  expect(all.read()).toMatchObject({ state: 'held', rows: 2, readBy: '-0-2', verdicts: { held: 2 } });
});

test('a file that is held again before it is read keeps the rows that were read before', async () => {
  const all = await dropped(BOTH);
  all.pipeline.exports.drop(`${BLOB}.manifest.json`, '{"rows":3}');
  await all.intake();
  const approval = { by: 'ops@contoso.example', why: 'season', at: DAY, until: DAY + 1, limits: [] };
  all.pipeline.ledger.runs.put(approve(all.read(), approval)!);
  all.pipeline.sources.putHoldList(SOURCE, 'id,until,why\np1,2026-12-31,x\n');
  const staged = await stageRun(all.pipeline, all.read());
  expect(staged?.run).toMatchObject({ state: 'held', reason: { code: 'approval-void' }, readBy: '' });
  await reportHeldRun(all.pipeline, staged!.run);
  expect(all.read()).toMatchObject({ rows: 2, verdicts: { held: 2 } });
});

describe('committing users', () => {
  const committed = (readBy: '' | '-0-2' | '-1-1') =>
    ({ ...NO_COUNTS, readBy, content: 'changes', sha256: null, sameAs: null }) as const;
  const ofApproval = (approvals: number): Run => runOf('r1', { state: 'checking', approvals });

  async function world() {
    const { files } = await memoryPipeline();
    const commit = (approvals: number, readBy: '' | '-0-2' | '-1-1') =>
      commitUsers(files, ofApproval(approvals), files.write(ofApproval(0), 'users.jsonl'), committed(readBy));
    return { files, commit };
  }

  test('nothing is committed before the first', async () => {
    const { files, commit } = await world();
    expect(await committedExport(files, ofApproval(0))).toBeNull();
    expect(await commit(0, '')).toEqual(committed(''));
    expect(await committedExport(files, ofApproval(0))).toEqual(committed(''));
  });
  test('the second takes what the first has committed', async () => {
    const { commit } = await world();
    await commit(0, '-0-2');
    expect(await commit(0, '')).toEqual(committed('-0-2'));
  });
  test('an approved run does not go on from users that were committed before it was held', async () => {
    const { files, commit } = await world();
    await commit(0, '');
    expect(await committedExport(files, ofApproval(1))).toBeNull();
    expect(await commit(1, '-1-1')).toEqual(committed('-1-1'));
    expect(await committedExport(files, ofApproval(1))).toEqual(committed('-1-1'));
  });
  test('an attempt from before the approval replaces nothing', async () => {
    const { files, commit } = await world();
    await commit(1, '-1-1');
    await commit(0, '');
    expect(await committedExport(files, ofApproval(1))).toEqual(committed('-1-1'));
  });
  test('of two that would replace the same one fails, and is repeated', async () => {
    const { files, commit } = await world();
    await commit(0, '');
    let commits = 0;
    files.calls.before = async ({ method }) => {
      if (method === 'commit' && ++commits === 2) await commit(1, '-1-1');
    };
    await expect(commit(1, '-0-2')).rejects.toMatchObject({ code: 'ledger-contended', disposition: 'retry' });
    expect(await committedExport(files, ofApproval(1))).toEqual(committed('-1-1'));
  });
});
