// HTTP functions that answer with their request.
const { app } = require('@azure/functions');

app.http('echo', {
  methods: ['GET', 'POST'],
  route: 'items/{id:int}/{*rest}',
  handler: async (request) => ({
    status: 201,
    headers: { 'x-seen': request.headers.get('x-sent') ?? '' },
    cookies: [{ name: 'a', value: 'b c', httpOnly: true }],
    jsonBody: {
      params: request.params,
      query: Object.fromEntries(request.query),
      method: request.method,
      body: await request.text(),
    },
  }),
});
app.http('nothing', { handler: () => undefined });
app.http('fails', {
  handler: () => {
    throw new Error('with a secret');
  },
});
