import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runbookCodes } from '../../../local/docs/errors-page';
import { EVENT_NAMES, EVENTS } from '../../../shared/core/telemetry';
import { BATCH_STATES } from '../../../shared/run/batch';
import { RUN_STATES } from '../../../shared/run/run';
import { VERDICTS } from '../../../shared/verdict/verdict';
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

/** The lines of the table of events: name, when, members, what they tell. */
const eventLines = page
  .slice(page.indexOf('## Events'), page.indexOf('## Metrics'))
  .split('\n')
  .filter((line) => line.startsWith('| `rollcall.'))
  .map((line) => line.split(' | '));
/** The words of a cell that are set as code. */
const codeIn = (cell: string | undefined): readonly string[] =>
  [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, word]) => word!);

test('every event is explained once, in the order of the list, with its members', () => {
  expect(eventLines.map(([name, , members]) => [codeIn(name)[0], codeIn(members)])).toEqual(
    EVENT_NAMES.map((name) => [name, Object.keys(EVENTS[name])]),
  );
});

test('the event of a settled run has a member for each verdict', () => {
  expect(Object.keys(EVENTS['rollcall.reconcile.settled']).slice(-VERDICTS.length)).toEqual([...VERDICTS]);
});
