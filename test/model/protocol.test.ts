// The checked model of the protocol (docs/model/README.md): the explorer still proves it, and still notices a missing rule. Only
// what takes seconds; `npm run model` explores everything.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const EXPLORER = join(__dirname, '../../docs/model/explore.mjs');
const AS_TEXT = { encoding: 'utf8', stdio: 'pipe' } as const;

/** Runs the explorer; its exit code says whether all scenarios hold. */
function explore(...options: readonly string[]): { readonly holds: boolean; readonly text: string } {
  try {
    return { holds: true, text: execFileSync(process.execPath, [EXPLORER, ...options], AS_TEXT) };
  } catch (error) {
    const { status, stdout } = error as { readonly status: number; readonly stdout: string };
    if (status !== 1) throw error;
    return { holds: false, text: stdout };
  }
}

test.each([
  ['three runs, an old request is late', 5_081],
  ['one person, both runs as the roster: crash', 3_784],
  ['changes: entry lost', 20_423],
  ['one person, the same again: job restarted, transient failure', 26_778],
  ['changes: forged message', 10_134],
  ['dates, and a newer file that is held', 8_159],
])(
  'the protocol holds in every state of "%s"',
  (scenario, states) => {
    const { holds, text } = explore('--scenario', scenario);
    expect({ holds, text }).toEqual({ holds: true, text: expect.stringContaining(`holds · ${states} states`) });
  },
  120_000,
);

test.each([
  ['stagedFirst', 'changes: lost answer'],
  ['overtakeFirst', 'changes: lost answer'],
  ['releaseLook', 'changes: lost answer'],
  ['waiting', 'changes: lost answer'],
  ['unknownIsOpen', 'changes: lost answer'],
  ['countEntries', 'changes: lost answer'],
  ['released', 'changes: forged message'],
  ['lease', 'both people: blob event duplicated'],
  ['freshCompare', 'one person, as the roster: two entries lost'],
  ['beyondRoster', 'one person, as the roster: two entries lost'],
  ['pinnedRoster', 'one person, as the roster: two entries lost'],
  ['everybodyStaged', 'one person, as the roster: two entries lost'],
  ['newerRunWins', 'one person, as the roster: two entries lost'],
  ['unansweredIsSent', 'three runs, an old request is late'],
  ['lateEvidence', 'one run, processed too late twice'],
  ['sameAtRelease', 'one person, three runs: there and back'],
  ['confirmedOnly', 'one person, the same again: job restarted, transient failure'],
  ['contradicted', 'older run held, a newer row was rejected: crash'],
  ['tickWaits', 'dates, and a newer file that is held'],
  ['tickIsOlder', 'dates, and a newer file that is held'],
  ['lookThenRoster', 'dates, and a newer file that is held'],
])(
  'without the rule %s there is a counter-example in "%s"',
  (rule, scenario) => {
    const { holds, text } = explore('--scenario', scenario, '--without', rule);
    expect({ holds, text }).toEqual({ holds: false, text: expect.stringMatching(/VIOLATED I\d: [^]*\n {2}1\. /) });
  },
  120_000,
);

test('a rule that does not exist is refused', () => {
  expect(() => explore('--without', 'noSuchRule')).toThrow('noSuchRule');
});
