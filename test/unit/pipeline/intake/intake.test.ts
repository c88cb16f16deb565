// Intake as a whole: what it does in which order, what it writes and logs, and that a doubled arrival does nothing twice.
import { intake } from '../../../../shared/pipeline/intake/intake';
import { release } from '../../../../shared/pipeline/release/release';
import type { Run, RunState } from '../../../../shared/run/run';
import { INTAKE_STATES, RUN_STATES, runIdOf } from '../../../../shared/run/run';
import { receivedRun } from '../../../../shared/run/run-moves';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { csvOf, DAY, eventsOf, JOB, journalOf, person, putRun, runOf, settingsOf, SOURCE, staged } from '../contoso';

const BLOB = `${SOURCE}/people.csv`;
const arrival = { version: 1, blob: BLOB } as const;
const FILE = csvOf(person('p1'), person('p2', 'Left'), person('p3', 'Gone fishing'));

/** A source with its settings, and a file that HR dropped. */
async function dropped(content = FILE, file: object = {}) {
  const pipeline = await memoryPipeline();
  pipeline.sources.put(SOURCE, settingsOf(file));
  const version = pipeline.exports.drop(BLOB, content);
  const run = runIdOf(version.name, version.etag, version.lastModified);
  const read = (): Run | null => pipeline.ledger.runs.peek({ source: SOURCE, run });
  return { pipeline, version, run, key: { source: SOURCE, run }, read };
}

const names = (pipeline: MemoryPipeline): readonly string[] => pipeline.events.map(({ name }) => name);

test('an export becomes a run that sends, with its counts, its batches and their messages', async () => {
  const { pipeline, version, run, read } = await dropped();
  await intake(pipeline, arrival);
  const now = pipeline.clock.now();
  expect(read()).toMatchObject({
    state: 'sending',
    reason: null,
    blobName: BLOB,
    exportEtag: version.etag,
    arrivedAt: version.lastModified,
    bytes: Buffer.byteLength(FILE),
    job: { ...JOB },
    content: 'changes',
    rows: 3,
    users: 2,
    rejected: 1,
    collapsed: 0,
    superseded: 0,
    skipped: 0,
    batches: 2,
    sameAs: null,
    heartbeatAt: now,
    settledAt: 0,
  });
  expect(read()?.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(pipeline.ledger.batches.peekAll(run).map(({ batch, leavers, rows }) => [batch, leavers, rows[0]?.id])).toEqual(
    [
      ['000001', true, 'p2'],
      ['000002', false, 'p1'],
    ],
  );
  expect(pipeline.deliveries.history.map(({ message }) => message)).toEqual([
    { version: 1, run, batch: '000001', delivery: 1, onDuty: true },
    { version: 1, run, batch: '000002', delivery: 1 },
  ]);
  expect(pipeline.events).toEqual([
    {
      name: 'rollcall.intake.received',
      fields: { source: SOURCE, run, bytes: Buffer.byteLength(FILE) },
      at: now,
    },
    {
      name: 'rollcall.intake.staged',
      fields: {
        source: SOURCE,
        run,
        rows: 3,
        users: 2,
        rejected: 1,
        collapsed: 0,
        superseded: 0,
        skipped: 0,
        batches: 2,
      },
      at: now,
    },
    { name: 'rollcall.release.released', fields: { batches: 2 }, at: now },
  ]);
});

test('users are committed, then the run is staged, older runs overtaken, batches made, and only then is it sending and released', async () => {
  const { pipeline, read } = await dropped(csvOf(person('p1')));
  putRun(pipeline, '0-older', { people: ['p1'], made: [staged(1)] });
  const journal = journalOf(pipeline, (call) => {
    if (call.includes('.read') || /\.(ofSource|inStates|firstInPlay|depth|releasable|family|exists)/.test(call))
      return null;
    const [what = '', key = ''] = call.split(' ');
    return `${read()?.state ?? 'none'}: ${what} ${
      key
        .split('/')
        .at(-1)
        ?.replace(/^2026\S+$/, 'run') ?? ''
    }`;
  });
  await intake(pipeline, arrival);
  expect(journal).toEqual([
    'none: runs.insert run',
    'received: runs.replace run',
    'checking: files.commit source.json',
    'checking: files.commit hold.csv',
    'checking: files.keepExport export',
    'checking: files.commit roster.json',
    'checking: files.commit rows.jsonl',
    'checking: files.commit header.json',
    'checking: files.commit batches.jsonl',
    'checking: files.commit people.idx',
    'checking: files.commit users.jsonl',
    'checking: runs.replace run',
    'staged: batches.replace 000001',
    'staged: batches.insertNew run',
    'staged: runs.replace run',
    'sending: batches.replace 000001',
    'sending: deliveries.put ',
  ]);
});

test('a release by another process while the run is staged puts no message for it', async () => {
  const { pipeline, read } = await dropped();
  let looked = 0;
  pipeline.ledger.runs.calls.before = async ({ method }) => {
    if (method !== 'replace' || read()?.state !== 'staged') return;
    pipeline.ledger.runs.calls.before = () => undefined;
    looked = pipeline.ledger.batches.peekAll(read()!.run).length;
    await release(pipeline);
    expect(pipeline.deliveries.history).toEqual([]);
  };
  await intake(pipeline, arrival);
  expect(looked).toBe(2);
  expect(pipeline.deliveries.history).toHaveLength(2);
});

describe('a doubled arrival', () => {
  test('after the first one has ended only logs that', async () => {
    const { pipeline, run, read } = await dropped();
    await intake(pipeline, arrival);
    const before = { run: read(), commits: pipeline.files.calls.count('commit') };
    await intake(pipeline, arrival);
    expect(read()).toEqual(before.run);
    expect(pipeline.files.calls.count('commit')).toBe(before.commits);
    expect(pipeline.deliveries.history).toHaveLength(2);
    expect(names(pipeline).slice(3)).toEqual(['rollcall.intake.repeated']);
    expect(eventsOf(pipeline, 'rollcall.intake.repeated')).toEqual([
      { source: SOURCE, run, bytes: Buffer.byteLength(FILE) },
    ]);
  });
  test('at the same time makes one run, one message per batch, and commits the users once', async () => {
    const { pipeline, run, key } = await dropped();
    let committed = 0;
    const { files } = pipeline;
    files.calls.before = ({ method, key: file }) => {
      if (method === 'commit' && file.endsWith('users.jsonl') && files.peek(key, 'users.jsonl') === null) committed++;
    };
    await Promise.all([intake(pipeline, arrival), intake(pipeline, arrival)]);
    expect(committed).toBe(1);
    expect(pipeline.ledger.batches.peekAll(run)).toHaveLength(2);
    expect(pipeline.deliveries.history.map(({ message }) => message.batch).sort()).toEqual(['000001', '000002']);
    expect(names(pipeline).filter((name) => name === 'rollcall.intake.received')).toHaveLength(1);
    expect(names(pipeline).filter((name) => name === 'rollcall.intake.repeated')).toHaveLength(1);
  });
});

describe('a run that is', () => {
  const others = RUN_STATES.filter((state) => !INTAKE_STATES.includes(state));
  test.each(others)('%s is left alone: nothing is read, written, sent or logged', async (state: RunState) => {
    const { pipeline, key } = await dropped();
    const run = runOf(key.run, { state });
    pipeline.ledger.runs.put(run);
    await intake(pipeline, { ...arrival, run: key.run });
    expect(pipeline.ledger.runs.peek(key)).toEqual(run);
    expect(pipeline.ledger.runs.calls.made).toEqual([{ method: 'read', key: key.run }]);
    expect(pipeline.ledger.batches.calls.made).toEqual([]);
    expect(pipeline.files.calls.made).toEqual([]);
    expect(pipeline.deliveries.calls.made).toEqual([]);
    expect(pipeline.events).toEqual([]);
  });
  test.each(['received', 'checking'] as const)(
    '%s is taken up by its id, whatever HR did to the file name',
    async (state) => {
      const { pipeline, version, key, read } = await dropped();
      const run = receivedRun({ ...version, source: SOURCE }, DAY);
      pipeline.ledger.runs.put({ ...run, state });
      await intake(pipeline, { ...arrival, run: key.run });
      expect(read()?.state).toBe('sending');
      expect(pipeline.exports.calls.count('head')).toBe(0);
      expect(names(pipeline)).toEqual(['rollcall.intake.staged', 'rollcall.release.released']);
    },
  );
  test('staged is not read again: its missing batches are made, and it goes on', async () => {
    const { pipeline, run, read, key } = await dropped();
    await intake(pipeline, arrival);
    pipeline.ledger.runs.put({ ...read()!, state: 'staged' });
    const before = pipeline.files.calls.made.length;
    await intake(pipeline, { ...arrival, run });
    expect(pipeline.files.calls.made.slice(before)).toEqual([
      { method: 'readWhole', key: `${key.source}/${key.run}/roster.json` },
      { method: 'readWhole', key: `${key.source}/${key.run}/source.json` },
      // Without a roster, whether there are candidates.
      { method: 'read', key: `${key.source}/${key.run}/batches.jsonl` },
      { method: 'readWhole', key: `${key.source}/${key.run}/hold.csv` },
      { method: 'read', key: `${key.source}/${key.run}/batches.jsonl` },
    ]);
    expect(read()?.state).toBe('sending');
    expect(pipeline.ledger.batches.peekAll(run)).toHaveLength(2);
    expect(pipeline.deliveries.history).toHaveLength(2);
  });
  test('moved on by another attempt while its batches were made is released by that one', async () => {
    const { pipeline, read } = await dropped();
    pipeline.ledger.batches.calls.before = ({ method }) => {
      if (method === 'insertNew') pipeline.ledger.runs.put({ ...read()!, state: 'sending' });
    };
    await intake(pipeline, arrival);
    expect(pipeline.deliveries.calls.made).toEqual([]);
  });
  test('moved on by another attempt while it was read is left to that one', async () => {
    const { pipeline, read } = await dropped();
    pipeline.files.calls.before = ({ method, key }) => {
      if (method === 'commit' && key.endsWith('users.jsonl'))
        pipeline.ledger.runs.put({ ...read()!, state: 'sending', job: JOB });
    };
    await intake(pipeline, arrival);
    expect(pipeline.ledger.batches.calls.made).toEqual([]);
    expect(pipeline.deliveries.calls.made).toEqual([]);
  });
});

describe('an arrival that is not an export', () => {
  test('a manifest makes no run, and is not looked at', async () => {
    const { pipeline } = await dropped();
    pipeline.exports.drop(`${BLOB}.manifest.json`, '{}');
    await intake(pipeline, { version: 1, blob: `${BLOB}.manifest.json` });
    expect(pipeline.ledger.runs.calls.made).toEqual([]);
    expect(pipeline.exports.calls.made).toEqual([]);
    expect(pipeline.events).toEqual([]);
  });
  test('a file that HR deleted again makes no run', async () => {
    const { pipeline } = await dropped();
    pipeline.exports.remove(BLOB);
    await intake(pipeline, arrival);
    expect(pipeline.ledger.runs.calls.made).toEqual([]);
    expect(pipeline.events).toEqual([]);
  });
  test('an unknown run is not created', async () => {
    const { pipeline } = await dropped();
    await intake(pipeline, { ...arrival, run: 'unknown' });
    expect(pipeline.ledger.runs.calls.made).toEqual([{ method: 'read', key: 'unknown' }]);
    expect(pipeline.events).toEqual([]);
  });
  test('a file outside the folders of the sources is held under a source of its own', async () => {
    const { pipeline } = await dropped();
    const version = pipeline.exports.drop('people.csv', FILE);
    await intake(pipeline, { version: 1, blob: 'people.csv' });
    const run = runIdOf('people.csv', version.etag, version.lastModified);
    expect(pipeline.ledger.runs.peek({ source: '_none', run })).toMatchObject({
      state: 'held',
      reason: { code: 'source-unknown' },
    });
  });
});

describe('a held file', () => {
  const shifted = csvOf(person('p1'), person('p2')).replace('Id,', 'rollcall_row,Id,').replace('p1,', 'r1.new,p1,');
  test('has its rows, the report with the reason and the count of rows read; nothing is sent', async () => {
    const { pipeline, key, run, read } = await dropped(shifted.replace('\np2,', '\nr2.ffffff,p2,'));
    await intake(pipeline, arrival);
    const now = pipeline.clock.now();
    expect(read()).toMatchObject({ state: 'held', reason: { code: 'corrected-row-shifted', line: 3 }, settledAt: now });
    expect(pipeline.files.peek(key, 'users.jsonl')).toBeNull();
    expect(pipeline.files.peek(key, 'rows.jsonl')).not.toBeNull();
    expect([...pipeline.reports.reports.keys()].map((name) => name.split('/').at(-1))).toEqual([
      'people.csv.verdicts.csv',
      'summary.json',
      'people.csv.why-held.txt',
    ]);
    expect(pipeline.ledger.batches.calls.count('insertNew')).toBe(0);
    expect(pipeline.deliveries.calls.made).toEqual([]);
    expect(names(pipeline)).toEqual(['rollcall.intake.received', 'rollcall.intake.held', 'rollcall.reconcile.settled']);
    expect(eventsOf(pipeline, 'rollcall.intake.held')).toEqual([
      { source: SOURCE, run, code: 'corrected-row-shifted' },
    ]);
  });
  test('that has changed since it arrived is refused, with a report', async () => {
    const { pipeline, run, read } = await dropped();
    pipeline.files.calls.before = ({ method }) => {
      if (method === 'keepExport') pipeline.exports.drop(BLOB, csvOf(person('p9')));
    };
    await intake(pipeline, arrival);
    expect(read()).toMatchObject({
      state: 'refused',
      reason: { code: 'export-replaced', line: null, column: null },
      rows: 0,
      heartbeatAt: pipeline.clock.now(),
      settledAt: pipeline.clock.now(),
    });
    // Its settings, which say how large it may be, and the hold list for which an approval would be.
    expect(pipeline.files.calls.count('commit')).toBe(2);
    expect(pipeline.reports.reports.size).toBe(3);
    expect(eventsOf(pipeline, 'rollcall.intake.refused')).toEqual([{ source: SOURCE, run, code: 'export-replaced' }]);
  });
});

test('a fault of storage is not a hold: the run stays where it is, and the next attempt continues', async () => {
  const { pipeline, read, key } = await dropped();
  pipeline.files.calls.before = ({ method, key: file }) => {
    if (method === 'commit' && file.endsWith('people.idx')) throw new Error('storage failed');
  };
  await expect(intake(pipeline, arrival)).rejects.toThrow('storage failed');
  expect(read()).toMatchObject({ state: 'checking', reason: null });
  expect(pipeline.files.peek(key, 'users.jsonl')).toBeNull();
  pipeline.files.calls.before = () => undefined;
  await intake(pipeline, arrival);
  expect(read()).toMatchObject({ state: 'sending', rows: 3, users: 2, batches: 2 });
  expect(names(pipeline)).toEqual([
    'rollcall.intake.received',
    'rollcall.intake.repeated',
    'rollcall.intake.staged',
    'rollcall.release.released',
  ]);
});
