// People with days to come, for tests.
import type { DatedPerson } from '../../../shared/roster/dated-person';
import { epochOf, runId } from './made-roster';

/** Somebody whose account is disabled at 100 and enabled at 200, unless the test says otherwise. */
export const datedPerson = (more: Partial<DatedPerson> = {}): DatedPerson => ({
  idHash: 1n,
  run: runId(1),
  switches: [
    { at: 100, active: false },
    { at: 200, active: true },
  ],
  epoch: epochOf('1'),
  status: 'words',
  user: { schemas: [], externalId: 'p1', active: true, userName: 'p1@contoso.example' },
  ...more,
});

export async function* streamed<T>(values: readonly T[]): AsyncGenerator<T> {
  await Promise.resolve();
  yield* values;
}

export async function gathered<T>(values: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const one of values) all.push(one);
  return all;
}
