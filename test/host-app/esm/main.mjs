// An ES module with a top-level await, which `require` cannot load.
import { app } from '@azure/functions';

const greeting = await Promise.resolve(process.env.GREETING ?? 'none');
app.http('hello', { handler: () => ({ body: `${greeting} ${process.env.FROM_FILE}` }) });
