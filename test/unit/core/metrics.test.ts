// Metrics are measured in events alone: each is fed by some event, with the dimensions that it declares and no others.
import { measuresOf, METRICS } from '../../../shared/core/metrics';
import type { AnyEventFields, EventFields } from '../../../shared/core/telemetry';
import { EVENT_NAMES, EVENTS } from '../../../shared/core/telemetry';

const SOME: Readonly<Record<string, string | boolean>> = { id: 'x', word: 'word', flag: true };
/** An event with all members that it may have. */
const full = (name: (typeof EVENT_NAMES)[number]): AnyEventFields =>
  Object.fromEntries(
    Object.entries<string>(EVENTS[name]).map(([member, kind]) => [member, SOME[kind.replace('?', '')] ?? 7]),
  );
const measured = EVENT_NAMES.flatMap((name) => measuresOf(name, full(name) as EventFields<typeof name>));

test('each metric is measured in some event, with its dimensions', () => {
  expect(new Set(measured.map(({ metric }) => metric))).toEqual(new Set(Object.keys(METRICS)));
  for (const { metric, dimensions } of measured)
    expect([metric, Object.keys(dimensions)]).toEqual([metric, METRICS[metric].dimensions]);
});
test('no dimension is a run, a batch or a file', () => {
  const used = new Set(Object.values(METRICS).flatMap(({ dimensions }) => [...dimensions]));
  expect([...used].sort()).toEqual(['answer', 'queue', 'source', 'verdict']);
});
test('reports that are written again, or of a file that is still held, count no row twice', () => {
  const rows = (more: Partial<EventFields<'rollcall.reconcile.settled'>>) =>
    measuresOf('rollcall.reconcile.settled', {
      ...{ source: 's', run: 'r', state: 'settled', rows: 3, isFirst: true, created: 2, failed: 1 },
      ...more,
    }).map(({ value, dimensions }) => [dimensions['verdict'], value]);
  expect(rows({})).toEqual([
    ['created', 2],
    ['failed', 1],
  ]);
  expect(rows({ isFirst: false })).toEqual([]);
  expect(rows({ state: 'held' })).toEqual([]);
});
