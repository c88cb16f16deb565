// The map of the machine: every trigger on one screen. Importing this file registers them; everything else is wiring.
import { app } from '@azure/functions';
import { compose, openGraph, openStorage } from './compose';
import { blobReferences } from './azure-blob-reference';
import { onArrival } from './on-arrival';
import { onDelivery } from './on-delivery';
import { onExport } from './on-export';
import { onPoisonArrival, onPoisonDelivery, onPoisonExport } from './on-poison';
import { onTimer } from './on-timer';
import { parseAppSettings } from './settings';
import { withPipeline } from './with-pipeline';

// eslint-disable-next-line no-restricted-properties -- the one place where the environment is read
const settings = parseAppSettings(process.env);
const storage = openStorage(settings);
// A Graph URL or a credential that must not be used stops the app here, before any message is taken off a queue.
const graph = openGraph(settings);
const pipeline = withPipeline((emit) => compose(settings, storage, graph, emit));
const connection = 'AzureWebJobsStorage';

app.hook.appStart(async () => {
  if (settings.ROLLCALL_CREATE_STORAGE) await storage.create();
});

blobReferences(storage.blobs);

// HR drops a file: intake turns it into batches.
app.storageBlob('intake', {
  path: 'inbound/{source}/{name}',
  connection,
  source: settings.ROLLCALL_BLOB_SOURCE,
  sdkBinding: true,
  handler: pipeline(onExport),
});
// Everything else that starts or restarts an intake: the sweep, an approval, an operator.
app.storageQueue('arrival', { queueName: 'arrivals', connection, handler: pipeline(onArrival) });
// One message, at most one bulk request.
app.storageQueue('deliver', { queueName: 'deliveries', connection, handler: pipeline(onDelivery) });
// Reads logs, gives verdicts, sends again what failed, settles runs.
app.timer('reconcile', { schedule: '%ROLLCALL_RECONCILE_SCHEDULE%', handler: pipeline(onTimer) });
// Nothing that reaches a poison queue may be lost.
app.storageQueue('poison-delivery', {
  queueName: 'deliveries-poison',
  connection,
  handler: pipeline(onPoisonDelivery),
});
app.storageQueue('poison-arrival', { queueName: 'arrivals-poison', connection, handler: pipeline(onPoisonArrival) });
app.storageQueue('poison-export', {
  queueName: 'webjobs-blobtrigger-poison',
  connection,
  handler: pipeline(onPoisonExport),
});
