// Commands that an answer names work as they are shown: with the storage of the command that was typed, and without its secrets.
import { Command } from 'commander';
import { dataOption, sameStorage, storageOption } from '../../../cli/options';
import { tellDecision } from '../../../cli/status-need';
import type { Run } from '../../../shared/run/run';

const ADDRESS = 'https://contosohr.blob.core.windows.net';
const SECRET =
  'DefaultEndpointsProtocol=https;AccountName=contosohr;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net';
const before = process.env['ROLLCALL_STORAGE'];
afterEach(() => {
  if (before === undefined) delete process.env['ROLLCALL_STORAGE'];
  else process.env['ROLLCALL_STORAGE'] = before;
});

function typed(args: readonly string[], environment?: string): string {
  if (environment === undefined) delete process.env['ROLLCALL_STORAGE'];
  else process.env['ROLLCALL_STORAGE'] = environment;
  let found = 'nothing';
  new Command()
    .addOption(storageOption())
    .addOption(dataOption())
    .action((flags: { readonly data?: string }, command: Command) => {
      found = sameStorage(command, flags.data ?? null);
    })
    .parse(args, { from: 'user' });
  return found;
}

test.each<readonly [string, readonly string[], string | undefined, string]>([
  ['an address', ['--storage', `${ADDRESS} `], undefined, ` --storage ${ADDRESS}`],
  ['an address instead of that of the environment', ['--storage', ADDRESS], SECRET, ` --storage ${ADDRESS}`],
  ['the environment', [], SECRET, ''],
  ['a connection string', ['--storage', SECRET], undefined, ' --storage "CONNECTION STRING"'],
  ['a folder', ['--data', '../data/nightly_1'], undefined, ' --data ../data/nightly_1'],
  ['a folder instead of the environment', ['--data', 'my data'], SECRET, ' --data "my data"'],
])('%s', (_, args, environment, expected) => {
  expect(typed(args, environment)).toBe(expected);
});

test('the commands that decide about a held run name the storage', () => {
  const held = { state: 'held', reason: { code: 'guard-tripped' }, source: 's', run: 'R', settledAt: 0 };
  expect(tellDecision(held as Run, typed(['--storage', ADDRESS]))).toEqual({
    plan: null,
    hasPlan: true,
    approve: `rollcall approve R --reason "…" --storage ${ADDRESS}`,
    refuse: `rollcall refuse R --reason "…" --storage ${ADDRESS}`,
  });
});
