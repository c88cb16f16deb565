// Faults of the service on the way back: entries of the provisioning log that are late, doubled, lost or of an unknown kind, and a log
// that cannot be read for a while.
import type { Ground } from './ground';
import { startGround } from './ground';
import type { FaultLine } from './plain-life';
import { playFault } from './plain-life';

jest.setTimeout(120_000);

let ground: Ground;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.stop());

const LINES: readonly (readonly [sentence: string, line: FaultLine])[] = [
  ['entries that appear three seconds late, with their old time', { faults: [{ on: 'log', every: 3, late: 3_000 }] }],
  ['entries that appear twice count once', { faults: [{ on: 'log', every: 2, twice: true }] }],
  [
    'an entry that is lost: the row is silent, goes once more, and is answered',
    // The lost entry costs one call; it is the row's own, so it counts as a repeated one.
    {
      faults: [{ on: 'log', nth: 4, lost: true }],
      repeated: 1,
      expectAlso: (one) => expect(one.entra.stats().log.lost).toBe(1),
    },
  ],
  [
    'entries with an action that nobody knows yet are answers all the same',
    { faults: [{ on: 'log', every: 5, unknownAction: true }] },
  ],
  [
    'a log that answers 429, 503, a gateway page, a cut and 403 for a while: nobody is judged silent for it',
    {
      faults: [
        {
          on: 'logs',
          answers: [
            { status: 429, retryAfter: 1 },
            { status: 503 },
            { status: 502, html: true },
            { cut: 'before' },
            { status: 403, times: 2 },
          ],
        },
      ],
    },
  ],
  ['a token that the log refuses is replaced', { faults: [{ on: 'logs', answers: [{ status: 401 }] }] }],
];

test.each(LINES)('%s', (_, line) => playFault(ground, line));
