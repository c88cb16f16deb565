// What leaves the worker: the real SDK and exporter against a server that takes telemetry as Application Insights does. Nothing is sampled away,
// every member of every event arrives, and everything of a run is in one trace.
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyEventFields, EventFields, EventName } from '../../../shared/core/telemetry';
import { EVENT_NAMES, EVENTS } from '../../../shared/core/telemetry';
import { openAzureMonitor } from '../../../functions/telemetry/azure-monitor';
import type { Invocation } from '../../../functions/telemetry/telemetry';
import { Telemetry } from '../../../functions/telemetry/telemetry';
import type { TelemetrySink } from '../../../functions/telemetry/telemetry-record';
import type { Envelope, IngestionEndpoint } from './ingestion-endpoint';
import { openIngestion } from './ingestion-endpoint';

/** The exporter's own telemetry about itself, which would go to Microsoft: off here as in infra/app.bicep. */
process.env.APPLICATION_INSIGHTS_NO_STATSBEAT = 'true';

const RUN = '20261121T080000Z-0123456789';
const TRACE = 'a'.repeat(32);
const SENT: EventFields<'rollcall.deliver.sent'> = {
  ...{ run: RUN, batch: '000001', delivery: 1, rows: 50, durationMs: 800, waitedMs: 145 },
  ...{ sinceArrivalMs: null, requestId: null },
};
const SOME: Readonly<Record<string, string | number | boolean>> = { id: 'x', word: 'word', flag: true };

let endpoint: IngestionEndpoint;
let sink: TelemetrySink;
const complaints: string[] = [];

beforeEach(async () => {
  endpoint = await openIngestion();
  const settings = {
    ...{ connectionString: endpoint.connectionString, identity: 'key' as const },
    ...{ appName: 'rollcall-test', instance: 'one' },
  };
  sink = openAzureMonitor(settings, (sentence) => complaints.push(sentence), endpoint.transport);
});
afterEach(async () => {
  await sink.close();
  await endpoint.close();
});

const telemetryTo = (to: TelemetrySink): Telemetry =>
  new Telemetry({
    open: () => Promise.resolve(to),
    now: () => Date.now(),
    complain: (sentence) => complaints.push(sentence),
  });
const delivery = (n: number, input: unknown = null): Invocation => ({
  ...{ functionName: 'deliver', invocationId: `invocation-${n}`, input },
  hostPlace: `00-${String(n).padStart(32, '1')}-${String(n).padStart(16, '2')}-00`,
});
const eventsOf = (envelopes: readonly Envelope[]) => envelopes.filter(({ data }) => data.baseType === 'EventData');
const stepsOf = (envelopes: readonly Envelope[]) =>
  envelopes.filter(({ data }) => data.baseType === 'RemoteDependencyData' || data.baseType === 'RequestData');
/** All are told that are known to have been told: the exporter takes them at once, and sends them when it is asked to. */
const flushed = async (telemetry: Telemetry, told: number): Promise<void> => {
  while (telemetry.untold > 0) await sleep(1);
  do await sink.flush();
  while (eventsOf(endpoint.envelopes).length < told);
};

test('2,000 deliveries give 2,000 events and 2,000 spans, although the host samples none of their traces', async () => {
  const telemetry = telemetryTo(sink);
  for (let n = 1; n <= 2_000; n++)
    await telemetry.invocation(delivery(n), async () => {
      await Promise.resolve();
      telemetry.emit('rollcall.deliver.sent', { ...SENT, delivery: n });
    });
  await flushed(telemetry, 2_000);
  const events = eventsOf(endpoint.envelopes);
  expect(new Set(events.map(({ data }) => data.baseData.properties?.['delivery'])).size).toBe(2_000);
  expect(events).toHaveLength(2_000);
  expect(stepsOf(endpoint.envelopes)).toHaveLength(2_000);
  expect(endpoint.envelopes.filter(({ sampleRate = 100 }) => sampleRate !== 100)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('every member of every event arrives under its name', async () => {
  const told = EVENT_NAMES.map((name): [EventName, AnyEventFields] => [
    name,
    Object.fromEntries(
      Object.entries<string>(EVENTS[name]).map(([member, kind]) => [member, SOME[kind.replace('?', '')] ?? 7]),
    ),
  ]);
  const telemetry = telemetryTo(sink);
  await telemetry.invocation(delivery(1), async () => {
    await Promise.resolve();
    for (const [name, fields] of told) telemetry.emit(name, fields as EventFields<typeof name>);
  });
  await flushed(telemetry, told.length);
  const arrived = eventsOf(endpoint.envelopes).map(({ data: { baseData } }) => [
    baseData.name,
    { ...baseData.properties, invocation: undefined },
  ]);
  const texts = (fields: AnyEventFields) =>
    Object.fromEntries(Object.entries(fields).map(([member, value]) => [member, String(value)]));
  expect(arrived).toEqual(told.map(([name, fields]) => [name, { ...texts(fields), invocation: undefined }]));
});

test('what a message names is one trace with what it starts, steps and events included', async () => {
  const telemetry = telemetryTo(sink);
  const input = { version: 1, trace: `00-${TRACE}-${'b'.repeat(16)}-01` };
  await telemetry.invocation(delivery(1, input), async () => {
    await Promise.resolve();
    telemetry.emit('rollcall.deliver.sent', SENT);
  });
  await telemetry.invocation(delivery(2), () =>
    telemetry.step('settle', input.trace, async () => {
      await Promise.resolve();
      telemetry.emit('rollcall.reconcile.repaired', { run: RUN, batch: '000001' });
    }),
  );
  await flushed(telemetry, 2);
  const inTrace = endpoint.envelopes.filter(({ tags }) => tags['ai.operation.id'] === TRACE);
  expect(inTrace.map(({ data }) => data.baseData.name).sort()).toEqual([
    'deliver',
    'deliver settle',
    'rollcall.deliver.sent',
    'rollcall.reconcile.repaired',
  ]);
  const span = stepsOf(inTrace).find(({ data }) => data.baseData.name === 'deliver');
  expect(span?.tags['ai.operation.parentId']).toBe('b'.repeat(16));
  expect(eventsOf(inTrace)[0]?.tags['ai.operation.parentId']).toBe(span?.data.baseData.id);
});

test('a fault tells its name and places; the words only of our own', async () => {
  const telemetry = telemetryTo(sink);
  const fail = (n: number, error: Error) =>
    expect(telemetry.invocation(delivery(n), () => Promise.reject(error))).rejects.toBe(error);
  await fail(1, new TypeError('ada.lovelace@contoso.example'));
  telemetry.emit('rollcall.reconcile.repaired', { run: RUN, batch: '000001' });
  while (telemetry.untold > 0) await sleep(1);
  await sink.flush();
  const [fault] = endpoint.envelopes.filter(({ data }) => data.baseType === 'ExceptionData');
  expect(fault?.data.baseData.exceptions?.[0]?.typeName).toBe('TypeError');
  expect(endpoint.text()).not.toContain('ada.lovelace');
  expect(endpoint.text()).not.toContain('rollcall.reconcile.repaired');
});

test('metrics arrive with their dimensions, and with nothing else', async () => {
  const telemetry = telemetryTo(sink);
  await telemetry.invocation(delivery(1), async () => {
    await Promise.resolve();
    for (let n = 0; n < 3; n++) telemetry.emit('rollcall.deliver.sent', SENT);
    telemetry.emit('rollcall.deliver.throttled', { ...SENT, retryAfterMs: 5_000 });
  });
  await flushed(telemetry, 4);
  const measured = endpoint.envelopes
    .filter(({ data }) => data.baseType === 'MetricData')
    .flatMap(({ data: { baseData } }) =>
      (baseData.metrics ?? []).map(({ name, value }) => [name, value, baseData.properties?.['answer']]),
    )
    .filter(([name]) => String(name).startsWith('rollcall.'));
  expect(measured).toEqual(
    expect.arrayContaining([
      ['rollcall.calls', 3, 'sent'],
      ['rollcall.calls', 1, 'throttled'],
      ['rollcall.gate.wait', 580, undefined],
    ]),
  );
});
