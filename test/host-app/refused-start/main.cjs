// A hook that runs before anything else fails.
const { app } = require('@azure/functions');

app.http('hello', { handler: () => ({ body: 'never' }) });
app.hook.appStart(() => Promise.reject(new Error('broken in a hook')));
