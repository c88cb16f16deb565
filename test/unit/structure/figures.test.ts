// Numbers on pages that the code decides: each sentence is built here from the constant, and must be on its page.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAppSettings } from '../../../functions/settings';
import { maxIdChars } from '../../../shared/columns/id-pattern';
import { maxPatternChars } from '../../../shared/columns/linear-pattern';
import { MAX_SLOT_WAIT_MS } from '../../../shared/delivery/gate';
import { MAX_SLOT_LATENESS_MS, MAX_SLOTS_AHEAD_MS, SLOT_INTERVAL_MS } from '../../../shared/delivery/pace';
import { findEncoding } from '../../../shared/export/text/encoding-names';
import {
  CALL_WINDOW_MS,
  MAX_CALLS_PER_DAY,
  MAX_CALLS_PER_WINDOW,
  MAX_OPERATIONS_PER_REQUEST,
} from '../../../shared/graph/limits';
import { expressionMaxChars } from '../../../shared/mapping/bounded-text';
import { expressionMaxDepth, expressionTimeoutMs } from '../../../shared/mapping/expression-value';
import { expressionLimits, maxMegabytes } from '../../../shared/mapping/expressions';
import { BEATS_IN_SILENCE } from '../../../shared/pipeline/intake/heartbeat';
import { LEFT_AFTER_FLAG, NEARLY_EMPTY, WINDOW } from '../../../shared/pipeline/release/release';
import * as limits from '../../../shared/source/settings-limits';
import { REPOSITORY } from './code-use';

/** A page as one line, so that a sentence may be wrapped anywhere. */
const textOf = (page: string): string => readFileSync(join(REPOSITORY, page), 'utf8').replace(/\s+/g, ' ');
const number = (value: number): string => value.toLocaleString('en-GB');
const defaults = parseAppSettings({ AzureWebJobsStorage: 'UseDevelopmentStorage=true' });

const GATE = 'docs/adr/0006-one-gate.md';
const QUEUE = 'docs/adr/0002-pointers-in-the-queue.md';
const OPERATIONS = 'docs/operations.md';
const DESIGN = 'docs/design.md';
const MYTHS = 'docs/entra-provisioning.md';
const rate = Math.round((CALL_WINDOW_MS / MAX_CALLS_PER_WINDOW / SLOT_INTERVAL_MS) * 100);

test.each([
  [OPERATIONS, `\`heartbeatAt\` moves every ${defaults.ROLLCALL_INTAKE_SILENCE_SECONDS / BEATS_IN_SILENCE} s`],
  [OPERATIONS, `\`ROLLCALL_LOST_MESSAGE_SECONDS\` (${defaults.ROLLCALL_LOST_MESSAGE_SECONDS / 60} minutes)`],
  [OPERATIONS, `\`ROLLCALL_LOST_EXPORT_SECONDS\` (${defaults.ROLLCALL_LOST_EXPORT_SECONDS / 60} minutes)`],
  [OPERATIONS, `\`ROLLCALL_HALT_PAUSE_SECONDS\` (${defaults.ROLLCALL_HALT_PAUSE_SECONDS / 60} minutes)`],
  [OPERATIONS, `Calls in 5 seconds (${MAX_CALLS_PER_WINDOW} are allowed)`],
  [QUEUE, `At most ${WINDOW} messages are on the queue`],
  [QUEUE, `about ${LEFT_AFTER_FLAG} are still waiting`],
  [QUEUE, `once ${NEARLY_EMPTY} are left`],
  [GATE, `at most ${WINDOW} pointers are on the queue`],
  [GATE, `The message with ${LEFT_AFTER_FLAG} still to come`],
  [GATE, `refills when ${NEARLY_EMPTY} are left`],
  [GATE, `up to ${MAX_SLOT_LATENESS_MS} ms late`],
  [GATE, `slots for up to ${MAX_SLOTS_AHEAD_MS / 1_000} s ahead`],
  [GATE, `**${SLOT_INTERVAL_MS} ms, ${rate} % of the allowed rate**`],
  [GATE, `${MAX_CALLS_PER_WINDOW} calls in any ${CALL_WINDOW_MS / 1_000} seconds`],
  [GATE, `A wait of up to ${MAX_SLOT_WAIT_MS / 1_000} s happens in the function`],
  [DESIGN, `it may wait up to ${MAX_SLOT_WAIT_MS / 1_000} s inside the function`],
  [DESIGN, `has had none for ${defaults.ROLLCALL_LOST_EXPORT_SECONDS / 60} minutes`],
  [DESIGN, `no heartbeat for ${defaults.ROLLCALL_INTAKE_SILENCE_SECONDS / 60} minutes`],
  [DESIGN, `up to ${MAX_OPERATIONS_PER_REQUEST} users`],
  [DESIGN, `${number(MAX_CALLS_PER_DAY.premium)} or ${number(MAX_CALLS_PER_DAY.governance)} calls`],
  ['README.md', `at most ${MAX_OPERATIONS_PER_REQUEST} people`],
  [MYTHS, `**${MAX_CALLS_PER_WINDOW} calls in any ${CALL_WINDOW_MS / 1_000} seconds**`],
  [
    MYTHS,
    `**${number(MAX_CALLS_PER_DAY.premium)}** with P1 or P2, ${number(MAX_CALLS_PER_DAY.governance)} with ID Governance`,
  ],
  [MYTHS, `**${MAX_OPERATIONS_PER_REQUEST} operations, one kind of path.**`],
  ['docs/mapping.md', `first ${limits.MAX_PROBLEMS_TOLD} and the number`],
  [
    'docs/mapping.md',
    `at most ${limits.MAX_SETTINGS_BYTES / 1024 / 1024} MiB, ${number(limits.MAX_SETTINGS_VALUES)} values`,
  ],
  ['docs/mapping.md', `${limits.MAX_SETTINGS_DEPTH} levels and ${number(limits.MAX_SETTINGS_TEXT_CHARS)} characters`],
  ['docs/mapping.md', `a list of at most ${limits.MAX_STATUS_COLUMNS} columns`],
  ['docs/mapping.md', `(0 to ${limits.MAX_DAYS_BEFORE}; 0 by default)`],
  ['docs/mapping.md', `${number(limits.MAX_ATTRIBUTES)} attributes and ${limits.MAX_LIST_ENTRIES} entries`],
  ['docs/mapping.md', `${number(limits.MAX_EXPRESSION_CHARS)} characters and ${limits.MAX_EXPRESSION_DEPTH} levels`],
  ['docs/mapping.md', `all of them ${number(limits.MAX_EXPRESSIONS_CHARS)} characters`],
  ['docs/mapping.md', `at most ${maxPatternChars} characters`],
  ['docs/mapping.md', `more than ${maxIdChars} characters is rejected`],
  ['docs/mapping.md', `${expressionTimeoutMs} ms and ${expressionMaxDepth} levels`],
  [
    'docs/mapping.md',
    `with ${maxMegabytes} MB: a row that keeps it busy for ${expressionLimits.maxSilenceMs / 1_000} seconds`,
  ],
  ['docs/mapping.md', `After ${expressionLimits.maxLostMs / 1_000} seconds lost to such rows`],
  ['docs/mapping.md', `one whose rows take ${expressionLimits.maxFileMs / 60_000} minutes together`],
  ['docs/mapping.md', `${number(expressionMaxChars)} characters`],
])('%s says: %s', (page, sentence) => {
  expect({ page, says: textOf(page).includes(sentence) ? sentence : 'something else' }).toEqual({
    page,
    says: sentence,
  });
});

test('every place that lists encodings lists the same ones', () => {
  const lines = readFileSync(join(REPOSITORY, 'docs/errors.md'), 'utf8').split('\n');
  const lists = lines
    .map((line) =>
      [...new Set(line.match(/[a-z]+-\d+(?:-\d+)?(?:le|be)?/g))].filter((name) => findEncoding(name) === name),
    )
    .filter((names) => names.length > 2);
  expect(lists.length).toBeGreaterThan(1);
  for (const names of lists) expect([...names].sort()).toEqual([...lists[0]!].sort());
});
