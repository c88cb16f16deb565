// Says what it found in its environment while it loaded.
const { app } = require('@azure/functions');

const found = { folder: process.cwd(), given: process.env.GIVEN ?? null, empty: process.env.EMPTY ?? null };
app.http('found', { handler: () => ({ jsonBody: found }) });
