// What a run has pinned: before its users are committed settings that may not be used hold it, afterwards nothing can.
import { pinsOf } from '../../../../shared/pipeline/read/run-pins';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { runOf, settingsOf } from '../contoso';

const id = { column: 'Id', pattern: '(?=p)p[0-9]+' };

test('settings that are refused by now hold a run that is being checked, not one that is staged', async () => {
  const pipeline = await memoryPipeline();
  const checking = runOf('r1', { state: 'checking' });
  pipeline.files.put(checking, 'source.json', JSON.stringify(settingsOf({}, { id })));
  await expect(pinsOf(pipeline, checking).settings()).rejects.toMatchObject({ code: 'source-invalid' });
  expect(await pinsOf(pipeline, { ...checking, state: 'staged' }).settings()).toMatchObject({ id });
});
