// What `rollcall status` says about a secret or certificate that ends: the day and what to do, as text and as JSON.
import { machineJson } from '../../../cli/status-json';
import { machineText } from '../../../cli/status-text';
import type { MachineStatus } from '../../../shared/pipeline/status/machine-status';

const ENDS = Date.UTC(2026, 11, 20, 9);
const status: MachineStatus = {
  at: Date.UTC(2026, 10, 27),
  sources: [],
  gates: [
    {
      tenant: 'contoso',
      closure: null,
      closedBy: null,
      usedToday: 0,
      strikes: 0,
      credentialEndsAt: ENDS,
      jobs: [],
    },
  ],
  queues: {},
  needs: [{ kind: 'credential', tenant: 'contoso', endsAt: ENDS }],
};

test('as text', () => {
  const text = [...machineText(status, '')].join('\n');
  expect(text).toContain('secret or certificate valid until 2026-12-20 09:00');
  expect(text).toMatch(/tenant contoso[^]*valid until 2026-12-20 09:00[^]*after that nothing is sent[^]*Create a new /);
  expect(text).toContain('[credential-ends]');
});
test('as JSON', () => {
  const { gates, needs } = machineJson(status, '');
  expect(gates).toMatchObject([{ tenant: 'contoso', credentialEnds: '2026-12-20T09:00:00.000Z' }]);
  expect(needs).toMatchObject([{ about: 'tenant contoso', code: 'credential-ends' }]);
  expect(needs[0]?.sentence).toContain('2026-12-20 09:00');
  expect(needs[0]?.cure).toContain('as a new version');
});
