// Since when somebody is gone: a date in the declared form, or nothing; never a reason to reject a row.
import { mapRow, settingsWith } from './one-row';

const settings = settingsWith({
  unknownInactive: {
    leaveDate: {
      column: 'Gone',
      date: { format: ['dd/MM/yyyy', 'd/M/yyyy'], zone: 'Europe/Berlin' },
      olderThanDays: 30,
    },
  },
});
const leftAt = async (gone: unknown, status = 'Left', from = settings): Promise<unknown> => {
  const mapped = await mapRow(from, { Id: '1', Status: status, Email: 'a@contoso.example', Gone: gone });
  return mapped.kind === 'user' ? mapped.leftAt : mapped.rejection.code;
};

test('a date of an inactive person is read in the declared form and zone', async () => {
  expect(await leftAt(' 01/10/2026 ')).toBe(Date.UTC(2026, 8, 30, 22));
});
test.each(['', ' ', 'unknown', '2026-10-01', '31/02/2026', '46000'])(
  'the text %j is no date: the row goes on, with none',
  async (text) => {
    expect(await leftAt(text)).toBeNull();
  },
);
test('somebody active has no leave date, whatever the column says', async () => {
  expect(await leftAt('01/10/2026', 'Active')).toBeNull();
});
test('nobody has one where the settings name no column', async () => {
  expect(await leftAt('01/10/2026', 'Left', settingsWith({ unknownInactive: 'skip' }))).toBeNull();
});
