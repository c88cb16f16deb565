// Registers a function, and then throws: the worker has it, and yet the app has no function.
const { app } = require('@azure/functions');

app.http('hello', { handler: () => ({ body: 'never' }) });
throw new Error('broken after registering');
