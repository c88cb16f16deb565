// azd runs this once the app is deployed: the second phase. The subscription to events calls the blob trigger with a key that the host makes when
// it first starts, so this waits for the key. A queue needs none. Options: --tries N, --pause SECONDS
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { az, runScript, valueOf } from './az.mjs';

const TEMPLATE = join(dirname(fileURLToPath(import.meta.url)), '..', 'subscription.bicep');
const { values: options } = parseArgs({
  options: { tries: { type: 'string', default: '40' }, pause: { type: 'string', default: '15' } },
});

/** Tries until it returns something. Throws `failure` with the last error when the tries are over. */
async function until(attempt, failure) {
  for (let tried = 1; ; tried += 1) {
    let trouble = 'not yet';
    try {
      if (attempt()) return;
    } catch (error) {
      trouble = error.message;
    }
    if (tried >= Number(options.tries)) throw new Error(`${failure}: ${trouble}`);
    console.log(`Rollcall: waiting (${tried}): ${trouble}`);
    await pause(Number(options.pause) * 1_000);
  }
}

await runScript(async () => {
  const place = [
    '--subscription',
    valueOf('AZURE_SUBSCRIPTION_ID'),
    '--resource-group',
    valueOf('AZURE_RESOURCE_GROUP'),
  ];
  const appName = valueOf('ROLLCALL_APP_NAME');
  const eventDestination = valueOf('ROLLCALL_EVENT_DESTINATION');
  const parameters = {
    appName,
    storageName: valueOf('ROLLCALL_STORAGE_NAME'),
    topicName: valueOf('ROLLCALL_TOPIC_NAME'),
    eventDestination,
  };

  if (eventDestination === 'webhook')
    await until(
      // Only whether there is one: the key itself stays in Azure.
      () =>
        az(
          'functionapp',
          'keys',
          'list',
          ...place,
          '--name',
          appName,
          '--query',
          "contains(keys(systemKeys), 'blobs_extension')",
        ),
      'the app has not started: it has no key blobs_extension. Look at its log; azd deploy tries again. Until then the timer finds new files',
    );
  // Roles take minutes to take effect, and the app answers Event Grid's first question only when it is awake.
  await until(
    () =>
      az(
        'deployment',
        'group',
        'create',
        ...place,
        '--name',
        'rollcall-subscription',
        '--template-file',
        TEMPLATE,
        '--parameters',
        ...Object.entries(parameters).map(([name, value]) => `${name}=${value}`),
      ),
    'the subscription to events could not be made. azd deploy tries again; until then the timer finds new files',
  );
  console.log(`Rollcall: files are announced by ${eventDestination}`);
});
