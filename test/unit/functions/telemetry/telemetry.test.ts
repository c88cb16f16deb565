// The eyes of a worker: nothing is lost while the exporter is loaded, nothing waits for it, and nothing fails because of it.
import { setImmediate as turn } from 'node:timers/promises';
import { RollcallError } from '../../../../shared/core/errors';
import { exporterSettings } from '../../../../functions/telemetry/exporter-settings';
import type { Invocation } from '../../../../functions/telemetry/telemetry';
import { Telemetry } from '../../../../functions/telemetry/telemetry';
import type { TelemetryRecord, TelemetrySink } from '../../../../functions/telemetry/telemetry-record';

const RUN = { run: '20261121T080000Z-0123456789', batch: '000001' };
const HOST = `00-${'1'.repeat(32)}-${'2'.repeat(16)}-00`;
const invocation = (more: Partial<Invocation> = {}): Invocation => ({
  ...{ functionName: 'deliver', invocationId: 'a', hostPlace: HOST, input: null },
  ...more,
});

function world(open?: () => Promise<TelemetrySink>) {
  const records: TelemetryRecord[] = [];
  const complaints: string[] = [];
  const sink: TelemetrySink = {
    take: (record) => records.push(record),
    flush: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  let now = 0;
  const telemetry = new Telemetry({
    open: open ?? (() => Promise.resolve(sink)),
    now: () => now++,
    complain: (sentence) => complaints.push(sentence),
  });
  const tell = async (about = invocation()): Promise<void> =>
    telemetry.invocation(about, async () => {
      await Promise.resolve();
      telemetry.emit('rollcall.reconcile.repaired', RUN);
    });
  const pass = (ms: number): void => void (now += ms);
  return { telemetry, records, complaints, sink, tell, pass };
}

test('what is told before the exporter is there follows when it is', async () => {
  let opened: (sink: TelemetrySink) => void = () => undefined;
  const { records, sink, tell } = world(() => new Promise((resolve) => (opened = resolve)));
  await tell();
  await turn();
  await tell();
  expect(records).toEqual([]);
  opened(sink);
  await turn();
  expect(records.map(({ kind }) => kind)).toEqual(['event', 'step', 'event', 'step']);
});

test('the work of the first invocation begins before the exporter is loaded', async () => {
  const order: string[] = [];
  const one = world();
  const { telemetry } = world(() => {
    order.push('loaded');
    return Promise.resolve(one.sink);
  });
  await telemetry.invocation(invocation(), async () => {
    order.push('begun');
    await turn();
    await turn();
    order.push('ended');
  });
  expect(order).toEqual(['begun', 'loaded', 'ended']);
});

test('an exporter that cannot be loaded fails no invocation, is told of, and is tried again a minute later', async () => {
  let tries = 0;
  const { complaints, tell, pass } = world(() => {
    tries++;
    return Promise.reject(new TypeError('of the exporter'));
  });
  for (let i = 0; i < 3; i++) {
    await tell();
    await turn();
  }
  expect([tries, complaints]).toEqual([1, ['telemetry is not exported: TypeError']]);
  pass(60_000);
  await tell();
  await turn();
  expect(tries).toBe(2);
});

test('without a place to export to there is no trace, and nothing is kept', async () => {
  const telemetry = new Telemetry({ open: null, now: () => 0, complain: () => undefined });
  const seen = await telemetry.invocation(invocation(), () => {
    telemetry.emit('rollcall.reconcile.repaired', RUN);
    return Promise.resolve(telemetry.current());
  });
  expect([seen, telemetry.untold]).toEqual([null, 0]);
});

test('an invocation stands in the trace of its message, else in that of the host, and tells the other as a link', async () => {
  const { records, telemetry } = world();
  const trace = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  const place = (input: unknown) =>
    telemetry.invocation(invocation({ input }), () => Promise.resolve(telemetry.current()));
  expect(await place({ version: 1, trace })).toMatch(new RegExp(`^00-${'a'.repeat(32)}-[0-9a-f]{16}-01$`));
  for (const input of [
    null,
    'text',
    { version: 1 },
    { trace: 'forged' },
    { trace: 7 },
    { trace: `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01` },
  ])
    expect(await place(input)).toMatch(new RegExp(`^00-${'1'.repeat(32)}-[0-9a-f]{16}-01$`));
  await turn();
  expect(records.map((record) => record.kind === 'step' && [record.parent?.spanId, record.link?.traceId])).toEqual([
    ['b'.repeat(16), '1'.repeat(32)],
    ...Array.from({ length: 6 }, () => ['2'.repeat(16), undefined]),
  ]);
});

test('two invocations at once keep their places apart', async () => {
  const { telemetry } = world();
  const placeOf = (hostPlace: string) =>
    telemetry.invocation(invocation({ hostPlace }), async () => {
      await turn();
      return telemetry.current()?.slice(3, 35);
    });
  const [a, b] = ['a'.repeat(32), 'b'.repeat(32)];
  expect(await Promise.all([a, b].map((id) => placeOf(`00-${id}-${'2'.repeat(16)}-00`)))).toEqual([a, b]);
});

test('a step leaves a span only if something was told in it, or it failed', async () => {
  const { records, telemetry } = world();
  await telemetry.invocation(invocation(), async () => {
    await telemetry.step('quiet', null, () => Promise.resolve());
    await telemetry.step('telling', null, () => {
      telemetry.emit('rollcall.reconcile.repaired', RUN);
      return Promise.resolve();
    });
    await telemetry
      .step('failing', null, () => Promise.reject(new RollcallError('storage-blob', 'retry', 'ours')))
      .catch(() => undefined);
  });
  await turn();
  const steps = records.flatMap((record) => (record.kind === 'step' ? [[record.name, record.fault?.message]] : []));
  expect(steps).toEqual([
    ['deliver telling', undefined],
    ['deliver failing', 'ours'],
    ['deliver', undefined],
  ]);
});

test('the settings are the platform’s own', () => {
  expect(exporterSettings({})).toBeNull();
  const of = (text: string) =>
    exporterSettings({ APPLICATIONINSIGHTS_CONNECTION_STRING: 'x', APPLICATIONINSIGHTS_AUTHENTICATION_STRING: text })
      ?.identity;
  expect([of(''), of('Authorization=AAD'), of('ClientId=c1;Authorization=AAD')]).toEqual([
    'key',
    { clientId: null },
    { clientId: 'c1' },
  ]);
});
