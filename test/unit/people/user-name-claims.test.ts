// Several people with one sign-in name: what becomes of each.
import type { NameClaim } from '../../../shared/people/user-name-claims';
import { fateOfClaim } from '../../../shared/people/user-name-claims';

const active = { line: 2, goes: true, active: true, isDelivered: false };
const left = { line: 3, goes: true, active: false, isDelivered: false };
const leftAndKnown = { ...left, line: 4, isDelivered: true };
const unclear = { line: 5, goes: false, active: null, isDelivered: false };

test.each<[string, NameClaim, readonly NameClaim[], object]>([
  ['two who are active: in doubt', active, [{ ...active, line: 9 }], { kind: 'in-doubt', other: { line: 9 } }],
  ['beside one who may be active: in doubt', active, [unclear], { kind: 'in-doubt', other: { line: 5 } }],
  ['beside one who has left and was never sent: free', active, [left], { kind: 'free' }],
  [
    'beside one who has left and was sent: the name may be held',
    active,
    [left, leftAndKnown],
    { kind: 'held', holder: { line: 4 } },
  ],
  ['in doubt comes before held', active, [leftAndKnown, unclear], { kind: 'in-doubt', other: { line: 5 } }],
  [
    'one who has left and is rejected holds nothing that we know of',
    active,
    [{ ...leftAndKnown, goes: false }],
    { kind: 'free' },
  ],
  ['left, never sent, beside one who is active: skipped', left, [active], { kind: 'skipped' }],
  ['left, never sent, beside one who may be active: skipped', left, [unclear], { kind: 'skipped' }],
  ['left and sent before: always free', leftAndKnown, [active, unclear], { kind: 'free' }],
  ['all have left: free', left, [{ ...left, line: 9 }, leftAndKnown], { kind: 'free' }],
])('%s', (_, claim, others, fate) => {
  expect(fateOfClaim(claim, others)).toMatchObject(fate);
});
