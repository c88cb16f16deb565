// Queue functions that do what their message says and log their input.
const { app, output } = require('@azure/functions');
const { setTimeout: sleep } = require('node:timers/promises');

const note = (context, what) => context.log(JSON.stringify(what));

app.hook.appStart(() => console.log('app-started'));
app.hook.appTerminate(() => console.log('app-terminated'));
app.hook.preInvocation((context) => {
  context.hookData.seen = 'before';
});
app.hook.postInvocation((context) => {
  context.invocationContext.log(
    JSON.stringify({ hook: 'after', data: context.hookData, failed: context.error !== null }),
  );
});
app.hook.log((context) => {
  context.message = context.message.replace('secret', '***');
});

const copies = output.storageQueue({ queueName: '%OUT_QUEUE%', connection: 'AzureWebJobsStorage' });

async function work(message, context) {
  const { dequeueCount } = context.triggerMetadata;
  note(context, {
    begin: message,
    type: Buffer.isBuffer(message) ? 'buffer' : typeof message,
    dequeueCount,
    metadata: context.triggerMetadata,
  });
  // A loop that no timer and no signal gets through.
  while (dequeueCount <= (message.blocks ?? 0));
  await sleep(message.holdMs ?? 0);
  if (dequeueCount <= (message.failures ?? 0)) {
    throw new Error('asked to fail');
  }
  if (message.copies !== undefined) {
    context.extraOutputs.set(copies, message.copies);
  }
  note(context, { end: message, dequeueCount });
}

app.storageQueue('work', {
  queueName: '%IN_QUEUE%',
  connection: 'AzureWebJobsStorage',
  extraOutputs: [copies],
  handler: work,
});
app.storageQueue('poison', {
  queueName: '%IN_QUEUE%-poison',
  connection: 'Storage',
  handler: (message, context) => {
    note(context, { poisoned: message, dequeueCount: context.triggerMetadata.dequeueCount });
    if (process.env.POISON_FAILS === 'true') {
      throw new Error('asked to fail');
    }
  },
});
