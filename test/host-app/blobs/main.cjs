// Blob functions: by bytes, by text, by reference, from events; they log their input.
const { app } = require('@azure/functions');
const { ResourceFactoryResolver } = require('@azure/functions-extensions-base');

ResourceFactoryResolver.getInstance().registerResourceFactory('AzureStorageBlobs', (data) => ({
  version: data.version,
  contentType: data.contentType,
  ...JSON.parse(data.content.toString()),
}));

const note = (context, what) => context.log(JSON.stringify(what));
const connection = 'AzureWebJobsStorage';

app.storageBlob('bytes', {
  path: '%CONTAINER%/bytes/{source}/{name}',
  connection,
  handler: (blob, context) => {
    const { blobTrigger, source, name, properties } = context.triggerMetadata;
    note(context, {
      fn: 'bytes',
      isBuffer: Buffer.isBuffer(blob),
      text: blob.toString(),
      blobTrigger,
      source,
      name,
      length: properties.contentLength,
    });
    if (blob.toString() === 'fail') {
      throw new Error('asked to fail');
    }
  },
});
app.storageBlob('reference', {
  path: '%CONTAINER%/reference/{name}',
  connection,
  sdkBinding: true,
  handler: (blob, context) => note(context, { fn: 'reference', blob, name: context.triggerMetadata.name }),
});
app.storageBlob('unnamed', {
  path: '%CONTAINER%/unnamed/{name}',
  sdkBinding: true,
  handler: (blob, context) => note(context, { fn: 'unnamed', blob, name: context.triggerMetadata.name }),
});
app.storageBlob('events', {
  path: '%CONTAINER%/events/{name}',
  connection,
  source: 'EventGrid',
  handler: (blob, context) =>
    note(context, { fn: 'events', text: blob.toString(), name: context.triggerMetadata.name }),
});
