// Dropping the files of a world in an order that the product can recognise.
import { dropExport, putSource } from '../../local/drop-files';
import type { Case } from './ground';
import type { World } from './small-world';
import { SOURCE, SOURCE_TEXT, writeFile } from './small-world';
import { until } from './until';

/** The next second begins within this time, ms. */
const A_SECOND_WITHIN_MS = 5_000;

/** Puts the settings and drops each file in a second of its own: Last-Modified has whole seconds, so files of one second have no order. */
export async function dropWorld(
  one: Case,
  world: World,
  dropped: (at: number) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await putSource(one.storage, SOURCE, Buffer.from(SOURCE_TEXT));
  let last = 0;
  for (const [i, file] of world.files.entries()) {
    await untilSecondAfter(last);
    last = await dropExport(one.storage, SOURCE, `people-${i}.csv`, writeFile(file));
    await dropped(i);
  }
}

/** Waits until the clock shows a later second than that of `ms`. */
export const untilSecondAfter = (ms: number): Promise<unknown> =>
  until(
    () => Promise.resolve(Math.floor(Date.now() / 1_000) * 1_000 > ms || null),
    A_SECOND_WITHIN_MS,
    () => 'the second does not end',
  );
