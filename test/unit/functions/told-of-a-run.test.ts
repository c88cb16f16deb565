// A file's whole way through the triggers, on in-memory ports, with everything recorded that leaves the app for operators: records for the exporter,
// lines of the log, messages on queues. All of a run is one trace; and none of it names a person.
import { setImmediate as turn } from 'node:timers/promises';
import type { InvocationContext } from '@azure/functions';
import { onArrival } from '../../../functions/on-arrival';
import { onDelivery } from '../../../functions/on-delivery';
import { onExport } from '../../../functions/on-export';
import { onTimer } from '../../../functions/on-timer';
import type { ReadyApp } from '../../../functions/ready-app';
import { Telemetry } from '../../../functions/telemetry/telemetry';
import type { TelemetryRecord } from '../../../functions/telemetry/telemetry-record';
import type { Story } from '../../../functions/with-pipeline';
import { keepNothing, withPipeline } from '../../../functions/with-pipeline';
import { memoryPipeline } from '../memory/memory-pipeline';
import { csvOf, JOB, person, settingsOf, SOURCE } from '../pipeline/contoso';
import { entryOf, serveLog } from '../pipeline/told-ledger';

/** Invented people, with what may be known of them; the last one is rejected, and quoted in the report. */
const PEOPLE = [
  ['E-100234', 'Active', 'ada.lovelace@contoso.example'],
  ['E-100235', 'Left', 'grace.hopper@contoso.example'],
  ['E-100236', 'Perhaps', 'alan.turing@contoso.example'],
] as const;
const SECRETS = [
  ...PEOPLE.flatMap(([id, , mail]) => [id, mail, mail.split('@')[0]!]),
  'lovelace',
  'Perhaps',
  'people-of-ada',
];
const BLOB = `${SOURCE}/people-of-ada.csv`;

async function machine() {
  const pipeline = await memoryPipeline();
  const records: TelemetryRecord[] = [];
  const lines: string[] = [];
  const telemetry = new Telemetry({
    open: () =>
      Promise.resolve({
        take: (record) => records.push(record),
        flush: () => Promise.resolve(),
        close: () => Promise.resolve(),
      }),
    now: () => pipeline.clock.now(),
    complain: (sentence) => lines.push(sentence),
  });
  const handlers = withPipeline(
    () => ({ ok: true, app: {} as ReadyApp }),
    () => Promise.resolve(pipeline),
    telemetry,
  );
  let invocations = 0;
  const invoke = async (functionName: string, story: Story, input: unknown): Promise<void> => {
    const n = String(++invocations);
    const traceContext = { traceParent: `00-${n.padStart(32, '1')}-${n.padStart(16, '2')}-00` };
    const log = (line: unknown): void => void lines.push(String(line));
    const context = { functionName, invocationId: `invocation-${n}`, traceContext, log, error: log };
    await handlers.of(story, keepNothing)(input, context as unknown as InvocationContext);
    await turn();
  };
  /** Until no message can be taken. */
  const work = async (): Promise<void> => {
    for (;;) {
      const [arrival, delivery] = [pipeline.arrivals.take(), pipeline.deliveries.take()];
      if (arrival === null && delivery === null) return;
      if (arrival !== null) await invoke('arrival', onArrival, arrival);
      if (delivery !== null) await invoke('deliver', onDelivery, delivery);
    }
  };
  return { pipeline, records, lines, invoke, work };
}

test('a run is one trace from its file to its verdicts, and names nobody', async () => {
  const { pipeline, records, lines, invoke, work } = await machine();
  pipeline.sources.put(SOURCE, settingsOf({}, { unknownInactive: 'send' }));
  pipeline.exports.drop(BLOB, csvOf(...PEOPLE.map(([id, status, mail]) => person(id, status, mail))));
  await invoke('intake', onExport, { name: BLOB });
  await work();
  await pipeline.clock.sleep(60_000);
  const at = pipeline.clock.now();
  serveLog(pipeline, { [JOB.jobId]: PEOPLE.map(([id]) => entryOf(id, at)) });
  for (let tick = 0; tick < 3; tick++) {
    await pipeline.clock.sleep(300_000);
    await invoke('reconcile', onTimer, {});
    await work();
  }

  const [dropped] = records;
  const traceId = dropped?.place.traceId;
  const inTrace = records.filter(({ place }) => place.traceId === traceId).map(({ name }) => name);
  expect(inTrace).toEqual(
    expect.arrayContaining([
      ...['intake', 'arrival', 'deliver'],
      ...['rollcall.intake.received', 'rollcall.intake.staged', 'rollcall.deliver.sent', 'rollcall.reconcile.settled'],
    ]),
  );
  const ofRuns = records.filter((record) => record.kind === 'event' && typeof record.fields['run'] === 'string');
  expect(ofRuns.filter(({ place }) => place.traceId !== traceId)).toEqual([]);
  for (const { message } of [...pipeline.arrivals.history, ...pipeline.deliveries.history])
    expect(message.trace?.slice(3, 35)).toBe(traceId);

  const told = JSON.stringify([records, lines, pipeline.deliveries.history]);
  expect(SECRETS.filter((secret) => told.includes(secret))).toEqual([]);
  // The name of the blob is the payload of an arrival; nothing else of the file is in it.
  const arrivals = JSON.stringify(pipeline.arrivals.history).replaceAll(BLOB, '');
  expect(SECRETS.filter((secret) => arrivals.includes(secret))).toEqual([]);
});

test('a place in a trace is nobody’s identity: the same file is the same run, and messages of older versions work', async () => {
  const runs = async (trace: string | undefined) => {
    const { pipeline, invoke, work } = await machine();
    pipeline.sources.put(SOURCE, settingsOf());
    pipeline.exports.drop(BLOB, csvOf(person('E-100234')));
    await invoke('arrival', onArrival, { version: 1, blob: BLOB, ...(trace !== undefined && { trace }) });
    await work();
    const made = (await pipeline.ledger.runs.all()).map(({ value }) => [value.run, value.state]);
    const sent = pipeline.deliveries.history.map(({ message }) => ({ ...message, trace: undefined }));
    return { made, sent, bodies: pipeline.graph.posts.map(({ body }) => body) };
  };
  const old = await runs(undefined);
  expect(old.sent).toHaveLength(1);
  expect(await runs(`00-${'c'.repeat(32)}-${'d'.repeat(16)}-01`)).toEqual(old);
});
