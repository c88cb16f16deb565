// The folder of a local machine: a file whose name storage cannot hold is told of and left, and the others are taken.
import type { ContainerClient } from '@azure/storage-blob';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InboundFolder } from '../../../local/inbound-folder';
import type { Storage } from '../../../shared/storage/azure-storage';
import { openTestStorage } from './storage-under-test';

const storage = openTestStorage();

/** The account as the folder sees it: whatever container it asks for is this one. */
const accountOf = (container: ContainerClient): Storage =>
  ({ blobs: { getContainerClient: () => container } }) as unknown as Storage;

test('a name with a control character is told once and not uploaded: Azurite could list the container no more', async () => {
  const container = await storage.newContainer();
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-inbound-'));
  try {
    mkdirSync(join(folder, 'contoso-hr'));
    for (const file of ['a\u0001b.csv', 'people.csv']) writeFileSync(join(folder, 'contoso-hr', file), 'id');
    const told: string[] = [];
    const inbound = new InboundFolder(accountOf(container), folder, (name) => told.push(name));
    expect(await inbound.take(false)).toBe(1);
    expect(await inbound.take(false)).toBe(0);
    expect(told).toEqual(['contoso-hr/a\u0001b.csv']);
    const names: string[] = [];
    for await (const { name } of container.listBlobsFlat()) names.push(name);
    expect(names).toEqual(['contoso-hr/people.csv']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a file under a temporary name is taken once it has its own', async () => {
  const container = await storage.newContainer();
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-inbound-'));
  try {
    mkdirSync(join(folder, 'contoso-hr'));
    const path = join(folder, 'contoso-hr', 'people.csv');
    writeFileSync(`${path}.part`, 'id');
    const inbound = new InboundFolder(accountOf(container), folder, () => undefined);
    expect(await inbound.take(false)).toBe(0);
    renameSync(`${path}.part`, path);
    expect(await inbound.take(false)).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
