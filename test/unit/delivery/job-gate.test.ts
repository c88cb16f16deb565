// The gate of one job as arithmetic: until when it is paused and why, and when refusals in a row pause it.
import type { JobGate } from '../../../shared/delivery/job-gate';
import { countRefusal, openJobGate, pauseJob, pauseOf } from '../../../shared/delivery/job-gate';

const NOW = Date.UTC(2026, 10, 21, 8);
const paused: JobGate = pauseJob(openJobGate, NOW + 1_000, 'graph-bucket-full', 'r/1');

describe('a pause', () => {
  test('lasts until its time, not a moment longer', () => {
    expect(pauseOf(openJobGate, NOW)).toBeNull();
    expect(pauseOf(paused, NOW + 999)).toEqual({ until: NOW + 1_000, code: 'graph-bucket-full' });
    expect(pauseOf(paused, NOW + 1_000)).toBeNull();
  });
  test('that was written without a reason has one for people all the same', () => {
    expect(pauseOf({ ...paused, pausedFor: null }, NOW)).toEqual({ until: NOW + 1_000, code: 'job-paused' });
  });
  test.each([
    ['shorter', 999],
    ['equally long', 1_000],
  ])('stays with its reason when a %s one comes', (_, ms) => {
    expect(pauseJob(paused, NOW + ms, 'graph-conflict', 'r/2')).toEqual(paused);
  });
  test('is replaced by a longer one, and the refusals stay counted', () => {
    expect(pauseJob({ ...paused, refusals: 3 }, NOW + 1_001, 'graph-conflict', 'r/2')).toEqual({
      pausedUntil: NOW + 1_001,
      pausedFor: 'graph-conflict',
      pausedBy: 'r/2',
      refusals: 3,
    });
  });
});

describe('a refusal', () => {
  test('is counted, and pauses nothing before the hundredth in a row', () => {
    expect(countRefusal({ ...paused, refusals: 98 }, NOW + 60_000, 'r/3')).toEqual({ ...paused, refusals: 99 });
  });
  test('that is the hundredth in a row pauses the job, and is counted too', () => {
    expect(countRefusal({ ...openJobGate, refusals: 99 }, NOW + 60_000, 'r/3')).toEqual({
      pausedUntil: NOW + 60_000,
      pausedFor: 'graph-refuses-everything',
      pausedBy: 'r/3',
      refusals: 100,
    });
  });
  test('that is the hundredth in a row is counted where a longer pause stays', () => {
    expect(countRefusal({ ...paused, refusals: 99 }, NOW + 500, 'r/3')).toEqual({ ...paused, refusals: 100 });
  });
});
