// Managers who are looked up, in intake as a whole: what is staged, what HR is told and telemetry is not, and that every attempt finds the same.
import { intake } from '../../../../shared/pipeline/intake/intake';
import { runIdOf } from '../../../../shared/run/run';
import { enterpriseUserUrn } from '../../../../shared/scim/scim-schema';
import { memoryPipeline } from '../../memory/memory-pipeline';
import { settingsOf, SOURCE } from '../contoso';

const BLOB = `${SOURCE}/people.csv`;
const arrival = { version: 1, blob: BLOB } as const;
const settings = settingsOf(
  { content: 'full' },
  {
    mapping: {
      userName: 'Email',
      [enterpriseUserUrn]: { manager: { value: { column: 'Boss', lookup: 'Email' } } },
    },
  },
);
const team = Array.from(
  { length: 120 },
  (_, at) => `p${at},Active,p${at}@contoso.example,${at % 2 === 0 ? 'Greta' : 'Nobody'}@contoso.example`,
);
const FILE = ['Id,Status,Email,Boss', ...team, 'p6003,Active,greta@contoso.example,', ''].join('\n');

async function dropped() {
  const pipeline = await memoryPipeline();
  pipeline.sources.put(SOURCE, settings);
  const version = pipeline.exports.drop(BLOB, FILE);
  const key = { source: SOURCE, run: runIdOf(version.name, version.etag, version.lastModified) };
  const users = (): string => pipeline.files.peek(key, 'users.jsonl') ?? '';
  return { pipeline, key, users };
}
type Managed = { readonly [enterpriseUserUrn]?: { readonly manager: { readonly value: string } } };

test('the ids of managers are sent, whoever is nobody is left out, and the report shows the value that telemetry never has', async () => {
  const { pipeline, key, users } = await dropped();
  await intake(pipeline, arrival);
  const managers = users()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as Managed)[enterpriseUserUrn]?.manager.value);
  expect(managers).toEqual([...team.map((_, at) => (at % 2 === 0 ? 'p6003' : undefined)), undefined]);
  const findings = JSON.parse(pipeline.files.peek(key, 'findings.json') ?? '[]') as readonly unknown[];
  expect(findings).toEqual([
    {
      severity: 'warning',
      code: 'manager-not-found',
      values: { why: 'nobody', value: { quote: 'Nobody@contoso.example' }, rows: 60, line: 3 },
      line: 3,
      column: 'Boss',
      id: null,
    },
  ]);
  expect(JSON.stringify(pipeline.events)).not.toMatch(/nobody@|greta|6003/i);
  // The file is read twice, and HR's container once.
  expect(pipeline.files.calls.count('read', `${SOURCE}/${key.run}/export`)).toBe(2);
});

test('an attempt that dies after its first reading leaves nothing, and the next one finds the same managers', async () => {
  const whole = await dropped();
  await intake(whole.pipeline, arrival);
  const { pipeline, users } = await dropped();
  let readings = 0;
  pipeline.files.calls.before = ({ method, key }) => {
    if (method === 'read' && key.endsWith('/export') && ++readings === 2) throw new Error('died');
  };
  await expect(intake(pipeline, arrival)).rejects.toThrow('died');
  expect(users()).toBe('');
  await intake(pipeline, arrival);
  expect(users()).toBe(whole.users());
});
