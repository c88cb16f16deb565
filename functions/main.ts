// The map of the machine: every trigger on one screen. Importing this file registers them, whatever the settings are; everything else is wiring.
import type { InvocationContext } from '@azure/functions';
import { app } from '@azure/functions';
import { blobReferences } from './azure-blob-reference';
import { putBack } from './azure-put-back';
import { systemClock } from './compose';
import { onArrival } from './on-arrival';
import { onDelivery } from './on-delivery';
import { onEvent } from './on-event';
import { onExport } from './on-export';
import { onPoisonArrival, onPoisonDelivery, onPoisonEvent, onPoisonExport, untilDone } from './on-poison';
import { onTimer } from './on-timer';
import { buildPipeline, judgeApp } from './ready-app';
import { fromQueue } from './queue-message';
import { lenientSettings } from './settings';
import { exporterSettings } from './telemetry/exporter-settings';
import { Telemetry } from './telemetry/telemetry';
import type { Story } from './with-pipeline';
import { keepNothing, withPipeline } from './with-pipeline';

// eslint-disable-next-line no-restricted-properties -- the one place where the environment is read
const environment = process.env;
// A function that is not registered tells nobody why: so mistakes show at each invocation, never while this file loads.
const settings = lenientSettings(environment);
const keep = putBack(environment, settings.ROLLCALL_HALT_PAUSE_SECONDS * 1_000);
const exporter = exporterSettings(environment);
const complain = (sentence: string): boolean => process.stderr.write(`${sentence}\n`);
const telemetry = new Telemetry({
  open: exporter && (async () => (await import('./telemetry/azure-monitor.ts')).openAzureMonitor(exporter, complain)),
  now: () => systemClock.now(),
  complain,
});
const handler = withPipeline(() => judgeApp(environment), buildPipeline, telemetry);
const connection = 'AzureWebJobsStorage';
/** A function that takes the messages of a queue. */
function onQueue(queueName: string, story: Story) {
  const handle = handler.of(story, keep.message(queueName));
  return {
    queueName,
    connection,
    handler: (input: unknown, context: InvocationContext) => handle(fromQueue(input), context),
  };
}

// The worker exports what it has to tell, each thing once: the host leaves the logs of functions out (docs/reference/azure-functions.md §D.8).
if (exporter !== null) app.setup({ capabilities: { WorkerOpenTelemetryEnabled: true } });
app.hook.appStart(async () => {
  // The host's own log has what its worker writes to standard error, before anything is invoked (docs/reference/azure-functions.md §D.9).
  const refusal = handler.refusal();
  if (refusal !== null) process.stderr.write(`error: the functions refuse to work: ${refusal.message}\n`);
  await handler.warmUp();
});
app.hook.appTerminate(() => telemetry.close());

blobReferences();

// HR drops a file: Event Grid calls the blob trigger, or writes to a queue where it cannot call the app.
if (settings.ROLLCALL_EVENT_DESTINATION === 'webhook')
  app.storageBlob('intake', {
    path: 'inbound/{source}/{name}',
    connection,
    source: settings.ROLLCALL_BLOB_SOURCE,
    sdkBinding: true,
    handler: handler.of(onExport, keep.export),
  });
else app.storageQueue('event', onQueue('events', onEvent));
// Intake turns the file into batches. Whatever starts or starts it again puts a message here: the two above, the sweep, an approval, a person.
app.storageQueue('arrival', onQueue('arrivals', onArrival));
// One message, at most one bulk request.
app.storageQueue('deliver', onQueue('deliveries', onDelivery));
// Logs are read, verdicts given, failures retried, runs settled.
app.timer('reconcile', { schedule: settings.ROLLCALL_RECONCILE_SCHEDULE, handler: handler.of(onTimer, keepNothing) });
// Nothing that ends up in a poison queue may vanish.
const lastStop = (queueName: string, story: Story) => onQueue(queueName, untilDone(story, keep.message(queueName)));
app.storageQueue('poison-delivery', lastStop('deliveries-poison', onPoisonDelivery));
app.storageQueue('poison-arrival', lastStop('arrivals-poison', onPoisonArrival));
app.storageQueue('poison-event', lastStop('events-poison', onPoisonEvent));
app.storageQueue('poison-export', lastStop('webjobs-blobtrigger-poison', onPoisonExport));

/** For the local host, which refuses to start such an app: why no function would do anything, or null. The real host ignores exports. */
export const refusesToStart = (): Error | null => handler.refusal();
