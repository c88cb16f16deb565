// What a run has pinned: before its users are committed settings that may not be used hold it, afterwards nothing can.
import { pinsOf } from '../../../../shared/pipeline/read/run-pins';
import type { Run } from '../../../../shared/run/run';
import { isFirstAttempt } from '../../../../shared/run/run-moves';
import type { MemoryPipeline } from '../../memory/memory-pipeline';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { runOf, settingsOf, SOURCE } from '../contoso';

const id = { column: 'Id', pattern: '(?=p)p[0-9]+' };

test('settings that are refused by now hold a run that is being checked, not one that is staged', async () => {
  const pipeline = await memoryPipeline();
  const checking = runOf('r1', { state: 'checking' });
  pipeline.files.put(checking, 'source.json', JSON.stringify(settingsOf({}, { id })));
  await expect(pinsOf(pipeline, checking).settings()).rejects.toMatchObject({ code: 'source-invalid' });
  expect(await pinsOf(pipeline, { ...checking, state: 'staged' }).settings()).toMatchObject({ id });
});

describe('the first attempt at a file', () => {
  const first = runOf('r1', { state: 'checking', attempts: 1 });
  async function withSource() {
    const pipeline = await memoryPipeline();
    pipeline.sources.put(SOURCE, settingsOf());
    return pipeline;
  }
  const pinAll = async (pipeline: MemoryPipeline, run: Run) => {
    const pins = pinsOf(pipeline, run);
    return { settings: await pins.settings(), list: await pins.holdList(), roster: await pins.roster() };
  };

  test('writes what it pins without looking for it', async () => {
    const pipeline = await withSource();
    await pinAll(pipeline, first);
    expect(pipeline.files.calls.made.map(({ method }) => method)).toEqual(['commit', 'commit', 'commit']);
  });
  test('takes what a faster second attempt has pinned', async () => {
    const pipeline = await withSource();
    const { settings, list, roster } = await pinAll(pipeline, { ...first, attempts: 2 });
    pipeline.sources.put(SOURCE, settingsOf({ content: 'full' }));
    pipeline.sources.putHoldList(SOURCE, 'id,until,why\np1,2099-01-01,leave\n');
    pipeline.clock.pass(86_400_000);
    expect(await pinAll(pipeline, first)).toEqual({ settings, list, roster });
  });
  test.each([
    { what: 'a second attempt', run: { ...first, attempts: 2 } },
    { what: 'the first attempt after an approval', run: { ...first, approvals: 1 } },
    { what: 'an attempt at a run of records', run: { ...first, origin: 'disable' as const } },
    { what: 'an attempt at a staged run', run: { ...first, state: 'staged' as const } },
  ])('is not $what', ({ run }) => {
    expect([first, run].map((one) => isFirstAttempt(one))).toEqual([true, false]);
  });
});
