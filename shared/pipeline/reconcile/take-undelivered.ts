// What Event Grid gave up: the container `undelivered` has the events. Each file that they name is announced, an operator is told, and the blob is
// deleted: it has done its work, and names files.
import { eachOnItsOwn } from '../../core/tasks';
import { schemaCheck } from '../../core/schema-check';
import { arrivedBlobs, attemptsAt, BlobEvents } from '../../export/blob-event';
import { announceExports } from '../intake/announce-export';
import type { Pipeline } from '../pipeline';

/** Blobs in one tick: more wait for the next one. The sweep for lost exports does not wait for them. Our choice, 2026-11. */
const MOST_BLOBS = 50;
/** Of one blob: thousands of events. Of a longer one the sweep for lost exports finds the files. Our choice, 2026-11. */
const MAX_BYTES = 4 * 1024 * 1024;

export type UndeliveredPorts = Pick<Pipeline, 'undelivered' | 'arrivals' | 'evidence' | 'emit'>;

const check = schemaCheck(BlobEvents, { strict: true });

/** One that cannot be served keeps no other from its turn. */
export async function takeUndelivered(pipeline: UndeliveredPorts): Promise<void> {
  const names = await pipeline.undelivered.list(MOST_BLOBS);
  await eachOnItsOwn(names.map((name) => () => takeOne(pipeline, name)));
}

/** Every step may be repeated: a file that is announced twice is taken in once. */
async function takeOne(pipeline: UndeliveredPorts, name: string): Promise<void> {
  const { undelivered, evidence, emit } = pipeline;
  const text = await undelivered.readText(name, MAX_BYTES);
  // Another process was faster.
  if (text === null) return;
  const events = parse(text);
  if (check()(events)) {
    const blobs = arrivedBlobs(events);
    await announceExports(pipeline, blobs);
    emit('rollcall.sweep.undelivered', { events: events.length, exports: blobs.length, attempts: attemptsAt(events) });
  } else {
    const kept = await evidence.keepMessage(text);
    emit('rollcall.sweep.undelivered', { events: 0, exports: 0, attempts: 0, kept });
  }
  await undelivered.remove(name);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is not JSON fits no schema.
    return null;
  }
}
