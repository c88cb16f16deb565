// A job is taken off the list while a file is being sent: what was sent gets its verdicts, the rest waits and is not lost.
import { csvOf, JOB, person, settingsOf, SOURCE } from './contoso';
import type { Nights } from './nights';
import { nights } from './nights';

const PEOPLE = Array.from({ length: 60 }, (_, at) => `p${at + 10}`);
const FILE = csvOf(...PEOPLE.map((id) => person(id)));
const OTHER_JOB = { ...JOB, jobId: 'API2AAD.other' };

/** The list loses the job after the first call for it, which has the people of one batch of two; a day goes by. `sent`: how many they are. */
async function halfSent() {
  const allowed = new Set([JOB.jobId, OTHER_JOB.jobId]);
  const world: Nights = await nights({}, {}, { allowsJob: ({ jobId }) => allowed.has(jobId) });
  const { graph } = world.pipeline;
  const honest = graph.answer;
  graph.answer = (request) => {
    if (request.method === 'POST' && request.path.includes(JOB.jobId)) allowed.delete(JOB.jobId);
    return honest(request);
  };
  const run = await world.drop(FILE);
  for (let tick = 0; tick < 24 * 12; tick++) await world.tick();
  graph.answer = honest;
  const sent = world.tenant.directory.size;
  expect([10, 50]).toContain(sent);
  return { world, run, allowed, sent };
}

test('rows that were sent have their verdicts, the others wait for the job, for as long as it takes', async () => {
  const { world, run, sent } = await halfSent();
  expect(world.tenant.calls).toBe(1);
  expect(world.run(run)).toMatchObject({ state: 'sending', waitsFor: 'job-withdrawn', reason: null });
  const works = world.pipeline.ledger.batches.peekAll(run.run).flatMap(({ rows }) => rows.map(({ work }) => work));
  expect(works.filter((work) => work === 'done')).toHaveLength(sent);
  expect(works.filter((work) => work === 'todo')).toHaveLength(PEOPLE.length - sent);
});

test('once the job is on the list again, they are sent, and every row has one verdict', async () => {
  const { world, run, allowed } = await halfSent();
  allowed.add(JOB.jobId);
  await world.rest();
  expect(world.run(run)).toMatchObject({ state: 'settled', verdicts: { created: PEOPLE.length } });
  expect(world.tenant.calls).toBe(2);
});

test('or the same file, with a job that is on the list, takes over what was not sent', async () => {
  const { world, run, sent } = await halfSent();
  world.pipeline.sources.put(SOURCE, settingsOf({}, { job: OTHER_JOB }));
  const later = await world.drop(FILE);
  await world.rest();
  expect(world.run(run)).toMatchObject({
    state: 'settled',
    verdicts: { created: sent, superseded: PEOPLE.length - sent },
  });
  expect(world.run(later)).toMatchObject({ state: 'settled', rows: PEOPLE.length, job: OTHER_JOB });
  const paths = world.pipeline.graph.posts.map(({ path }) => path);
  expect(paths.filter((path) => path.includes(JOB.jobId))).toHaveLength(1);
});
