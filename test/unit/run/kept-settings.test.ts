// A run's copy of its settings is read by its form alone: it was judged when it was pinned, by the rules of that day.
import { readKeptSettings, requireKeptSettings, usableKeptSettings } from '../../../shared/run/kept-settings';
import { HandClock } from '../memory/hand-clock';
import { MemoryExportStore } from '../memory/memory-export-store';
import { MemoryRunFiles } from '../memory/memory-run-files';
import { settingsOf, SOURCE } from '../pipeline/contoso';

const RUN = { source: SOURCE, run: 'r1' };
const LONG = 'x'.repeat(5_000);

function keeping(text: string | null): MemoryRunFiles {
  const files = new MemoryRunFiles(new MemoryExportStore(new HandClock()));
  if (text !== null) files.put(RUN, 'source.json', text);
  return files;
}
const kept = (more: object): MemoryRunFiles => keeping(JSON.stringify(settingsOf({}, more)));

test.each([
  ['a form of ids that looks around', { id: { column: 'Id', pattern: '(?=1)[0-9]+' } }],
  ['a longer form of ids than today', { id: { column: 'Id', pattern: `[0-9]+|${LONG}` } }],
  ['a longer text than today', { mapping: { userName: { column: 'Email', values: { [LONG]: 'a@b.example' } } } }],
  ['a longer interval than today', { refresh: { everyDays: 5_000 } }],
  ['a member that is gone', { colour: 'blue' }],
])('settings with %s are what they were; a file cannot be read by them', async (_, more) => {
  const files = kept(more);
  expect(await readKeptSettings(files, RUN)).toMatchObject({ ...more, file: { content: 'changes', skipLines: 0 } });
  expect(await usableKeptSettings(files, RUN)).toBeNull();
});

test.each([
  ['no JSON', '{'],
  ['no object', '[]'],
  ['settings without an id', JSON.stringify(settingsOf({}, { id: undefined }))],
  ['settings whose id is a number', JSON.stringify(settingsOf({}, { id: 17 }))],
])('a copy that is %s cannot be read', async (_, text) => {
  const files = keeping(text);
  expect(await readKeptSettings(files, RUN)).toBeNull();
  await expect(requireKeptSettings(files, RUN)).rejects.toMatchObject({ code: 'kept-settings-unreadable', run: RUN });
});

test('a copy that is gone is missing', async () => {
  expect(await readKeptSettings(keeping(null), RUN)).toBeNull();
  for (const read of [requireKeptSettings, usableKeptSettings])
    await expect(read(keeping(null), RUN)).rejects.toMatchObject({ code: 'run-file-missing', run: RUN });
});
