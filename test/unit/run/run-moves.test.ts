// Every move of a run from every state: the drawing at the top of run.ts, cell by cell.
import type { Run, RunState } from '../../../shared/run/run';
import { INTAKE_STATES, LIVE_STATES, OPEN_STATES, RUN_STATES } from '../../../shared/run/run';
import {
  abandon,
  approve,
  check,
  expire,
  followBatches,
  hold,
  NO_COUNTS,
  noteReason,
  noteTrouble,
  endTrouble,
  park,
  parkIntake,
  receivedRun,
  refuse,
  reopen,
  restart,
  resume,
  send,
  settle,
  stage,
} from '../../../shared/run/run-moves';
import { noVerdicts } from '../../../shared/verdict/verdict';

const NOW = Date.UTC(2026, 10, 21, 8, 5, 9);
const LATER = NOW + 60_000;
const VERSION = { source: 'contoso-hr', name: 'contoso-hr/people.csv', etag: '"0x1"', lastModified: NOW, bytes: 700 };
const reason = { code: 'csv-damaged', values: {}, line: 3, column: null };
const job = { servicePrincipalId: 'sp', jobId: 'job' };
const counts = { rows: 9, users: 3, rejected: 2, collapsed: 1, superseded: 1, skipped: 2, batches: 3 };
const staged = { ...counts, job, content: 'full', sha256: 'ab', sameAs: 'r0', readBy: '-0-2' } as const;
const report = { rows: 9, verdicts: { ...noVerdicts(), created: 9 } };
const approval = { by: 'ops@contoso.example', why: 'season', at: LATER, until: LATER + 1, limits: [] };
const resumed = { by: { quote: 'ops@contoso.example' }, why: { quote: 'cured' }, at: LATER };
const stopped = (kind: 'parked' | 'abandoned') => ({ kind, reason, at: NOW });
const none = { staged: 0, sending: 0, sent: 0, settled: 5 };

const runIn = (state: RunState, more: Partial<Run> = {}): Run => ({ ...receivedRun(VERSION, NOW), state, ...more });

/** Each move as [name, move, { from: to }]: every state that is not named is refused. */
const MOVES: readonly (readonly [string, (run: Run) => Run | null, Partial<Record<RunState, RunState>>])[] = [
  ['check', (run) => check(run, LATER), { received: 'checking', checking: 'checking' }],
  ['stage', (run) => stage(run, staged, LATER), { checking: 'staged' }],
  ['hold', (run) => hold(run, reason, counts, LATER), { checking: 'held' }],
  ['refuse', (run) => refuse(run, reason, LATER), { checking: 'refused', held: 'refused' }],
  ['approve', (run) => approve(run, approval), { held: 'checking' }],
  ['expire', (run) => expire(run, reason), { held: 'parked' }],
  ['park intake', (run) => parkIntake(run, reason), {}],
  [
    'park an intake that is stuck',
    (run) => parkIntake({ ...run, restarts: 25 }, reason),
    { received: 'parked', checking: 'parked', staged: 'staged' },
  ],
  ['send', send, { staged: 'sending' }],
  ['follow a batch to send', (run) => followBatches(run, { ...none, staged: 1 }), { confirming: 'sending' }],
  ['follow a batch under way', (run) => followBatches(run, { ...none, sending: 1 }), { confirming: 'sending' }],
  ['follow batches that wait', (run) => followBatches(run, { ...none, sent: 1 }), { sending: 'confirming' }],
  ['follow one of each', (run) => followBatches(run, { ...none, staged: 1, sent: 1 }), { confirming: 'sending' }],
  ['follow settled batches', (run) => followBatches(run, none), {}],
  [
    'settle',
    (run) => settle(run, report, LATER),
    { sending: 'settled', confirming: 'settled', held: 'held', refused: 'refused', parked: 'parked' },
  ],
  [
    'settle with a reason',
    (run) => settle({ ...run, reason }, report, LATER),
    { sending: 'parked', confirming: 'parked', held: 'held', refused: 'refused', parked: 'parked' },
  ],
  ['park', (run) => park(run, reason, LATER), { staged: 'staged', sending: 'sending', confirming: 'confirming' }],
  [
    'resume what is parked',
    (run) => resume({ ...run, stop: { kind: 'parked', reason, at: NOW } }, resumed),
    { staged: 'staged', sending: 'sending', confirming: 'confirming' },
  ],
  ['resume what is not parked', (run) => resume(run, resumed), {}],
  [
    'abandon',
    (run) => abandon(run, reason, LATER),
    {
      ...{ received: 'parked', checking: 'parked' },
      ...{ staged: 'staged', sending: 'sending', confirming: 'confirming' },
    },
  ],
  ['reopen', (run) => reopen({ ...run, job }), { settled: 'confirming', parked: 'confirming' }],
];

describe.each(MOVES)('%s', (_, move, to) => {
  test.each(RUN_STATES)('from %s', (state) => {
    expect(move(runIn(state))?.state).toBe(to[state]);
  });
});

test('the receipt says which version was seen, and that nothing was read', () => {
  expect(receivedRun(VERSION, LATER)).toEqual({
    source: 'contoso-hr',
    run: expect.stringMatching(/^20261121T080509Z-[0-9a-f]{10}$/),
    state: 'received',
    reason: null,
    stop: null,
    resumed: null,
    trouble: null,
    blobName: 'contoso-hr/people.csv',
    exportEtag: '"0x1"',
    arrivedAt: NOW,
    bytes: 700,
    job: null,
    content: 'changes',
    ...NO_COUNTS,
    unanswered: 0,
    verdicts: null,
    waitsFor: null,
    waitsDetail: null,
    waitsUntil: null,
    sha256: null,
    sameAs: null,
    onHold: null,
    origin: 'file',
    attempts: 0,
    readBy: '',
    restarts: 0,
    approvals: 0,
    approval: null,
    toldAt: 0,
    trace: null,
    heartbeatAt: LATER,
    settledAt: 0,
  });
});

describe('what a move writes beside the state', () => {
  test('an attempt at intake is a heartbeat', () => {
    expect(check(runIn('received'), LATER)).toEqual(runIn('checking', { heartbeatAt: LATER, attempts: 1 }));
    expect(check(runIn('checking', { attempts: 1 }), LATER)?.attempts).toBe(2);
  });
  test('staging writes what is known after the whole file, and clears a reason', () => {
    expect(stage(runIn('checking', { reason }), staged, LATER)).toEqual(
      runIn('checking', { ...staged, state: 'staged', heartbeatAt: LATER }),
    );
  });
  test('a hold says why, and how far the file was read', () => {
    expect(hold(runIn('checking'), reason, counts, LATER)).toEqual(
      runIn('held', { ...counts, reason, heartbeatAt: LATER }),
    );
  });
  test('a refusal says why', () => {
    expect(refuse(runIn('held'), reason, LATER)).toEqual(runIn('refused', { reason, heartbeatAt: LATER }));
  });
  test('an approved run has no reason and no report any more', () => {
    expect(
      approve(runIn('held', { reason, settledAt: NOW, attempts: 2, restarts: 9, approvals: 1, toldAt: NOW }), approval),
    ).toEqual(runIn('checking', { heartbeatAt: LATER, approvals: 2, approval }));
  });
  test('a run that intake could not finish says why, whether it is parked or continues', () => {
    for (const state of ['checking', 'staged'] as const)
      expect(parkIntake(runIn(state, { restarts: 25 }), reason)).toMatchObject({ reason });
    expect(noteReason(runIn('sending'), reason)).toEqual(runIn('sending', { reason }));
  });
  test('a restart is counted, and a sign of life', () => {
    expect(restart(runIn('checking', { restarts: 1 }), LATER)).toEqual(
      runIn('checking', { heartbeatAt: LATER, restarts: 2 }),
    );
  });
  test('a settled run has its rows, their verdicts, and the time', () => {
    expect(settle(runIn('sending'), report, LATER)).toEqual(runIn('settled', { ...report, settledAt: LATER }));
    expect(settle(runIn('held', { reason }), report, LATER)).toEqual(
      runIn('held', { ...report, reason, settledAt: LATER }),
    );
  });
});

describe('a run that is stopped', () => {
  const waits = { waitsFor: 'pace', waitsDetail: 'x', waitsUntil: NOW };
  const trouble = { step: 'release', code: 'unexpected', ticks: 3, since: NOW };

  test('says why and since when, and waits for nothing but a person', () => {
    expect(park(runIn('sending', waits), reason, LATER)).toEqual(
      runIn('sending', { stop: { kind: 'parked', reason, at: LATER } }),
    );
  });
  test('is not parked twice: the first reason stays', () => {
    for (const kind of ['parked', 'abandoned'] as const)
      expect(park(runIn('sending', { stop: stopped(kind) }), reason, LATER)).toBeNull();
  });
  test('goes on as it was, and says who let it; its failures are forgotten', () => {
    expect(resume(runIn('confirming', { stop: stopped('parked'), trouble }), resumed)).toEqual(
      runIn('confirming', { resumed }),
    );
    expect(resume(runIn('sending', { stop: stopped('abandoned') }), resumed)).toBeNull();
  });
  test('abandoned, it has a reason in the end, and the hold list keeps nobody for later', () => {
    const onHold = { people: 1, leavers: 0, looksAt: NOW, list: null };
    const run = runIn('sending', { ...waits, stop: stopped('parked'), trouble, onHold });
    expect(abandon(run, reason, LATER)).toEqual(
      runIn('sending', { reason, stop: { kind: 'abandoned', reason, at: LATER } }),
    );
    expect(abandon(runIn('sending', { stop: stopped('abandoned') }), reason, LATER)).toBeNull();
  });
  test('settles as any other if it was only parked, and stays abandoned if it was', () => {
    expect(settle(runIn('sending', { stop: stopped('parked'), trouble }), report, LATER)).toEqual(
      runIn('settled', { ...report, settledAt: LATER }),
    );
    const abandoned = { reason, stop: stopped('abandoned') };
    expect(settle(runIn('sending', abandoned), report, LATER)).toEqual(
      runIn('parked', { ...report, ...abandoned, settledAt: LATER }),
    );
  });
  test('counts the ticks that failed, from the first one, whatever failed', () => {
    const once = noteTrouble(runIn('sending'), { step: 'release', code: 'a' }, NOW);
    expect(once.trouble).toEqual({ step: 'release', code: 'a', ticks: 1, since: NOW });
    const twice = noteTrouble(once, { step: 'settle', code: 'b' }, LATER);
    expect(twice.trouble).toEqual({ step: 'settle', code: 'b', ticks: 2, since: NOW });
    expect(endTrouble(twice)).toEqual(runIn('sending'));
    expect(endTrouble(runIn('sending'))).toBeNull();
  });
});

describe('what the states guarantee', () => {
  const reachable = (from: RunState): ReadonlySet<RunState> => {
    const found = new Set<RunState>();
    const visit = (state: RunState): void => {
      for (const [name, , to] of MOVES) {
        // A run that was never sent has no job, and is never reopened.
        const isOpen = name !== 'approve' && (name !== 'reopen' || from === 'staged');
        const next = isOpen ? to[state] : undefined;
        if (next === undefined || found.has(next)) continue;
        found.add(next);
        visit(next);
      }
    };
    visit(from);
    return found;
  };
  test('a run that was held or refused is never sent without an approval', () => {
    for (const state of ['held', 'refused'] as const)
      for (const to of LIVE_STATES.filter((one) => one !== 'parked')) expect(reachable(state)).not.toContain(to);
    expect(reopen(runIn('parked'))).toBeNull();
  });
  test('no run is sent before it was staged (stagedFirst)', () => {
    const intoSending = RUN_STATES.filter((state) => MOVES.some(([, , to]) => to[state] === 'sending'));
    // What is sending stays so while it is stopped.
    expect(intoSending.filter((state) => state !== 'sending')).toEqual(['staged', 'confirming']);
    expect(RUN_STATES.filter((state) => send(runIn(state)) !== null)).toEqual(['staged']);
  });
  test('what counts as newest is staged or later, and intake never works on what may be sent', () => {
    expect(LIVE_STATES).toEqual(expect.arrayContaining([...OPEN_STATES]));
    for (const state of INTAKE_STATES) expect(OPEN_STATES).not.toContain(state);
  });
});
