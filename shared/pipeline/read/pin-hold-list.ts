// The hold list for all attempts at a run: that of the first attempt, like the settings. Whom it keeps out, batches do not send.
import type { HoldList } from '../../holdlist/hold-list';
import { EMPTY_HOLD_LIST, parseHoldList } from '../../holdlist/hold-list';
import { holdRun } from '../../run/hold-run';
import { readOrWriteOnce } from '../../run/kept-files';
import type { Run } from '../../run/run';
import type { Pipeline } from '../pipeline';

/** Copies the source's hold list to the run once, an empty one if there is none, and reads the copy. Throws `FileHold` if it cannot be used. */
export async function pinHoldList(pipeline: Pick<Pipeline, 'files' | 'sources'>, run: Run): Promise<HoldList> {
  const { files, sources } = pipeline;
  const readCurrent = async (): Promise<string | Uint8Array> =>
    (await sources.readHoldList(run.source))?.content ?? EMPTY_HOLD_LIST;
  return usableHoldList(await readOrWriteOnce(files, run, 'hold.csv', readCurrent));
}

/** The list that `pinHoldList` copied. */
export async function pinnedHoldList({ files }: Pick<Pipeline, 'files'>, run: Run): Promise<HoldList> {
  const content = await files.readWhole(run, 'hold.csv');
  return usableHoldList(content ?? Buffer.from(EMPTY_HOLD_LIST));
}

/** The list of these bytes. Throws `FileHold` (`hold-list-broken`) if it has a mistake. */
export async function usableHoldList(content: Uint8Array): Promise<HoldList> {
  const { list, fault } = await parseHoldList(content);
  if (fault !== null) throw holdRun('hold-list-broken', { ...fault }, { line: fault.line });
  return list;
}
