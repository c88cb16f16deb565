// Where the reading of a log goes on, and whose turn it is.
import { LogPlaces } from '../../../shared/graph/log-places';
import type { JobKey } from '../../../shared/graph/job-key';

const jobOf = (jobId: string): JobKey => ({ servicePrincipalId: 'sp', jobId });
const place = {
  begun: 5,
  readUntil: 3,
  stretch: { after: 1, before: null },
  later: [],
  path: '/x',
  seen: new Set<string>(),
  untold: new Set<string>(),
  refusals: 0,
};

test('a place is given once, to its job', () => {
  const places = new LogPlaces();
  places.keep(jobOf('a'), place);
  expect(places.take(jobOf('b'), 3)).toBeNull();
  expect(places.take(jobOf('a'), 3)).toBe(place);
  expect(places.take(jobOf('a'), 3)).toBeNull();
});
test('a place is lost when the watermark has moved without us', () => {
  const places = new LogPlaces();
  places.keep(jobOf('a'), place);
  expect(places.take(jobOf('a'), 4)).toBeNull();
  expect(places.take(jobOf('a'), 3)).toBeNull();
});
test('whoever was read longest ago comes first, new ones before all', () => {
  const places = new LogPlaces();
  const turns = (...ids: readonly string[]) => places.inTurn(ids, jobOf);
  expect(turns('a', 'b', 'c')).toEqual(['a', 'b', 'c']);
  for (const id of ['a', 'b']) places.take(jobOf(id), 0);
  expect(turns('a', 'b', 'c')).toEqual(['c', 'a', 'b']);
  places.take(jobOf('a'), 0);
  expect(turns('a', 'b', 'c')).toEqual(['c', 'b', 'a']);
});
