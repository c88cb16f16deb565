// What reconcile writes besides the ledger: reports, evidence, the watermark of the log. The same promises on real storage and in memory.
import type { ContainerClient } from '@azure/storage-blob';
import { azureLogWatermark } from '../../../shared/graph/azure-log-watermark';
import { azureReportStore } from '../../../shared/report/azure-report-store';
import type { ReportStore } from '../../../shared/report/report-store';
import { azureEvidenceStore } from '../../../shared/verdict/azure-evidence-store';
import { azureGateTable } from '../../../shared/delivery/azure-gate-table';
import { freshPace } from '../../../shared/delivery/pace';
import { MemoryEvidenceStore } from '../../unit/memory/memory-evidence-store';
import { MemoryReportStore } from '../../unit/memory/memory-report-store';
import { MemoryWatermark } from '../../unit/memory/memory-watermark';
import { created, redundant } from '../../unit/verdict/log-entries';
import { openTestStorage } from './storage-under-test';

const storage = openTestStorage();

const run = { source: 'contoso-hr', run: 'r1' };
/** A run whose id begins with the other's. */
const neighbour = { ...run, run: 'r10' };
const namesIn = async (container: ContainerClient): Promise<readonly string[]> => {
  const names: string[] = [];
  for await (const { name } of container.listBlobsFlat()) names.push(name);
  return names;
};
const textOf = async (container: ContainerClient, name: string): Promise<string> =>
  (await container.getBlobClient(name).downloadToBuffer()).toString('utf8');
/** What every adapter does if storage is missing. */
const isTriedAgain = (code: string) => expect.objectContaining({ code, disposition: 'retry' }) as Error;
const job = { servicePrincipalId: 'sp', jobId: 'API2AAD.job/1?#\\' };

/** Reports, and a way to read them from outside. */
interface Reports {
  readonly reports: ReportStore;
  readonly names: () => Promise<readonly string[]>;
  readonly text: (name: string) => Promise<string | undefined>;
}
async function reportsOnStorage(): Promise<Reports> {
  const container = await storage.newContainer();
  return {
    reports: azureReportStore(container, Math.random),
    names: () => namesIn(container),
    text: (name) => textOf(container, name),
  };
}
function reportsInMemory(): Promise<Reports> {
  const reports = new MemoryReportStore();
  return Promise.resolve({
    reports,
    names: () => Promise.resolve([...reports.reports.keys()]),
    text: (name) => Promise.resolve(reports.reports.get(name)),
  });
}

describe.each([
  { where: 'on Azure blobs', open: reportsOnStorage },
  { where: 'in memory', open: reportsInMemory },
])('reports $where', ({ open }) => {
  test('are where HR finds them, as UTF-8, and only once they are complete', async () => {
    const { reports, names, text: textIn } = await open();
    const writer = reports.write(run, 'Müller 1.csv.verdicts.csv');
    await writer.append('é🙂\n');
    await writer.append('z');
    expect(await names()).toEqual([]);
    expect(await reports.exists(run, 'Müller 1.csv.verdicts.csv')).toBe(false);
    await writer.commit();
    expect(await reports.exists(run, 'Müller 1.csv.verdicts.csv')).toBe(true);
    expect(await names()).toEqual(['contoso-hr/r1/Müller 1.csv.verdicts.csv']);
    expect(await textIn('contoso-hr/r1/Müller 1.csv.verdicts.csv')).toBe('é🙂\nz');
  });
  test('are rewritten as a whole when evidence arrives late, longer or shorter', async () => {
    const { reports, text: textIn } = await open();
    for (const text of ['first', 'the second is longer', '3rd', '']) {
      const writer = reports.write(run, 'summary.json');
      await writer.append(text);
      await writer.commit();
      expect(await textIn('contoso-hr/r1/summary.json')).toBe(text);
    }
  });
  test('are listed, read and deleted by their names', async () => {
    const { reports } = await open();
    const report = reports.write(run, 'Müller 1.csv.verdicts.csv');
    await report.append('é🙂');
    await report.commit();
    await reports.write(run, 'summary.json').commit();
    await reports.write(neighbour, 'other.json').commit();
    expect([...(await reports.list(run))].sort()).toEqual(['Müller 1.csv.verdicts.csv', 'summary.json']);
    expect(await reports.readText(run, 'Müller 1.csv.verdicts.csv')).toBe('é🙂');
    for (let again = 0; again < 2; again++) await reports.delete(run, 'Müller 1.csv.verdicts.csv');
    expect(await reports.readText(run, 'Müller 1.csv.verdicts.csv')).toBeNull();
    expect(await reports.list(run)).toEqual(['summary.json']);
  });
  test('all of a run are deleted, and none of a run whose id begins alike', async () => {
    const { reports, names } = await open();
    for (const one of [run, neighbour])
      for (const name of ['verdicts.csv', 'summary.json']) await reports.write(one, name).commit();
    await reports.deleteAll(run);
    await reports.deleteAll(run);
    expect([...(await names())].sort()).toEqual(['contoso-hr/r10/summary.json', 'contoso-hr/r10/verdicts.csv']);
  });
  test('of two at once, one remains, complete', async () => {
    const { reports, text: textIn } = await open();
    const texts = ['a', 'b'].map((letter) => letter.repeat(9 * 1024 * 1024));
    await Promise.allSettled(
      texts.map(async (text) => {
        const writer = reports.write(run, 'verdicts.csv');
        await writer.append(text);
        await writer.commit();
      }),
    );
    expect(texts).toContain(await textIn('contoso-hr/r1/verdicts.csv'));
  });
});

describe('reports on Azure', () => {
  test('that cannot be written are a fault', async () => {
    const container = await storage.newContainer();
    await container.delete();
    const writer = azureReportStore(container, Math.random).write(run, 'verdicts.csv');
    await writer.append('text');
    await expect(writer.commit()).rejects.toEqual(isTriedAgain('storage-blob'));
  });
});

describe.each([
  { where: 'on Azure blobs', open: async () => azureEvidenceStore(await storage.newContainer()) },
  { where: 'in memory', open: () => Promise.resolve(new MemoryEvidenceStore()) },
])('evidence $where', ({ open }) => {
  test('is read back entry by entry; the same entries overwrite themselves; runs do not mix', async () => {
    const evidence = await open();
    const entries = [created, { ...redundant, id: 'another', sourceIdentity: { id: 'line\u2028end' } }];
    await evidence.keep(run, entries);
    await evidence.keep(run, entries);
    await evidence.keep(neighbour, [created]);
    const read: unknown[] = [];
    for await (const entry of evidence.read(run)) read.push(entry);
    expect(read).toEqual(entries);
  });
  test('messages about a refused row are read back by row; the last one is kept; runs do not mix', async () => {
    const evidence = await open();
    expect(await evidence.refusals(run)).toEqual(new Map());
    await evidence.keepRefusal(run, 7, 'first');
    await evidence.keepRefusal(run, 7, 'The value of "Größe" 🙂 is wrong.\nLine 2');
    await evidence.keepRefusal(run, 70, '');
    await evidence.keepRefusal(neighbour, 7, 'of another run');
    expect(await evidence.refusals(run)).toEqual(
      new Map([
        [7, 'The value of "Größe" 🙂 is wrong.\nLine 2'],
        [70, ''],
      ]),
    );
  });
  test('messages about refused rows are not entries, and entries are not messages', async () => {
    const evidence = await open();
    await evidence.keepRefusal(run, 7, 'refused');
    await evidence.keep(run, [created]);
    const read: unknown[] = [];
    for await (const entry of evidence.read(run)) read.push(entry);
    expect(read).toEqual([created]);
    expect([...(await evidence.refusals(run)).keys()]).toEqual([7]);
  });
  test('of one person is taken out of a run, and of one row its message; all else stays', async () => {
    const evidence = await open();
    const other = { ...created, id: 'other', sourceIdentity: { id: 'somebody else' } };
    const alone = { ...created, id: 'alone' };
    await evidence.keep(run, [created, other]);
    await evidence.keep(run, [alone]);
    await evidence.keep(neighbour, [created]);
    for (const row of [7, 70]) await evidence.keepRefusal(run, row, 'refused');
    const forget = () =>
      evidence.forget(
        run,
        (entry) => entry.sourceIdentity?.id === created.sourceIdentity?.id,
        (row) => row === 7,
      );
    expect([await forget(), await forget()]).toEqual([3, 0]);
    const read: unknown[] = [];
    for await (const entry of evidence.read(run)) read.push(entry);
    expect(read).toEqual([other]);
    expect([...(await evidence.refusals(run)).keys()]).toEqual([70]);
    for await (const entry of evidence.read(neighbour)) read.push(entry);
    expect(read).toHaveLength(2);
  });
  test('of a run is deleted with the messages about its rows; that of a run whose id begins alike stays', async () => {
    const evidence = await open();
    for (const one of [run, neighbour]) {
      await evidence.keep(one, [created]);
      await evidence.keepRefusal(one, 7, 'refused');
    }
    await evidence.deleteAll(run);
    await evidence.deleteAll(run);
    const read: unknown[] = [];
    for await (const entry of evidence.read(run)) read.push(entry);
    expect([read, (await evidence.refusals(run)).size]).toEqual([[], 0]);
    for await (const entry of evidence.read(neighbour)) read.push(entry);
    expect([read, (await evidence.refusals(neighbour)).size]).toEqual([[created], 1]);
  });
  test('the same poison message has the same name, another has a different one', async () => {
    const evidence = await open();
    const name = await evidence.keepMessage('text');
    expect(name).toMatch(/^_poison\/[0-9a-f]+\.txt$/);
    expect(await evidence.keepMessage('text')).toBe(name);
    const other = await evidence.keepMessage('text ');
    expect(other).not.toBe(name);
    expect([...(await evidence.keptMessages())].sort()).toEqual([name, other].sort());
  });
  test('neither entries nor words of the service are poison messages', async () => {
    const evidence = await open();
    await evidence.keep(run, [created]);
    await evidence.keepRefusal(run, 7, 'words');
    expect(await evidence.keptMessages()).toEqual([]);
  });
});

describe('evidence on Azure', () => {
  test('a poison message is kept unchanged, under a name that does not reveal its content; a repeated one is the same', async () => {
    const container = await storage.newContainer();
    const evidence = azureEvidenceStore(container);
    const text = '{"version":2,"run":"é🙂"}\n';
    const name = await evidence.keepMessage(text);
    expect(name).toMatch(/^_poison\/[0-9a-f]+\.txt$/);
    expect(await textOf(container, name)).toBe(text);
    expect(await evidence.keepMessage(text)).toBe(name);
    expect(await evidence.keepMessage(`${text} `)).not.toBe(name);
    expect(await namesIn(container)).toHaveLength(2);
  });
  test('that cannot be kept or read is a fault, never no evidence', async () => {
    const container = await storage.newContainer();
    await container.delete();
    const evidence = azureEvidenceStore(container);
    const fault = isTriedAgain('storage-blob');
    await expect(evidence.keep(run, [created])).rejects.toEqual(fault);
    await expect(evidence.keepRefusal(run, 7, 'words')).rejects.toEqual(fault);
    await expect(evidence.keepMessage('text')).rejects.toEqual(fault);
    await expect(evidence.keptMessages()).rejects.toEqual(fault);
    await expect(evidence.refusals(run)).rejects.toEqual(fault);
    await expect(evidence.read(run)[Symbol.asyncIterator]().next()).rejects.toEqual(fault);
  });
});

describe.each([
  { where: 'on Azure tables', open: async () => azureLogWatermark(await storage.newTable(), 'tenant-1') },
  { where: 'in memory', open: () => Promise.resolve(new MemoryWatermark()) },
])('the watermark $where', ({ open }) => {
  test('is 0 before the first reading, then what was written last, even if lower', async () => {
    const watermark = await open();
    expect(await watermark.read(job)).toBe(0);
    for (const at of [Date.UTC(2026, 10, 21, 8, 0, 0, 123), Date.UTC(2026, 10, 20)]) {
      await watermark.write(job, at);
      expect(await watermark.read(job)).toBe(at);
    }
  });
  test('jobs and applications have their own', async () => {
    const watermark = await open();
    await watermark.write(job, 1_000);
    expect(await watermark.read({ ...job, jobId: 'another' })).toBe(0);
    expect(await watermark.read({ ...job, servicePrincipalId: 'another' })).toBe(0);
    expect(await watermark.read(job)).toBe(1_000);
  });
});

describe('the watermark on Azure', () => {
  test('tenants have their own', async () => {
    const table = await storage.newTable();
    await azureLogWatermark(table, 'tenant-1').write(job, 1_000);
    expect(await azureLogWatermark(table, 'tenant-2').read(job)).toBe(0);
  });
  test('is in the partition of the gate and does not disturb it', async () => {
    const table = await storage.newTable();
    const watermark = azureLogWatermark(table, 'tenant-1');
    const gate = azureGateTable(table, 'tenant-1');
    await watermark.write(job, 1_000);
    expect((await gate.read(job)).pace.value).toEqual(freshPace);
    await gate.replacePace((await gate.read(job)).pace, { ...freshPace, nextSlotAt: 5 });
    expect(await watermark.read(job)).toBe(1_000);
  });
  test('that cannot be written is a fault: the log is read again from where it was', async () => {
    const table = await storage.newTable();
    await table.deleteTable();
    const watermark = azureLogWatermark(table, 'tenant-1');
    await expect(watermark.write(job, 1)).rejects.toEqual(isTriedAgain('storage-table'));
  });
});
