// A process that does with an app what the worker does: it takes the app's environment and folder, loads the app, describes its functions, and calls
// those that it is told to. Plain JavaScript, because it is started as it is.
const Module = require('node:module');
const { join, resolve } = require('node:path');

const host = (file) => require(resolve(__dirname, '../../../dist/local/host', file));
const { AppRegistry, installFakeCore } = host('fake-core.js');
const { Invoker } = host('invoker.js');
const { specialise } = host('specialise.js');

/** The functions as the worker describes them to the host. Source: worker, registerFunction.ts. */
const describe = ({ metadata }) => ({
  ...(metadata.retryOptions === undefined ? {} : { retryOptions: metadata.retryOptions }),
  name: metadata.name,
  rawBindings: Object.entries(metadata.bindings).map(([name, binding]) => JSON.stringify({ ...binding, name })),
});

/** What the function gets that belongs to its trigger. */
const INPUTS = {
  queueTrigger: { string: '{}' },
  timerTrigger: { json: '{"IsPastDue":false}' },
  blobTrigger: {
    modelBindingData: {
      version: '1.0',
      source: 'AzureStorageBlobs',
      contentType: 'application/json',
      content: Buffer.from(JSON.stringify({ ContainerName: 'inbound', BlobName: 'contoso-hr/people.csv' })),
    },
  },
};

async function run({ appDir, environment, calls }) {
  const events = [];
  const registry = new AppRegistry();
  installFakeCore(registry, '4.0.0', () => undefined);
  specialise(appDir, environment);
  const main = join(appDir, Module.createRequire(join(appDir, 'package.json'))('./package.json').main);
  const before = new Set(Object.keys(require.cache));
  const exported = require(main);
  const loaded = Object.keys(require.cache).filter((file) => !before.has(file));
  await registry.runHooks('appStart', { hookData: {}, appHookData: {} });
  const tell = (level, event, message, { functionName }) => events.push({ level, event, message, functionName });
  const invoker = new Invoker(registry, () => Promise.resolve(), tell);
  for (const fn of [...registry.functions.values()].filter(({ metadata }) => calls.includes(metadata.name))) {
    const [bindingName, { type }] = Object.entries(fn.metadata.bindings)[0];
    await invoker.invoke(fn, { bindingName, data: INPUTS[type], metadata: {}, reason: 'The test asks.' });
  }
  return {
    functions: [...registry.functions.values()].map(describe),
    refusal: exported.refusesToStart()?.message ?? null,
    loaded,
    events,
  };
}

process.once('message', (order) => {
  run(order).then(
    (answer) => process.send(answer, () => process.disconnect()),
    (error) => process.send({ failed: String(error?.stack ?? error) }, () => process.disconnect()),
  );
});
