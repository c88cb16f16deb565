// What `rollcall status --person` says in words of what stands beside a verdict, and of days to come.
import { personJson } from '../../../cli/status-json';
import { personText } from '../../../cli/status-text';
import type { PersonInSource } from '../../../shared/pipeline/status/person-status';
import { quote } from '../../../shared/core/message';
import { runOf } from '../pipeline/told-ledger';

const NOW = Date.UTC(2026, 10, 28, 12);
const RUN = '20261121T080000Z-0123456789';
const found = (more: Partial<PersonInSource> = {}): PersonInSource => ({
  ...{ source: 'contoso-hr', looked: 3, deleted: [], trouble: null },
  runs: [
    {
      run: runOf(RUN, { state: 'settled' }),
      records: [
        {
          ...{ row: 2, line: 3, verdict: 'created', code: null, work: 'done', batch: '000001', sentAt: [] },
          beside: [{ code: 'user-name-held', values: { line: 9, id: quote('p9') } }],
        },
      ],
    },
  ],
  days: {
    run: RUN,
    switches: [
      { at: NOW - 86_400_000, active: true },
      { at: Date.UTC(2027, 0, 1), active: false },
    ],
  },
  ...more,
});

test('in words', () => {
  const text = [...personText('p1', [found()], NOW)].join('\n');
  expect(text).toContain('line 3 (row 2): created, batch 000001\n      The person with the id "p9" (line 9)');
  expect(text).toContain(`  will be disabled on 2027-01-01 00:00 UTC, as run ${RUN} says`);
  expect(text).toContain('  should be enabled since 2026-11-27 12:00 UTC, which Entra has not confirmed yet');
  const lost = [...personText('p1', [found({ days: null, trouble: 'roster-missing' })], NOW)].join('\n');
  expect(lost).toMatch(/ {2}Nothing is known of days to come\. .+ \[roster-missing\]/);
});

test('as JSON', () => {
  expect(personJson('p1', [found()], NOW)).toMatchObject({
    sources: [
      {
        trouble: null,
        daysToCome: [
          { at: '2026-11-27T12:00:00.000Z', active: true, run: RUN, isOverdue: true },
          { at: '2027-01-01T00:00:00.000Z', active: false, run: RUN, isOverdue: false },
        ],
        runs: [
          { records: [{ beside: [{ code: 'user-name-held', message: expect.stringContaining('"p9"') as string }] }] },
        ],
      },
    ],
  });
});
