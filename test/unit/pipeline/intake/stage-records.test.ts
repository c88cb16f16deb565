// Staging a run of records: each line as it is, checked by the schema of today; nobody is ever enabled by it.
import { intake } from '../../../../shared/pipeline/intake/intake';
import { makeRunOfRecords } from '../../../../shared/pipeline/records/make-run-of-records';
import { coreUserUrn, enterpriseUserUrn } from '../../../../shared/scim/scim-schema';
import type { ScimUser } from '../../../../shared/scim/user';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { DAY, settingsOf, SOURCE } from '../contoso';

const KEY = { source: SOURCE, run: '20261121T080000Z-0123456789' };
const record = (externalId: string, more: Partial<ScimUser> = {}): ScimUser => ({
  schemas: [coreUserUrn, enterpriseUserUrn],
  externalId,
  active: false,
  userName: `${externalId}@contoso.example`,
  ...more,
});

async function staged(records: readonly ScimUser[], file: object = {}): Promise<MemoryPipeline> {
  const pipeline = await memoryPipeline();
  pipeline.sources.put(SOURCE, settingsOf({ pattern: '*.csv', manifest: 'required', content: 'full', ...file }));
  const made = {
    ...{ run: KEY.run, name: `${SOURCE}/disable-00000000.json`, origin: 'disable' as const, arrivedAt: DAY },
    order: { by: 'operator', reason: '', at: '' },
    records: async function* () {
      await Promise.resolve();
      yield* records;
    },
  };
  await makeRunOfRecords(pipeline, made, pipeline.clock.now());
  await intake(pipeline, pipeline.arrivals.take()!);
  return pipeline;
}
const runIn = (pipeline: MemoryPipeline) => pipeline.ledger.runs.peek(KEY);

test('the lines are staged byte by byte, whatever the settings ask of files; the run says nothing about others', async () => {
  const records = [record('p1', { title: 'Ærø "x"' }), record('p2')];
  const pipeline = await staged(records);
  const text = records.map((one) => `${JSON.stringify(one)}\n`).join('');
  expect(pipeline.files.peek(KEY, 'users.jsonl')).toBe(text);
  expect(runIn(pipeline)).toMatchObject({
    ...{ state: 'sending', content: 'changes', rows: 2, users: 2, batches: 1, sha256: null, sameAs: null },
    bytes: Buffer.byteLength(text),
  });
  expect(pipeline.exports.calls.made).toEqual([]);
});

test('what the schema of today refuses is left out and told; nobody stays enabled for it', async () => {
  const names = { familyName: 'y'.repeat(65), givenName: 'Ann' };
  const pipeline = await staged([
    record('p1', { title: 'x'.repeat(129), name: names, 'urn:contoso:employee': { grade: ['G7'] } }),
    record('p2', { name: { familyName: 'y'.repeat(65) } }),
  ]);
  expect(runIn(pipeline)).toMatchObject({ rows: 2, users: 2, rejected: 0 });
  const users = (pipeline.files.peek(KEY, 'users.jsonl') ?? '').trim().split('\n');
  expect(users).toEqual([JSON.stringify(record('p1', { name: { givenName: 'Ann' } })), JSON.stringify(record('p2'))]);
  const [first] = (pipeline.files.peek(KEY, 'rows.jsonl') ?? '').split('\n');
  expect((JSON.parse(first ?? '') as { leftOut: { code: string }[] }).leftOut.map(({ code }) => code).sort()).toEqual([
    ...['user-not-scim', 'value-too-long', 'value-too-long'],
  ]);
});
test('a record that is no user at all is rejected with the usual code; the others go', async () => {
  const pipeline = await staged([record('', {}), record('p2')]);
  expect(runIn(pipeline)).toMatchObject({ rows: 2, users: 1, rejected: 1 });
  expect(pipeline.files.peek(KEY, 'rows.jsonl')).toContain('"code":"user-not-scim"');
});

test('more records than are staged at once', async () => {
  const records = Array.from({ length: 1_001 }, (_, at) => record(`p${at}`));
  expect(runIn(await staged(records))).toMatchObject({ rows: 1_001, users: 1_001, batches: 21 });
});

test('a record that is active stops the run before anything is committed', async () => {
  await expect(staged([record('p1'), record('p2', { active: true })])).rejects.toThrow(
    'disables people, and nothing else',
  );
});

test('a line that is damaged is told without a word of it', async () => {
  const pipeline = await staged([record('p1')]);
  pipeline.ledger.runs.put({ ...runIn(pipeline)!, state: 'received' });
  pipeline.files.remove(KEY, 'users.jsonl');
  pipeline.files.put(KEY, 'export', '{"externalId":"secret');
  const failed = intake(pipeline, { version: 1, blob: `${SOURCE}/disable-00000000.json`, run: KEY.run });
  await expect(failed).rejects.toThrow('a line of a run of records is no JSON');
  await expect(failed).rejects.not.toThrow('secret');
});
