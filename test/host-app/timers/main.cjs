// Timers: one that runs longer than its interval, one that is rarely due, one that runs at start.
const { app } = require('@azure/functions');
const { setTimeout: sleep } = require('node:timers/promises');

const note = (context, what) => context.log(JSON.stringify({ ...what, at: Date.now(), pid: process.pid }));

app.timer('often', {
  schedule: '%OFTEN%',
  handler: async (timer, context) => {
    note(context, { fn: 'often', edge: 'begin', timer });
    await sleep(Number(process.env.OFTEN_HOLD_MS ?? '1500'));
    note(context, { fn: 'often', edge: 'end' });
  },
});
app.timer('seldom', {
  schedule: '0 0 4 1 1 *',
  handler: (timer, context) => note(context, { fn: 'seldom', timer }),
});
app.timer('atStart', {
  schedule: '0 0 4 1 1 *',
  runOnStartup: true,
  useMonitor: false,
  handler: (timer, context) => note(context, { fn: 'atStart', timer }),
});
