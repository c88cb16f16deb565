// What the host's contract tests share: storage, host processes that end with the test, and readable events.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { BlobServiceClient } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';
import type { HostEvent } from '../../../local/host/host-log';
import { type HostProcess, startHostProcess } from '../../../local/host/host-process';
import { sharedStorage } from '../../shared-storage';

/** How long a condition may take to come true, in ms; generous, since two cores are shared. */
export const patienceMs = 25_000;

/** The shared storage, and one file's hosts. */
export interface TestBed {
  readonly connectionString: string;
  readonly blobs: BlobServiceClient;
  readonly queues: QueueServiceClient;
  /** Starts a fixture app of test/host-app; the bed's `hostId` is shared unless the settings say otherwise. */
  start(app: string, settings?: Readonly<Record<string, string>>): Promise<HostProcess>;
  /** Kills what is still running. */
  end(): Promise<void>;
}

export function createTestBed(): TestBed {
  const connectionString = sharedStorage();
  const hosts: HostProcess[] = [];
  return {
    connectionString,
    blobs: BlobServiceClient.fromConnectionString(connectionString),
    queues: QueueServiceClient.fromConnectionString(connectionString),
    async start(app, settings = {}) {
      const host = await startHostProcess({
        appDir: fixtureApp(app),
        settings: { AzureWebJobsStorage: connectionString, ...settings },
      });
      hosts.push(host);
      return host;
    },
    async end() {
      await Promise.all(hosts.map((host) => host.kill()));
    },
  };
}

export const fixtureApp = (name: string): string => join(__dirname, '../../host-app', name);

export const uniqueName = (prefix: string): string => `${prefix}-${randomBytes(4).toString('hex')}`;

export const toBase64 = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64');

/** What a fixture function logged as JSON. */
export type Note = Record<string, unknown>;

/** The notes among a host's events, in order. */
export function notesOf(...hosts: readonly HostProcess[]): Note[] {
  return hosts.flatMap((host) => host.events().map(toNote)).filter((note) => note !== null);
}

/** Waits for a note that matches. */
export async function noteFrom(host: HostProcess, fits: (note: Note) => boolean): Promise<Note> {
  const event = await host.waitFor((one) => {
    const note = toNote(one);
    return note !== null && fits(note);
  }, patienceMs);
  return toNote(event)!;
}

function toNote(event: HostEvent): Note | null {
  return event.event === 'log' && event.message.startsWith('{') ? (JSON.parse(event.message) as Note) : null;
}

/** Asks repeatedly until the answer is yes. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const endMs = performance.now() + patienceMs;
  while (!(await holds())) {
    if (performance.now() > endMs) {
      throw new Error(`It never came true that ${what}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
