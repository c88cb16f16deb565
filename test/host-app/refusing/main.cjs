// An app that registers a function and says that it cannot work.
const { app } = require('@azure/functions');

app.http('hello', { handler: () => ({ body: 'started all the same' }) });
exports.refusesToStart = () => (process.env.WORKS === 'true' ? null : new Error('refused on purpose'));
