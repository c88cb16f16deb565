// Which person a row means, and whether the account is enabled: status words match as a whole or not at all.
import { mapRow, settingsWith, mapFileOf } from './one-row';

const settings = settingsWith({
  active: { column: 'Status', active: ['Active', 'On leave'], inactive: ['Left', 'Retired'] },
});
const statusOf = async (status: unknown): Promise<unknown> => {
  const mapped = await mapRow(settings, { Id: '1', Status: status, Email: 'a@contoso.example' });
  return mapped.kind === 'user' ? mapped.user.active : mapped.rejection.code;
};

test.each([
  ['Active', true],
  [' active ', true],
  ['ON LEAVE', true],
  ['Left', false],
  ['left\u00a0', false],
])('the status word %j is known, in any case and with outer spaces', async (word, active) => {
  expect(await statusOf(word)).toBe(active);
});

test.each([
  'Active (leave)',
  'Actively',
  'Activ',
  'A',
  'Inactive',
  'Not active',
  'Leftover',
  'Has left',
  'Lef',
  'On',
  'leave',
  'Onleave',
  'On  leave',
  'Active Left',
])('the status %j is in no list: the row is rejected, and enables or disables nobody', async (word) => {
  expect(await statusOf(word)).toBe('status-unknown');
});

test.each(['', '  '])('a blank status (%j) is missing', async (word) => {
  expect(await statusOf(word)).toBe('status-missing');
});

test('the id is taken without outer spaces, and as a whole against its pattern, when the file is read as a run reads it', async () => {
  const withPattern = settingsWith({ id: { column: 'Id', pattern: '\\d{3}' } });
  const told = async (id: string): Promise<unknown> => {
    const mapped = await mapFileOf(withPattern, { Id: id, Status: 'Active', Email: 'a@contoso.example' });
    return mapped.kind === 'user' ? mapped.user.externalId : mapped.rejection.code;
  };
  expect(await told(' 123 ')).toBe('123');
  for (const id of ['1234', 'x123', '123x']) expect(await told(id)).toBe('id-of-wrong-form');
  expect(await told('12')).toBe('id-lost-zeros');
});
