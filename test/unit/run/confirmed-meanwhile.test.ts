// A record that an older run had confirmed before this run's turn came, too late for the roster that it was compared with (*freshCompare*): a file
// that takes days to send is overtaken by the next night's, and nobody is sent twice for that.
import type { Batch } from '../../../shared/run/batch';
import { batchOf, rowOf } from './made-batch';
import type { ToldRun } from './told-runs';
import { lookFrom, R5 } from './told-runs';

type Row = Parameters<typeof rowOf>[1];
const RECORD = 77n;
const NOW = 1_000;
const confirmedRow: Row = { work: 'done', deliveries: 1, sentAt: [1], verdict: 'updated' };
const own: ToldRun = { run: 'r5', state: 'sending', people: { p1: RECORD } };
const batch = (row: Row): readonly Batch[] => [batchOf([rowOf(1, row)])];

/** An older run that still confirms, with p1's row in it. */
const older = (row: Row = confirmedRow, more: Partial<ToldRun> = {}): ToldRun => ({
  run: 'r4',
  state: 'confirming',
  people: { p1: RECORD },
  batches: batch(row),
  ...more,
});
const isConfirmed = async (...told: readonly ToldRun[]): Promise<boolean> =>
  (await lookFrom({ ...R5, arrivedAt: NOW }, own, ...told)).isConfirmed('p1');

test('an older run that is still open has confirmed the record', async () => {
  expect(await isConfirmed(older())).toBe(true);
});
test('so does one that has settled since this run arrived; one that settled before is in the roster, and a refresh goes', async () => {
  expect(await isConfirmed(older(confirmedRow, { state: 'settled', settledAt: NOW + 1 }))).toBe(true);
  expect(await isConfirmed(older(confirmedRow, { state: 'settled', settledAt: NOW }))).toBe(false);
});
test.each<[string, Row]>([
  ['has no verdict yet', { ...confirmedRow, work: 'open', verdict: null }],
  ['is to be sent again', { ...confirmedRow, work: 'todo' }],
  ['failed', { ...confirmedRow, verdict: 'failed', code: 'InvalidPropertyValue' }],
  ['lost its manager', { ...confirmedRow, code: 'manager-not-resolved' }],
  ['has a delivery that was never answered', { ...confirmedRow, unanswered: true }],
  ['was never sent', { work: 'done', verdict: 'superseded' }],
])('not if the row there %s', async (_, row) => {
  expect(await isConfirmed(older(row))).toBe(false);
});
test('not another record, nor the same in another job', async () => {
  expect(await isConfirmed(older(confirmedRow, { people: { p1: RECORD + 1n } }))).toBe(false);
  const job = { servicePrincipalId: 'sp', jobId: 'another' };
  expect(await isConfirmed(older(confirmedRow, { job }))).toBe(false);
});
test('of two runs that sent the person something, the newer one decides', async () => {
  const oldest = older(confirmedRow, { run: 'r3' });
  expect(await isConfirmed(oldest, older(confirmedRow, { people: { p1: RECORD + 1n } }))).toBe(false);
  expect(await isConfirmed(older(confirmedRow, { run: 'r3', people: { p1: RECORD + 1n } }), older())).toBe(true);
  // A row that was overtaken before it was sent says nothing.
  const overtaken: Row = { work: 'done', verdict: 'superseded' };
  expect(await isConfirmed(oldest, older(overtaken, { people: { p1: RECORD + 1n } }))).toBe(true);
});
test('nor if a newer run, which had settled before this one arrived, has sent the person something else since', async () => {
  const open = older(confirmedRow, { run: 'r3' });
  const since = { state: 'settled', settledAt: NOW - 1 } as const;
  expect(await isConfirmed(open, older(confirmedRow, { ...since, people: { p1: RECORD + 1n } }))).toBe(false);
  // The roster knows what that run confirmed, also if it is the same: then this row is a refresh, and goes.
  expect(await isConfirmed(open, older(confirmedRow, since))).toBe(false);
  expect(await isConfirmed(open, older({ work: 'done', verdict: 'superseded' }, since))).toBe(true);
});
test('an older answer that was lost counts only if it was about another record', async () => {
  const lost = (record: bigint): ToldRun =>
    older(
      { ...confirmedRow, unanswered: true },
      { ...{ run: 'r2', state: 'settled', settledAt: NOW, unanswered: 1 }, people: { p1: record } },
    );
  expect(await isConfirmed(lost(RECORD + 1n), older())).toBe(false);
  expect(await isConfirmed(lost(RECORD), older())).toBe(true);
  const mayChange = async (record: bigint): Promise<boolean> =>
    (await lookFrom({ ...R5, arrivedAt: NOW }, own, lost(record))).olderMayChange('p1');
  expect(await mayChange(RECORD + 1n)).toBe(true);
  expect(await mayChange(RECORD)).toBe(false);
});
