import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runbookCodes } from '../../../local/docs/errors-page';
import { EVENT_NAMES } from '../../../shared/core/telemetry';
import { BATCH_STATES } from '../../../shared/run/batch';
import { RUN_STATES } from '../../../shared/run/run';
import { REPOSITORY } from './code-use';

const page = readFileSync(join(REPOSITORY, 'docs', 'operations.md'), 'utf8');

test('the runbook has an entry for every hold and every halt, and for nothing else', () => {
  const anchors = [...page.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id);
  expect([...anchors].sort()).toEqual([...runbookCodes()].sort());
});

test('every state of runs and batches is explained', () => {
  const explained = (states: readonly string[]): readonly string[] =>
    states.filter((state) => page.includes(`\n| \`${state}\` |`));
  expect(explained(RUN_STATES)).toEqual(RUN_STATES);
  expect(explained(BATCH_STATES)).toEqual(BATCH_STATES);
});

test('every event is explained once, in the order of the list', () => {
  expect([...page.matchAll(/^\| `(rollcall\.[a-z.-]+)` \|/gm)].map(([, name]) => name)).toEqual([...EVENT_NAMES]);
});
