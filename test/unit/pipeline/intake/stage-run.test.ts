// Staging: what is pinned, committed, found and counted; how often it writes a heartbeat; and that a file staged twice is staged once.
import { createHash } from 'node:crypto';
import { stageRun } from '../../../../shared/pipeline/intake/stage-run';
import type { Run } from '../../../../shared/run/run';
import { receivedRun } from '../../../../shared/run/run-moves';
import type { RunFile } from '../../../../shared/run/run-files';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { csvOf, DAY, eventsOf, JOB, person, putRun, settingsOf, SOURCE } from '../contoso';

const BLOB = `${SOURCE}/people.csv`;
const OLDER = '0-older';

/** A received run of a file, and staging it. */
async function received(content = csvOf(person('p1')), settings: object | string = settingsOf(), blob = BLOB) {
  const pipeline = await memoryPipeline();
  pipeline.sources.put(SOURCE, settings);
  const version = pipeline.exports.drop(blob, content);
  const run = receivedRun({ ...version, source: SOURCE }, DAY);
  pipeline.ledger.runs.put(run);
  const read = (): Run | null => pipeline.ledger.runs.peek(run);
  const linesOf = (file: RunFile): readonly unknown[] =>
    (pipeline.files.peek(run, file) ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as unknown);
  return { pipeline, run, read, linesOf, stage: async (other = pipeline) => (await stageRun(other, run))?.run ?? null };
}

/** The codes of the findings that were kept. */
const findingsOf = (pipeline: MemoryPipeline, run: Run): readonly string[] =>
  (JSON.parse(pipeline.files.peek(run, 'findings.json') ?? '[]') as { code: string }[]).map(({ code }) => code);

test('what is staged: users, rows with their place, batches, and the resulting run', async () => {
  const content = csvOf(person('p1'), person('p2', 'Asleep'), person('p1'));
  const { pipeline, run, read, linesOf, stage } = await received(content, settingsOf({ content: 'full' }));
  expect(await stage()).toEqual(read());
  expect(read()).toMatchObject({
    state: 'staged',
    content: 'full',
    rows: 3,
    users: 1,
    rejected: 1,
    collapsed: 1,
    batches: 1,
    job: { ...JOB },
    sha256: createHash('sha256').update(content).digest('hex'),
    sameAs: null,
    heartbeatAt: pipeline.clock.now(),
  });
  const [user] = linesOf('users.jsonl');
  const bytes = JSON.stringify(user).length;
  expect(user).toMatchObject({ externalId: 'p1', active: true, userName: 'p1@contoso.example' });
  expect(linesOf('rows.jsonl')).toMatchObject([
    { row: 1, line: 2, id: 'p1', user: [0, bytes] },
    { row: 2, line: 3, id: 'p2', rejected: { code: expect.any(String) as string, column: 'Status' } },
    { row: 3, line: 4, id: 'p1', into: 1 },
  ]);
  expect(linesOf('batches.jsonl')).toEqual([
    { batch: '000001', leavers: false, candidates: false, rows: [[1, 'p1', 0, bytes]] },
  ]);
  expect((await pipeline.indexes.of(run)).find('p1')?.batch).toBe('000001');
  expect(eventsOf(pipeline, 'rollcall.intake.staged')).toEqual([
    {
      source: SOURCE,
      run: run.run,
      rows: 3,
      users: 1,
      rejected: 1,
      collapsed: 1,
      superseded: 0,
      skipped: 0,
      batches: 1,
    },
  ]);
});
describe('a job that is none of this installation', () => {
  test('holds the file before its copy is made and before the job is claimed; the reason names it', async () => {
    const { pipeline, run, stage } = await received();
    const asked: unknown[] = [];
    const allowsJob = (job: unknown): boolean => asked.push(job) < 0;
    expect(await stage({ ...pipeline, allowsJob })).toMatchObject({
      state: 'held',
      job: null,
      reason: {
        code: 'job-not-allowed',
        values: { app: { quote: JOB.servicePrincipalId }, job: { quote: JOB.jobId } },
      },
    });
    expect(asked).toMatchObject([JOB]);
    expect(pipeline.files.calls.count('keepExport')).toBe(0);
    expect((await pipeline.owners.read(JOB)).value).toBeNull();
    expect(eventsOf(pipeline, 'rollcall.intake.held')).toEqual([
      { source: SOURCE, run: run.run, code: 'job-not-allowed' },
    ]);
  });
});
test('users of which nobody can say who committed them stay, and nothing is staged from them', async () => {
  const { pipeline, run, read, stage } = await received();
  pipeline.files.put(run, 'users.jsonl', 'of nobody');
  await expect(stage()).rejects.toMatchObject({ code: 'ledger-contended', disposition: 'retry' });
  expect(pipeline.files.peek(run, 'users.jsonl')).toBe('of nobody');
  expect(read()?.state).toBe('checking');
});
test('what a lost attempt wrote before its users is written again', async () => {
  const { pipeline, run, read, linesOf, stage } = await received();
  const files = ['rows.jsonl', 'batches.jsonl', 'people.idx'] as const;
  for (const file of files) pipeline.files.put(run, file, 'of a lost attempt');
  await stage();
  expect(read()?.state).toBe('staged');
  expect(linesOf('rows.jsonl')).toHaveLength(1);
  expect(linesOf('batches.jsonl')).toHaveLength(1);
  expect((await pipeline.indexes.of(run)).find('p1')?.batch).toBe('000001');
});
test('users are committed last: what the batches are made from is there before the file becomes sendable', async () => {
  const { pipeline, run, stage } = await received();
  await stage();
  const commits = pipeline.files.calls.made.filter(({ method }) => method === 'commit');
  expect(commits.map(({ key }) => key.slice(`${SOURCE}/${run.run}/`.length))).toEqual([
    'source.json',
    'hold.csv',
    'roster.json',
    'rows.jsonl',
    'header.json',
    'batches.jsonl',
    'people.idx',
    'users.jsonl',
  ]);
});
test('a run that another attempt moved on is null, and nothing is read', async () => {
  const { pipeline, run, stage } = await received();
  pipeline.ledger.runs.put({ ...run, state: 'sending' });
  expect(await stage()).toBeNull();
  expect(pipeline.files.calls.made).toEqual([]);
});
test('each attempt begins with a heartbeat', async () => {
  const { pipeline, run, stage } = await received();
  let beforeCopy: Run | null = null;
  pipeline.clock.pass(5_000);
  pipeline.files.calls.before = ({ method }) => {
    if (method === 'keepExport') beforeCopy = pipeline.ledger.runs.peek(run);
  };
  await stage();
  expect(beforeCopy).toMatchObject({ state: 'checking', heartbeatAt: pipeline.clock.now() });
});
test.each(['hold', 'refuse', 'stage'] as const)(
  'null and no event where another attempt ended first (%s)',
  async (end) => {
    const { pipeline, run, stage } = await received(csvOf(person('p1')), end === 'hold' ? '{' : settingsOf());
    const moved = end === 'refuse' ? 'keepExport' : 'commit';
    if (end === 'refuse') pipeline.exports.remove(BLOB);
    pipeline.files.calls.before = ({ method }) => {
      if (method === moved) pipeline.ledger.runs.put({ ...run, state: 'sending' });
    };
    expect(await stage()).toBeNull();
    expect(eventsOf(pipeline, 'rollcall.intake.held')).toEqual([]);
    expect(eventsOf(pipeline, 'rollcall.intake.refused')).toEqual([]);
    expect(pipeline.ledger.runs.peek(run)?.state).toBe('sending');
  },
);
test('a missing kept export is a fault with a retry, not a hold', async () => {
  const { pipeline, run, read, stage } = await received();
  const files = Object.assign(Object.create(pipeline.files) as typeof pipeline.files, {
    read: () => Promise.resolve(null),
  });
  await expect(stage({ ...pipeline, files })).rejects.toMatchObject({
    code: 'run-file-missing',
    disposition: 'retry',
    message: `the kept export of run ${run.run} is missing`,
  });
  expect(read()?.state).toBe('checking');
});

describe('settings', () => {
  test('pinned by the first attempt count for the second, whatever was changed meanwhile', async () => {
    const { pipeline, run, read, stage } = await received();
    pipeline.files.put(run, 'source.json', JSON.stringify(settingsOf({ content: 'full' })));
    pipeline.ledger.runs.put({ ...run, state: 'checking', attempts: 1 });
    await stage();
    expect(read()?.content).toBe('full');
    expect(pipeline.sources.calls.count('read')).toBe(0);
    expect(pipeline.files.calls.count('commit', `${SOURCE}/${run.run}/source.json`)).toBe(0);
  });
  test('of the faster of two attempts count for both', async () => {
    const { pipeline, run, read, stage } = await received();
    pipeline.files.calls.before = ({ method, key }) => {
      if (method === 'commit' && key.endsWith('source.json'))
        pipeline.files.put(run, 'source.json', JSON.stringify(settingsOf({ content: 'full' })));
    };
    await stage();
    expect(read()?.content).toBe('full');
  });
  test('are pinned as they are read', async () => {
    const { pipeline, run, stage } = await received();
    await stage();
    expect(JSON.parse(pipeline.files.peek(run, 'source.json') ?? '')).toEqual(settingsOf());
    pipeline.sources.put(SOURCE, '{');
    expect(await stage()).toBeNull();
  });
  test.each([
    ['missing', undefined, 'source-unknown', { folder: { quote: SOURCE } }],
    ['broken', '{', 'source-invalid', { settings: { quote: SOURCE } }],
    [
      'of 30 MB',
      `{"id":"${'x'.repeat(30e6)}"}`,
      'source-invalid',
      { problems: [{ code: 'settings-too-large' }], more: 0 },
    ],
    ['100,000 levels deep', '['.repeat(100_000), 'source-invalid', { problems: [{ code: 'settings-too-large' }] }],
    [
      'with an expression 1,900 levels deep',
      settingsOf({}, { mapping: { title: { expression: `${'('.repeat(1_900)}A${')'.repeat(1_900)}` } } }),
      'source-invalid',
      { problems: [{ code: 'settings-expression-deep' }] },
    ],
    [
      'with 20,000 mistakes',
      settingsOf({}, Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`m${at}`, 1]))),
      'source-invalid',
      { settings: { quote: SOURCE }, more: 19_980 },
    ],
    ['of another source', settingsOf({}, { name: 'fabrikam-hr' }), 'source-invalid', { settings: { quote: SOURCE } }],
    [
      'for files of another name',
      settingsOf({ pattern: '*.json' }),
      'file-not-expected',
      {
        source: { quote: SOURCE },
        pattern: { quote: '*.json' },
        name: { quote: BLOB.slice(SOURCE.length + 1) },
        isDropped: true,
      },
    ],
  ])('that are %s hold the file before a byte of it is read', async (_, settings, code, values) => {
    const { pipeline, run, read, stage } = await received(csvOf(person('p1')), settings ?? '');
    if (settings === undefined) pipeline.sources.remove(SOURCE);
    expect(await stage()).toEqual(read());
    expect(read()).toMatchObject({
      state: 'held',
      reason: { code, values, line: null, column: null },
      rows: 0,
      heartbeatAt: pipeline.clock.now(),
    });
    expect(pipeline.files.calls.count('read')).toBe(0);
    expect(pipeline.files.peek(run, 'rows.jsonl')).toBeNull();
    expect(eventsOf(pipeline, 'rollcall.intake.held')).toEqual([{ source: SOURCE, run: run.run, code }]);
  });
  test('with mistakes hold the file with all of them', async () => {
    const { read, stage } = await received(csvOf(), settingsOf({ skipLines: -1, pattern: '' }));
    await stage();
    const { problems } = read()?.reason?.values as unknown as { problems: readonly { readonly path: string }[] };
    expect(problems.map(({ path }) => path).toSorted()).toEqual(['$.file.pattern', '$.file.skipLines']);
  });
});

describe('a file that is held while it is read', () => {
  const half = csvOf(...Array.from({ length: 120 }, (_, i) => person(`p${i + 1}`)));

  test('keeps the rows, the count and the findings as far as it was read, and commits no users', async () => {
    const marked = half
      .replace('Id,Status,Email', 'rollcall_row,Id,Status,Email')
      .replaceAll(/^p/gm, ',p')
      .replace(/^,p120,/m, 'r120.ffffff,p120,');
    const { pipeline, run, read, linesOf, stage } = await received(marked);
    putRun(pipeline, OLDER, { state: 'settled' });
    pipeline.files.put({ source: SOURCE, run: OLDER }, 'header.json', '["Id","Status"]');
    await stage();
    expect(read()).toMatchObject({
      state: 'held',
      reason: { code: 'corrected-row-shifted', line: 121, column: 'rollcall_row' },
      rows: 100,
      users: 100,
      batches: 0,
      sha256: null,
    });
    expect(linesOf('rows.jsonl')).toHaveLength(100);
    expect(findingsOf(pipeline, run)).toContain('header-changed');
    for (const file of ['users.jsonl', 'batches.jsonl', 'people.idx'] as const)
      expect(pipeline.files.peek(run, file)).toBeNull();
  });
  test('before its header was found keeps no rows and no header', async () => {
    const { pipeline, run, read, stage } = await received('');
    await stage();
    expect(read()).toMatchObject({ state: 'held', rows: 0 });
    expect(pipeline.files.peek(run, 'rows.jsonl')).toBe('');
    expect(pipeline.files.peek(run, 'header.json')).toBeNull();
    expect(pipeline.files.peek(run, 'findings.json')).toBeNull();
  });
  test('as a repetition of an older file that was overtaken', async () => {
    const content = csvOf(person('p1'));
    const { pipeline, read, stage } = await received(content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    putRun(pipeline, '0-a', { state: 'settled', sha256, people: ['p1'] });
    putRun(pipeline, '0-b', { state: 'settled', sha256: 'other', people: ['p1'] });
    await stage();
    expect(read()).toMatchObject({ state: 'held', reason: { code: 'older-file-again' }, rows: 1 });
  });
});

test('a repetition of the newest file names the run that it repeats', async () => {
  const content = csvOf(person('p1'));
  const { pipeline, read, stage } = await received(content);
  putRun(pipeline, OLDER, { state: 'settled', sha256: createHash('sha256').update(content).digest('hex') });
  await stage();
  expect(read()).toMatchObject({ state: 'staged', sameAs: OLDER });
});

describe('the header', () => {
  /** Stages a file after one with this header; resolves to the finding about it, if there is one. */
  async function after(header: string | null, state: Run['state'] = 'settled', run = OLDER) {
    const { pipeline, run: own, stage } = await received();
    putRun(pipeline, run, { state });
    if (header !== null) pipeline.files.put({ source: SOURCE, run }, 'header.json', header);
    await stage();
    expect(pipeline.files.peek(own, 'header.json')).toBe('["Id","Status","Email"]');
    return JSON.parse(pipeline.files.peek(own, 'findings.json') ?? '[]') as unknown;
  }
  test('with a column that is gone is a warning', async () => {
    expect(await after('["Id","Status","Email","Phone"]')).toMatchObject([
      { code: 'header-changed', severity: 'warning', column: 'Phone' },
    ]);
  });
  test.each([
    ['is the same', '["Id","Status","Email"]', 'settled' as const],
    ['of the last file is unknown', null, 'settled' as const],
    ['of a held file does not count', '["Id"]', 'held' as const],
  ])('that %s needs no finding', async (_, header, state) => {
    expect(await after(header, state)).toEqual([]);
  });
  test('is compared with the newest of the older files', async () => {
    const { pipeline, run, stage } = await received();
    for (const [older, header] of [
      ['0-a', '["Id"]'],
      ['0-b', '["Id","Status","Email"]'],
      ['9-newer', '["Id"]'],
    ] as const) {
      putRun(pipeline, older, { state: 'settled' });
      pipeline.files.put({ source: SOURCE, run: older }, 'header.json', header);
    }
    await stage();
    expect(pipeline.files.peek(run, 'findings.json')).toBeNull();
  });
  test('of JSON does not exist: nothing is compared or kept', async () => {
    const json = JSON.stringify([{ Id: 'p1', Status: 'Active', Email: 'p1@contoso.example' }]);
    const { pipeline, run, read, stage } = await received(json, settingsOf({ format: 'json' }));
    putRun(pipeline, OLDER, { state: 'settled' });
    pipeline.files.put({ source: SOURCE, run: OLDER }, 'header.json', '["Id"]');
    await stage();
    expect(read()?.state).toBe('staged');
    expect(pipeline.files.peek(run, 'header.json')).toBeNull();
    expect(pipeline.files.peek(run, 'findings.json')).toBeNull();
  });
});

describe('findings', () => {
  test('a thousand are kept, findings about the file before those about people', async () => {
    const nameless = Array.from({ length: 1_100 }, (_, i) => person(`p${i}`, 'Active', ''));
    const { pipeline, run, read, stage } = await received(csvOf(...nameless));
    putRun(pipeline, OLDER, { state: 'settled' });
    pipeline.files.put({ source: SOURCE, run: OLDER }, 'header.json', '["Id"]');
    await stage();
    expect(read()?.state).toBe('staged');
    const codes = findingsOf(pipeline, run);
    expect(codes).toHaveLength(1_000);
    expect(codes[0]).toBe('header-changed');
    expect(new Set(codes.slice(1))).toEqual(new Set(['user-name-missing']));
  });
  test('of one that has fewer are kept to the last', async () => {
    const nameless = Array.from({ length: 120 }, (_, i) => person(`p${i}`, 'Active', ''));
    const { pipeline, run, stage } = await received(csvOf(...nameless));
    await stage();
    expect(findingsOf(pipeline, run)).toHaveLength(120);
  });
});

describe('a manifest', () => {
  const manifestOf = (text: string, settings?: object) => async () => {
    const { pipeline, read, stage } = await received(csvOf(person('p1')), settings ?? settingsOf());
    pipeline.exports.drop(`${BLOB}.manifest.json`, text);
    await stage();
    return read();
  };
  test('that announces other rows holds the file', async () => {
    expect(await manifestOf('{"rows":2}')()).toMatchObject({
      state: 'held',
      reason: { code: 'manifest-differs' },
      rows: 1,
    });
  });
  test('that announces other bytes holds the file', async () => {
    const sha256 = 'a'.repeat(64);
    expect(await manifestOf(JSON.stringify({ sha256 }))()).toMatchObject({ reason: { code: 'manifest-differs' } });
  });
  test('that matches the file lets it pass', async () => {
    const sha256 = createHash('sha256')
      .update(csvOf(person('p1')))
      .digest('hex');
    const text = JSON.stringify({ rows: 1, sha256 });
    expect((await manifestOf(text, settingsOf({ manifest: 'required' }))())?.state).toBe('staged');
  });
  test('is cut where no manifest is so long, and holds the file', async () => {
    const long = JSON.stringify({ note: 'x'.repeat(64 * 1024), rows: 1 });
    expect(await manifestOf(long)()).toMatchObject({ reason: { code: 'manifest-invalid' } });
  });
  test('that the source requires and HR did not send holds the file', async () => {
    const { read, stage } = await received(csvOf(person('p1')), settingsOf({ manifest: 'required' }));
    await stage();
    expect(read()).toMatchObject({ state: 'held', reason: { code: 'manifest-invalid' }, rows: 1 });
  });
});

describe('a heartbeat', () => {
  const people = Array.from({ length: 250 }, (_, i) => person(`p${i}`));

  /** Stages 250 people in five chunks, each of which takes this long; resolves to the times at which the run was written, s. */
  async function beats(chunkMs: number): Promise<readonly number[]> {
    const { pipeline, run, stage } = await received(csvOf(...people));
    const began = pipeline.clock.now();
    const written: number[] = [];
    pipeline.ledger.runs.calls.before = ({ method }) => {
      if (method === 'replace' || method === 'beat') written.push((pipeline.clock.now() - began) / 1_000);
    };
    let hashed = 0;
    // Three hashes a person: of the id, the record and the user name.
    const hash = (content: string | Uint8Array): bigint => {
      if (++hashed % 150 === 0) pipeline.clock.pass(chunkMs);
      return pipeline.hash(content);
    };
    expect(await stage({ ...pipeline, hash })).toMatchObject({ state: 'staged', run: run.run });
    return written;
  }
  test('is written every half minute of a long intake, not at every chunk', async () => {
    expect(await beats(15_000)).toEqual([0, 30, 60, 75]);
  });
  test('is written at every chunk where each takes longer', async () => {
    expect(await beats(36_000)).toEqual([0, 36, 72, 108, 144, 180, 180]);
  });
  test('is not written by an intake that is quick', async () => {
    expect(await beats(5_999)).toEqual([0, 29.995]);
  });
});

test('a returned corrected file says nothing about people who are not in it, even if the source is full', async () => {
  const returned = `rollcall_row,Id,Status,Email\nr1.new,${person('p1')}\n`;
  const { read, stage } = await received(returned, settingsOf({ content: 'full' }));
  await stage();
  expect(read()).toMatchObject({ state: 'staged', content: 'changes' });
});

test('a file that is larger than the settings allow is held before it is copied', async () => {
  const { pipeline, stage } = await received(csvOf(person('p1'), person('p2')), settingsOf({ maxBytes: 40 }));
  expect(await stage()).toMatchObject({ state: 'held', reason: { code: 'file-too-large' }, rows: 0 });
  expect(pipeline.files.calls.count('keepExport')).toBe(0);
});
