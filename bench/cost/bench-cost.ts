// `bench cost`: a whole machine on this computer takes in a file of new people, waits, and takes in the same people a night later, one in a
// hundred changed. What Azure would bill is counted from outside: requests on the wire, invocations by the host's log, telemetry where it arrives.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseAppSettings } from '../../functions/settings';
import { putSource } from '../../local/drop-files';
import type { HostEvent } from '../../local/host/host-log';
import type { Machine, MachineOptions } from '../../local/machine';
import { startMachine } from '../../local/machine';
import { hasEnded, lookAtRuns } from '../../local/watch-runs';
import { openIngestion, type IngestionEndpoint } from '../../test/contract/telemetry/ingestion-endpoint';
import { blobCreated, EventGrid } from '../../test/event-grid';
import { makeCertificate } from '../../test/pipeline/azure/certificate';
import { writePeopleFile } from '../intake/people-file';
import { BENCH_SOURCE, peopleSource } from '../intake/people-source';
import type { CostReport } from './cost-lines';
import { countsBetween, type Seen } from './count-between';
import { plus, scaled, type Counts } from './counts';
import type { RequestNote } from './note-requests';
import { NOTES_FILE } from './note-requests';

const APP_DIR = resolve(__dirname, '..', '..', '..');
const COUNTER = resolve(__dirname, 'note-requests.js');
/** Ticks without work that are measured. */
const IDLE_TICKS = 3;
/** One in so many people is changed a night later. */
const CHANGED_EVERY = 100;
const MINUTE_MS = 60_000;
/** The timer's own schedule, seconds. */
const TICK_SECONDS = 300;
/** The machine gives up after this time: something must be wrong. */
const GIVE_UP_MS = 90 * MINUTE_MS;

/** Settings that are divided by the speed, as the delays of the log are. Leases and lost messages are not: on a slow computer they would cost work. */
const WAITS_FOR_LOG = [
  'ROLLCALL_CONFIRM_WITHIN_SECONDS',
  'ROLLCALL_RETRY_DELAY_SECONDS',
  'ROLLCALL_LOG_OVERLAP_SECONDS',
  'ROLLCALL_WAITING_SECONDS',
] as const;

interface Sizes {
  readonly rows: number;
  /** Azure's delays are divided by it; the pace of calls is not. A divisor of 300. */
  readonly speed: number;
}

/** What happened when, ms since the epoch. */
interface Marks {
  readonly first: Settled;
  readonly idle: Stretch;
  readonly next: Settled;
}
type Stretch = readonly [from: number, to: number];
interface Settled {
  readonly stretch: Stretch;
  /** Calls of bulkUpload. */
  readonly calls: number;
}

/** Runs it all; resolves to counts without the ticks that come whether there is a file or not. */
export async function benchCost(sizes: Sizes): Promise<CostReport> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  const certificate = await makeCertificate();
  const ingestion = await openIngestion(certificate);
  const events: HostEvent[] = [];
  try {
    const notes = join(folder, 'notes.json');
    const machine = await startMachine({
      ...machineOptions(sizes, ingestion, certificate.file, notes),
      onEvent: (event) => void events.push(event),
    });
    let marks: Marks;
    let ports: readonly string[];
    try {
      marks = await live(machine, sizes.rows, folder);
      ports = [machine.storage.blobs.url, machine.storage.queues.url, machine.storage.table('runs').url].map(portOf);
    } finally {
      // What the app still has to tell is sent when it ends, and its notes are written.
      await machine.stop();
    }
    const requests = JSON.parse(await readFile(notes, 'utf8')) as readonly RequestNote[];
    return reportOf(sizes, marks, { requests, ports, events, envelopes: ingestion.envelopes });
  } finally {
    await ingestion.close();
    await certificate.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

const portOf = (url: string): string => new URL(url).port;

function machineOptions(
  { speed }: Sizes,
  ingestion: IngestionEndpoint,
  certificateFile: string,
  notes: string,
): MachineOptions {
  const defaults = parseAppSettings({ AzureWebJobsStorage: 'UseDevelopmentStorage=true' });
  const faster = WAITS_FOR_LOG.map((name) => [name, String(Math.max(1, Math.round(defaults[name] / speed)))] as const);
  return {
    appDir: APP_DIR,
    realTime: true,
    entra: {
      licence: 'governance',
      processingDelayMs: [1_000, 60_000],
      logDelayMs: [5 * MINUTE_MS, 10 * MINUTE_MS],
      speed,
    },
    settings: {
      ...Object.fromEntries(faster),
      ROLLCALL_RECONCILE_SCHEDULE: scheduleOf(TICK_SECONDS / speed),
      AzureFunctionsJobHost__extensions__queues__maxPollingInterval: '00:00:01',
      ROLLCALL_LICENCE: 'governance',
      ROLLCALL_BLOB_SOURCE: 'EventGrid',
      LOCAL_HOST_BLOB_EVENTS: 'off',
      APPLICATIONINSIGHTS_CONNECTION_STRING: ingestion.connectionString,
      APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
      NODE_EXTRA_CA_CERTS: certificateFile,
      NODE_OPTIONS: `--require ${JSON.stringify(COUNTER)}`,
      [NOTES_FILE]: notes,
    },
  };
}

const scheduleOf = (seconds: number): string =>
  seconds < 60 ? `*/${seconds} * * * * *` : `0 */${seconds / 60} * * * *`;

async function live(machine: Machine, rows: number, folder: string): Promise<Marks> {
  await putSource(machine.storage, BENCH_SOURCE, Buffer.from(peopleSource(BENCH_SOURCE)));
  const path = join(folder, 'people.csv');
  await afterTicks(machine, 1);
  await writePeopleFile(path, rows);
  const first = await settleFile(machine, path, 'people-1.csv');
  const idle = [first.stretch[1], await afterTicks(machine, IDLE_TICKS)] as const;
  await writePeopleFile(path, rows, CHANGED_EVERY);
  return { first, idle, next: await settleFile(machine, path, 'people-2.csv') };
}

/** Drops a file as HR and Event Grid do; resolves to when, and to the end of the first tick after it is settled. */
async function settleFile(machine: Machine, path: string, name: string): Promise<Settled> {
  const from = Date.now();
  const callsBefore = callsOf(machine);
  const blob = `${BENCH_SOURCE}/${name}`;
  await machine.storage.blobs.getContainerClient('inbound').getBlockBlobClient(blob).uploadFile(path);
  await new EventGrid('webhook', machine.host.url, '').deliver(blobCreated(blob));
  for (;;) {
    const to = await afterTicks(machine, 1);
    const { runs } = await lookAtRuns(machine.storage, (run) => run.blobName === blob);
    const [run] = runs;
    if (run !== undefined && hasEnded(run)) {
      if (run.state !== 'settled') throw new Error(`The file was not settled: ${run.state}.`);
      return { stretch: [from, to], calls: callsOf(machine) - callsBefore };
    }
    if (Date.now() - from > GIVE_UP_MS) throw new Error('The file did not settle.');
  }
}

const callsOf = (machine: Machine): number => machine.entra?.stats().uploads.calls ?? 0;

/** Waits for so many more ticks to end; resolves to when the last one did. */
async function afterTicks(machine: Machine, count: number): Promise<number> {
  let last = Date.now();
  for (let tick = 0; tick < count; tick++) {
    const after = last;
    const ended = await machine.host.waitFor(
      (event) => isTick(event) && Date.parse(event.time) > after,
      10 * MINUTE_MS,
    );
    last = Date.parse(ended.time);
  }
  return last;
}

const isTick = ({ event, functionName }: HostEvent): boolean =>
  event.startsWith('invocation-') && event !== 'invocation-started' && functionName === 'reconcile';

function reportOf({ rows }: Sizes, marks: Marks, seen: Seen): CostReport {
  const tick = scaled(countsBetween(seen, marks.idle).counts, 1 / IDLE_TICKS);
  const file = ({ stretch, calls }: Settled): Counts => {
    const { counts, ticks } = countsBetween(seen, stretch);
    return plus({ ...counts, calls }, tick, -ticks);
  };
  return { rows, first: file(marks.first), next: file(marks.next), tick };
}
