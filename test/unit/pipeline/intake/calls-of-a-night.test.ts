// What a usual night costs: how often intake asks each port, when few of the people in a full file have changed. Each call is a storage
// transaction or more, so what was read once is passed on, and nothing is asked for each person.
import { intake } from '../../../../shared/pipeline/intake/intake';
import type { RecordedCalls } from '../../memory/recorded-calls';
import { csvOf, person, SOURCE } from '../contoso';
import { settledNights } from '../nights';

const PEOPLE = 400;
const fileOf = (changed: number): string =>
  csvOf(
    ...Array.from({ length: PEOPLE }, (_, i) =>
      person(`p${i}`, 'Active', i < changed ? `new${i}@contoso.example` : undefined),
    ),
  );

/** Calls by port and method; those on a run's files also by file: `own` of the run, else of another one. */
async function callsOf(changed: number): Promise<Readonly<Record<string, number>>> {
  const { pipeline } = await settledNights('full', fileOf(0), { guard: { renamed: false, changed: false } });
  const blob = `${SOURCE}/people.csv`;
  pipeline.exports.drop(blob, fileOf(changed));
  const { ledger, files, exports, sources, rosters, owners, deliveries, arrivals, reports, evidence } = pipeline;
  const ports = { ...ledger, files, exports, sources, rosters, owners, deliveries, arrivals, reports, evidence };
  const counts: Record<string, number> = {};
  for (const [port, { calls }] of Object.entries<{ readonly calls: RecordedCalls }>(ports))
    calls.before = ({ method, key }) => {
      const file = port === 'files' ? ` ${key.split('/').at(-1)}` : '';
      const name = `${port}.${method}${file}`;
      counts[name] = (counts[name] ?? 0) + 1;
    };
  await intake(pipeline, { version: 1, blob });
  return counts;
}

test('the calls of a night in which three people of four hundred changed', async () => {
  expect(await callsOf(3)).toEqual({
    // The receipt, two moves of the run, and its batches.
    'exports.head': 1,
    'runs.insert': 1,
    'runs.read': 3,
    'runs.replace': 3,
    'batches.insertNew': 1,
    // Listings: the files of the day; what ended before; files before, at the end of this one; whom to overtake, with held runs; other runs for the
    // decision; then what may be released, and other runs once more.
    'runs.ofSource': 6,
    'runs.firstInPlay': 2,
    'runs.inStates': 1,
    'batches.releasable': 1,
    'batches.readMany': 1,
    // What is pinned is read from the source, and written; the first attempt does not look for it. The settings that are read are of the file before.
    'files.commit source.json': 1,
    'files.commit hold.csv': 1,
    'files.commit roster.json': 1,
    'files.readWhole source.json': 1,
    'sources.read': 1,
    'sources.readHoldList': 1,
    'owners.read': 1,
    'owners.replace': 1,
    // The export, its manifest, the roster; the settings and the header of the file before.
    'files.keepExport export': 1,
    'files.read export': 1,
    'exports.readText': 1,
    'rosters.current': 2,
    'rosters.read': 1,
    'files.readWhole header.json': 1,
    // What is staged and packed.
    'files.commit users.jsonl': 1,
    'files.commit rows.jsonl': 1,
    'files.commit header.json': 1,
    'files.commit batches.jsonl': 1,
    'files.commit people.idx': 1,
    'files.commit decision.json': 1,
    'files.read batches.jsonl': 1,
    // One batch is released.
    'batches.replace': 1,
    'deliveries.depth': 1,
    'deliveries.put': 1,
  });
});
test('a batch more costs its swap and its message, and nothing else', async () => {
  const few = await callsOf(3);
  const many = await callsOf(120);
  const more = Object.keys(many).filter((name) => many[name] !== few[name]);
  expect(more).toEqual(['batches.replace', 'deliveries.put']);
  expect(more.map((name) => many[name])).toEqual([3, 3]);
});
