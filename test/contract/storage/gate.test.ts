// The table of the gate, and who owns a job: the same promises on real storage and in memory. What the gate does with it is
// test/unit/delivery/gate.test.ts, what intake does with owners is test/unit/pipeline/intake/claim-job.test.ts.
import { azureGateTable, readGates } from '../../../shared/delivery/azure-gate-table';
import { azureJobOwners } from '../../../shared/delivery/azure-job-owners';
import type { GateStore } from '../../../shared/delivery/gate-store';
import { azureCredentialNote } from '../../../shared/graph/azure-credential-note';
import { azureLogWatermark } from '../../../shared/graph/azure-log-watermark';
import { openJobGate, pauseJob } from '../../../shared/delivery/job-gate';
import type { JobOwners } from '../../../shared/delivery/job-owners';
import { freshPace } from '../../../shared/delivery/pace';
import { HandClock } from '../../unit/memory/hand-clock';
import { MemoryGateStore } from '../../unit/memory/memory-gate-store';
import { MemoryJobOwners } from '../../unit/memory/memory-job-owners';
import { openTestStorage } from './storage-under-test';

const storage = openTestStorage();

const job = { servicePrincipalId: 'sp', jobId: 'job-1' };
const other = { servicePrincipalId: 'sp', jobId: 'job-2' };
const elsewhere = { servicePrincipalId: 'sp-2', jobId: 'job-1' };
const BY = '20261121T080000Z-0123456789/000001';

describe.each([
  {
    where: 'on Azure tables',
    open: async (): Promise<GateStore> => azureGateTable(await storage.newTable(), 'tenant-1'),
  },
  { where: 'in memory', open: (): Promise<GateStore> => Promise.resolve(new MemoryGateStore(new HandClock())) },
])('the gate $where', ({ open }) => {
  test('reads as a fresh pace and an open job before anything is written', async () => {
    expect(await (await open()).read(job)).toEqual({
      pace: { value: freshPace, etag: '' },
      job: { value: openJobGate, etag: '' },
    });
  });
  test('one read gives pace and job; jobs are independent', async () => {
    const store = await open();
    const first = await store.read(job);
    const pace = { ...freshPace, nextSlotAt: 77.5, usedPerHour: { 498_000: 3 } };
    await store.replacePace(first.pace, pace);
    const paused = pauseJob(openJobGate, 99, 'graph-conflict', BY);
    await store.replaceJob(job, first.job, paused);
    expect(await store.read(job)).toMatchObject({ pace: { value: pace }, job: { value: paused } });
    expect((await store.read(other)).job).toEqual(first.job);
    expect((await store.read(elsewhere)).job).toEqual(first.job);
  });
  test('the version that a write returns is the one that is read, and valid for the next write', async () => {
    const store = await open();
    const written = await store.replacePace((await store.read(job)).pace, freshPace);
    expect((await store.read(job)).pace.etag).toBe(written!.etag);
    const again = await store.replacePace({ value: freshPace, etag: written!.etag }, freshPace);
    expect(again!.etag).not.toBe(written!.etag);
    expect(again!.writtenAt).toBeGreaterThanOrEqual(written!.writtenAt);
    expect(await store.replacePace({ value: freshPace, etag: written!.etag }, freshPace)).toBeNull();
  });
  test('of many writers of the first version, and of many of the next, one succeeds', async () => {
    const store = await open();
    for (let round = 0; round < 2; round++) {
      const { pace, job: gate } = await store.read(job);
      const told = await Promise.all(Array.from({ length: 5 }, () => store.replacePace(pace, freshPace)));
      expect(told.filter((one) => one !== null)).toHaveLength(1);
      const paused = await Promise.all(Array.from({ length: 5 }, () => store.replaceJob(job, gate, openJobGate)));
      expect(paused.filter(Boolean)).toHaveLength(1);
    }
  });
});

describe.each([
  {
    where: 'on Azure tables',
    open: async (): Promise<JobOwners> => azureJobOwners(await storage.newTable(), 'tenant-1'),
  },
  { where: 'in memory', open: (): Promise<JobOwners> => Promise.resolve(new MemoryJobOwners()) },
])('the owners of jobs $where', ({ open }) => {
  const owner = { source: 'contoso-hr', run: 'r1' };
  test('nobody owns a job before it is claimed; jobs are independent, and case makes no other job', async () => {
    const owners = await open();
    const nobody = { value: null, etag: '' };
    expect(await owners.read(job)).toEqual(nobody);
    expect(await owners.replace(job, nobody, owner)).toBe(true);
    expect(await owners.read(other)).toEqual(nobody);
    expect(await owners.read(elsewhere)).toEqual(nobody);
    expect(await owners.read({ servicePrincipalId: 'SP', jobId: 'JOB-1' })).toEqual(await owners.read(job));
    expect((await owners.read(job)).value).toEqual(owner);
  });
  test('of many claims of the first version, and of many of the next, one succeeds', async () => {
    const owners = await open();
    for (let round = 0; round < 2; round++) {
      const read = await owners.read(job);
      const claims = ['a', 'b', 'c', 'd'].map((source) => owners.replace(job, read, { source, run: 'r1' }));
      expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
    }
  });
  test('a claim that changes nothing is a new version all the same', async () => {
    const owners = await open();
    await owners.replace(job, await owners.read(job), owner);
    const read = await owners.read(job);
    expect(await owners.replace(job, read, owner)).toBe(true);
    expect((await owners.read(job)).value).toEqual(owner);
    expect(await owners.replace(job, read, owner)).toBe(false);
  });
});

describe('on Azure tables', () => {
  test('owners do not disturb the gate of their tenant, nor another tenant', async () => {
    const table = await storage.newTable();
    const owners = azureJobOwners(table, 'tenant-1');
    await owners.replace(job, await owners.read(job), { source: 'a', run: 'r1' });
    expect((await azureGateTable(table, 'tenant-1').read(job)).job).toEqual({ value: openJobGate, etag: '' });
    expect((await azureJobOwners(table, 'tenant-2').read(job)).value).toBeNull();
  });
  test('a write returns the time that the service set on the entity', async () => {
    const table = await storage.newTable();
    const store = azureGateTable(table, 'tenant-1');
    const written = await store.replacePace((await store.read(job)).pace, freshPace);
    const { timestamp } = await table.getEntity('tenant-1', 'pace');
    expect(written!.writtenAt).toBe(Date.parse(String(timestamp).replace(/(\.\d{3})\d*Z$/, '$1Z')));
  });
  test('a look at the table finds every tenant with its pace and its jobs, and nothing that is no gate', async () => {
    const table = await storage.newTable();
    expect(await readGates(table)).toEqual([]);
    const one = azureGateTable(table, 'tenant-1');
    const first = await one.read(job);
    await one.replacePace(first.pace, { ...freshPace, strikes: 2 });
    await one.replaceJob(job, first.job, pauseJob(openJobGate, 99, 'graph-conflict', BY));
    const two = azureGateTable(table, 'tenant-2');
    await two.replacePace((await two.read(job)).pace, { ...freshPace, strikes: 3 });
    await azureLogWatermark(table, 'tenant-3').write(job, 5);
    await azureCredentialNote(table, 'tenant-3').write(null);
    await azureCredentialNote(table, 'tenant-2').write(9);
    const seen = await readGates(table);
    expect(seen.map(({ tenant, pace }) => [tenant, pace.strikes])).toEqual([
      ['tenant-1', 2],
      ['tenant-2', 3],
    ]);
    expect(seen.map(({ credentialEndsAt }) => credentialEndsAt)).toEqual([null, 9]);
    expect(seen.map((gate) => [gate.jobOf(job)?.pausedFor, gate.jobOf(other)])).toEqual([
      ['graph-conflict', null],
      [undefined, null],
    ]);
  });
  test('the last note about the credential counts, and makes its tenant known', async () => {
    const table = await storage.newTable();
    const note = azureCredentialNote(table, 'tenant-1');
    for (const endsAt of [5_000, null, 7_000]) {
      await note.write(endsAt);
      const seen = await readGates(table);
      expect(seen.map(({ tenant, credentialEndsAt }) => [tenant, credentialEndsAt])).toEqual(
        endsAt === null ? [] : [['tenant-1', endsAt]],
      );
    }
  });
  test('tenants are independent', async () => {
    const table = await storage.newTable();
    const store = azureGateTable(table, 'tenant-1');
    await store.replacePace((await store.read(job)).pace, { ...freshPace, nextSlotAt: 77 });
    expect((await azureGateTable(table, 'tenant-2').read(job)).pace).toEqual({ value: freshPace, etag: '' });
  });
});
