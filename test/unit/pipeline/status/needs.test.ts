// What needs a person, and what does not: each case just below and above its limit.
import type { JobGate } from '../../../../shared/delivery/job-gate';
import { openJobGate, pauseJob } from '../../../../shared/delivery/job-gate';
import type { Pace } from '../../../../shared/delivery/pace';
import { freshPace } from '../../../../shared/delivery/pace';
import { jobText } from '../../../../shared/graph/job-key';
import type { Seen } from '../../../../shared/pipeline/status/needs';
import { needsOf } from '../../../../shared/pipeline/status/needs';
import { HOUR, JOB, MINUTE, NOW, OTHER_JOB, runOf } from '../told-ledger';

const BY = 'r1/000001';
const gate = (pace: Partial<Pace> = {}, job: JobGate | null = null) => ({
  tenant: 'default',
  pace: { ...freshPace, ...pace },
  jobOf: () => job,
  credentialEndsAt: null,
});
const needs = (seen: Partial<Seen>) =>
  needsOf({ runs: [], gates: [], logs: new Map(), queues: {}, kept: 0, dates: new Map(), overdue: [], ...seen }, NOW);
const kinds = (seen: Partial<Seen>): readonly string[] => needs(seen).map(({ kind }) => kind);

describe('runs', () => {
  const held = runOf('r2', { state: 'held', job: null, blobName: 'contoso-hr/people.csv' });
  test.each([
    ['held', ['run']],
    ['parked', ['run']],
    ['refused', []],
    ['settled', []],
    ['sending', []],
  ] as const)('that are %s', (state, expected) => {
    expect(kinds({ runs: [{ ...held, state }] })).toEqual(expected);
  });
  test.each([
    ['the same file again', { blobName: held.blobName }, []],
    ['a full file', { content: 'full' as const }, []],
    ['other changes', { content: 'changes' as const }, ['run']],
    ['the same file again, held too', { blobName: held.blobName, state: 'held' as const, job: null }, ['run', 'run']],
    ['the same file again, parked', { blobName: held.blobName, state: 'parked' as const }, ['run', 'run']],
    [
      'the same file again, not yet read',
      { blobName: held.blobName, state: 'checking' as const, job: null, heartbeatAt: NOW },
      ['run'],
    ],
    ['a full file of another source', { source: 'fabrikam-hr', content: 'full' as const }, ['run']],
  ])('a held one followed by %s', (_, more, expected) => {
    expect(kinds({ runs: [runOf('r3', { state: 'settled', ...more }), held] })).toEqual(expected);
  });
  test('an older file makes up for nothing', () => {
    expect(kinds({ runs: [held, runOf('r1', { state: 'settled', content: 'full' })] })).toEqual(['run']);
  });
  test('a held one is history after 30 days', () => {
    const at = (days: number) => kinds({ runs: [{ ...held, arrivedAt: NOW - days * 24 * HOUR }] });
    expect(at(30)).toEqual(['run']);
    expect(at(30.01)).toEqual([]);
  });
  test.each(['received', 'checking', 'staged'] as const)(
    'a %s one without a sign of life for half an hour',
    (state) => {
      const at = (minutes: number) => kinds({ runs: [runOf('r1', { state, heartbeatAt: NOW - minutes * MINUTE })] });
      expect(at(30)).toEqual([]);
      expect(at(30.1)).toEqual(['silent']);
    },
  );
});

describe('the gate', () => {
  test.each([
    ['graph-forbidden', ['gate']],
    ['throttled', []],
    ['daily-budget-spent', []],
    ['of-another-version', []],
  ])('closed for %s', (closedFor, expected) => {
    expect(kinds({ gates: [gate({ closedFor, closedUntil: NOW + 1, closedBy: BY })] })).toEqual(expected);
  });
  test('that is open again needs nobody', () => {
    expect(kinds({ gates: [gate({ closedFor: 'graph-forbidden', closedUntil: NOW, closedBy: BY })] })).toEqual([]);
  });
});

describe('the credential', () => {
  test.each([
    [null, []],
    [31 * 24 * HOUR, []],
    [31 * 24 * HOUR - 1, ['credential']],
    [-HOUR, ['credential']],
  ])('that ends in %p ms', (inMs, expected) => {
    const credentialEndsAt = inMs === null ? null : NOW + inMs;
    expect(kinds({ gates: [{ ...gate(), credentialEndsAt }] })).toEqual(expected);
  });
});

describe('a job', () => {
  const halted = pauseJob(openJobGate, NOW + 1, 'graph-job-not-found', BY);
  test('halted at the gate is told once for all its runs', () => {
    expect(needs({ runs: [runOf('r2'), runOf('r1')], gates: [gate({}, halted)] })).toEqual([
      { kind: 'job', job: JOB, code: 'graph-job-not-found', detail: null, until: NOW + 1 },
    ]);
  });
  test('paused for what passes by itself needs nobody', () => {
    expect(
      kinds({ runs: [runOf('r1')], gates: [gate({}, pauseJob(openJobGate, NOW + 1, 'graph-conflict', BY))] }),
    ).toEqual([]);
  });
  test('that an open run waits for is told with the word of the service', () => {
    const waits = { waitsFor: 'job-in-quarantine', waitsDetail: 'EncounteredBaseEscrowThreshold', waitsUntil: null };
    const open = runOf('r1', { state: 'sending', ...waits });
    expect(needs({ runs: [open] })).toEqual([
      { kind: 'job', job: JOB, code: 'job-in-quarantine', detail: 'EncounteredBaseEscrowThreshold', until: null },
    ]);
    expect(kinds({ runs: [{ ...open, state: 'settled' }] })).toEqual([]);
    expect(kinds({ runs: [{ ...open, waitsFor: 'throttled' }] })).toEqual([]);
  });
  test('that was taken off the list is told once, for all runs that wait for it', () => {
    const waits = { state: 'sending' as const, waitsFor: 'job-withdrawn', waitsDetail: null, waitsUntil: null };
    expect(needs({ runs: [runOf('r2', waits), runOf('r1', waits)] })).toEqual([
      { kind: 'job', job: JOB, code: 'job-withdrawn', detail: null, until: null },
    ]);
  });
  test('what a run waits for because the whole tenant is halted is told once', () => {
    const open = runOf('r1', { state: 'sending', waitsFor: 'graph-forbidden' });
    const closed = gate({ closedFor: 'graph-forbidden', closedUntil: NOW + 1, closedBy: BY });
    expect(kinds({ runs: [open], gates: [closed] })).toEqual(['gate']);
  });
});

test('a log that nobody has read for half an hour, if rows wait for it', () => {
  const at = (minutes: number, run = runOf('r1')) =>
    kinds({ runs: [run], logs: new Map([[jobText(JOB), NOW - minutes * MINUTE]]) });
  expect(at(30)).toEqual([]);
  expect(at(30.1)).toEqual(['log']);
  expect(at(99, runOf('r1', { state: 'settled' }))).toEqual([]);
  expect(at(99, runOf('r1', { job: OTHER_JOB }))).toEqual([]);
});

test('messages that are kept because nobody can read them', () => {
  expect(needs({ kept: 2 })).toEqual([{ kind: 'kept', messages: 2 }]);
});

test('messages in a poison queue, and in no other', () => {
  expect(needs({ queues: { deliveries: 5, 'deliveries-poison': 2, 'arrivals-poison': 0 } })).toEqual([
    { kind: 'poison', queue: 'deliveries-poison', messages: 2 },
  ]);
});
