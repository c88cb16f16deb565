// Nobody stays enabled for a phone number: night after night, what becomes of people whose rows cannot be read as a whole.
import * as fc from 'fast-check';
import { intake } from '../../../shared/pipeline/intake/intake';
import { reportNameOf, type Run } from '../../../shared/run/run';
import { codesOf } from '../../../shared/report/row-fates';
import { sentenceOfFate } from '../../../shared/report/sentences';
import { removePerson } from '../../../shared/roster/remove-person';
import { rounds } from '../../rounds';
import { SOURCE } from './contoso';
import type { Nights } from './nights';
import { nights } from './nights';

const DAY_MS = 86_400_000;
const phones = (more: object = {}) => ({
  mapping: {
    userName: 'Email',
    title: 'Title',
    phoneNumbers: [{ value: { column: 'Phone', phone: { country: 'DE' }, ...more } }],
  },
});
const row = (id: string, status: string, phone: string, email = `${id}@contoso.example`): string =>
  `${id},${status},${email},Clerk,${phone}`;
const file = (...rows: readonly string[]): string => `${['Id,Status,Email,Title,Phone', ...rows].join('\n')}\n`;
const OLD = '+49431000000';
const NEW = '+49431000001';

/** What the directory holds of a person. */
const heldOf = (all: Nights, id: string): { active?: boolean; userName?: string; phone?: string } => {
  const { active, userName, phoneNumbers } = JSON.parse(all.tenant.directory.get(id) ?? '{}') as {
    active?: boolean;
    userName?: string;
    phoneNumbers?: readonly { value: string }[];
  };
  const phone = phoneNumbers?.[0]?.value;
  return {
    ...(active !== undefined && { active }),
    ...(userName !== undefined && { userName }),
    ...(phone !== undefined && { phone }),
  };
};
const fatesOf = async (all: Nights, run: Run): Promise<readonly string[]> =>
  (await all.fates(run)).map((fate) => [fate.id, fate.verdict, ...codesOf(fate)].join(' '));
const reportOf = (all: Nights, run: Run, name: string): string | undefined =>
  all.pipeline.reports.reports.get(`${SOURCE}/${run.run}/${name}`);
const findingsOf = (all: Nights, run: Run): readonly string[] => {
  const { findings = [] } = JSON.parse(reportOf(all, run, 'summary.json') ?? '{}') as {
    findings?: readonly { code: string }[];
  };
  return findings.map(({ code }) => code);
};

/** A directory in which p1 and p2 are active, a day ago. */
async function known(more: object = phones()): Promise<Nights> {
  const all = await nights({}, more);
  await all.drop(file(row('p1', 'Active', OLD), row('p2', 'Active', OLD)));
  await all.rest();
  all.pass(DAY_MS);
  return all;
}

test('a leaver whose phone cannot be read is disabled, and keeps the phone that Entra has', async () => {
  const all = await known();
  const second = await all.drop(file(row('p1', 'Left', 'ask reception'), row('p2', 'Active', OLD)));
  await all.rest();
  expect(await fatesOf(all, second)).toEqual(['p1 disabled last-value-kept', 'p2 unchanged']);
  expect(heldOf(all, 'p1')).toEqual({ active: false, userName: 'p1@contoso.example', phone: OLD });
  const [fate] = await all.fates(second);
  expect(sentenceOfFate(fate!)).toBe(
    'The account was disabled. Column "Phone": "ask reception" is not a phone number, or can be read in two ways. Write it with + and the country code. The person is inactive, so the row goes all the same, with the value that Entra already has.',
  );
  expect(reportOf(all, second, `${reportNameOf(second)}.to-correct.csv`)).toMatch(/p1,Left,.*last-value-kept/);
});
test('the completed record is the same as one that was read whole: whichever comes next costs no call', async () => {
  const all = await known();
  await all.drop(file(row('p1', 'Left', 'ask'), row('p2', 'Left', OLD)));
  await all.rest();
  const calls = all.tenant.calls;
  const third = await all.drop(file(row('p1', 'Left', OLD), row('p2', 'Left', 'ask')));
  await all.rest();
  expect(await fatesOf(all, third)).toEqual(['p1 unchanged', 'p2 unchanged last-value-kept']);
  expect(all.tenant.calls).toBe(calls);
});
test('somebody active whose phone cannot be read is rejected, or goes without it if the settings say so', async () => {
  const strict = await known();
  const rejected = await strict.drop(file(row('p1', 'Active', 'ask')));
  await strict.rest();
  expect(await fatesOf(strict, rejected)).toEqual(['p1 rejected phone-unreadable']);
  const mild = await known(phones({ onUnreadable: 'omit' }));
  const gone = await mild.drop(file(row('p1', 'Active', 'ask'), row('p3', 'Active', 'ask')));
  await mild.rest();
  expect(await fatesOf(mild, gone)).toEqual(['p1 updated value-left-out', 'p3 created value-left-out']);
  expect(heldOf(mild, 'p1')).toEqual({ active: true, userName: 'p1@contoso.example' });
  expect(reportOf(mild, gone, `${reportNameOf(gone)}.to-correct.csv`)).toMatch(/p1,Active,.*value-left-out/);
  expect(findingsOf(mild, gone)).not.toContain('inactive-values-left-out');
});
test('a leaver who was never sent goes without what cannot be read, and the summary warns of null flow', async () => {
  const all = await known();
  const second = await all.drop(file(row('p7', 'Left', 'ask'), row('p8', 'Left', OLD, 'josé@contoso.example')));
  await all.rest();
  expect(await fatesOf(all, second)).toEqual(['p7 created value-left-out', 'p8 created value-left-out']);
  expect([heldOf(all, 'p7'), heldOf(all, 'p8')]).toEqual([
    { active: false, userName: 'p7@contoso.example' },
    { active: false, phone: OLD },
  ]);
  expect(findingsOf(all, second)).toContain('inactive-values-left-out');
});
test('a sign-in name that cannot be read is that of the confirmed record, and takes it from nobody in the file', async () => {
  const all = await known();
  const second = await all.drop(file(row('p1', 'Left', OLD, ''), row('p9', 'Active', OLD, 'p1@contoso.example')));
  await all.rest();
  // A blank name that is not required is not unreadable: it is left out as ever.
  expect(await fatesOf(all, second)).toEqual(['p1 disabled', 'p9 created']);
  const third = await all.drop(
    file(row('p2', 'Left', OLD, 'p2 @contoso'), row('p8', 'Active', OLD, 'p2@contoso.example')),
  );
  await all.rest();
  expect(await fatesOf(all, third)).toEqual(['p2 disabled last-value-kept', 'p8 created']);
  expect(heldOf(all, 'p2')).toEqual({ active: false, userName: 'p2@contoso.example', phone: OLD });
  expect(findingsOf(all, third)).not.toContain('user-name-missing');
});
test('a record whose file retention took leaves the value out', async () => {
  const all = await known();
  for (const { value } of await all.pipeline.ledger.runs.ofSource(SOURCE, ['settled']))
    all.pipeline.files.remove(value, 'users.jsonl');
  const second = await all.drop(file(row('p1', 'Left', 'ask')));
  await all.rest();
  expect(await fatesOf(all, second)).toEqual(['p1 disabled value-left-out']);
  expect(findingsOf(all, second)).toContain('inactive-values-left-out');
});
test('what an earlier file that is on its way says of the value is not overwritten by what came before it', async () => {
  const all = await known();
  await all.drop(file(row('p1', 'Active', NEW), row('p2', 'Active', OLD)));
  const third = await all.drop(file(row('p1', 'Left', 'ask'), row('p2', 'Left', 'ask')));
  await all.rest();
  expect(await fatesOf(all, third)).toEqual(['p1 disabled value-left-out', 'p2 disabled last-value-kept']);
  expect([heldOf(all, 'p1').phone, heldOf(all, 'p2').phone]).toEqual([undefined, OLD]);
});
test('every attempt at a run completes from the roster that the first one pinned', async () => {
  const all = await known();
  const { pipeline } = all;
  const blob = `${SOURCE}/people.csv`;
  pipeline.clock.pass(1_000);
  pipeline.exports.drop(blob, file(row('p1', 'Left', 'ask')));
  pipeline.files.calls.before = ({ method, key }) => {
    if (method !== 'commit' || !key.endsWith('/users.jsonl')) return;
    pipeline.files.calls.before = () => undefined;
    throw new Error('died');
  };
  await expect(intake(pipeline, { version: 1, blob })).rejects.toThrow('died');
  // Meanwhile the roster forgets the person: the pinned version is what counts.
  const [run] = await pipeline.ledger.runs.ofSource(SOURCE, ['checking']);
  expect(await removePerson(pipeline.rosters, SOURCE, pipeline.hash('p1'))).toBe(true);
  await intake(pipeline, { version: 1, blob });
  expect(JSON.parse((pipeline.files.peek(run!.value, 'users.jsonl') ?? '').trim())).toMatchObject({
    phoneNumbers: [{ type: 'work', value: OLD }],
  });
});
test('a row that repeats another one shares its verdict, and tells of its own value', async () => {
  const all = await known(phones({ onUnreadable: 'omit' }));
  const second = await all.drop(file(row('p3', 'Active', ''), row('p3', 'Active', 'ask')));
  await all.rest();
  expect(await fatesOf(all, second)).toEqual(['p3 created', 'p3 created value-left-out']);
});
test('two rows of one person that differ are rejected as ever, also if one is inactive', async () => {
  const all = await known();
  const second = await all.drop(file(row('p1', 'Left', 'ask'), row('p1', 'Active', OLD)));
  await all.rest();
  expect(await fatesOf(all, second)).toEqual(['p1 rejected duplicate-id', 'p1 rejected duplicate-id']);
});

test('for any two nights: every inactive row with an id of its own goes, and nothing of ours is null or cleared', async () => {
  const phone = fc.constantFrom(OLD, NEW, '', 'ask', '#REF!');
  const email = fc.constantFrom(null, null, 'x x', '#N/A');
  const person = fc.record({ status: fc.constantFrom('Active', 'Left', 'Gone'), phone, email });
  await fc.assert(
    fc.asyncProperty(
      fc.array(person, { minLength: 4, maxLength: 4 }),
      fc.array(person, { minLength: 4, maxLength: 4 }),
      async (first, second) => {
        const all = await nights({}, phones());
        const lines = (people: typeof first): string =>
          file(...people.map((one, at) => row(`p${at}`, one.status, one.phone, one.email ?? `p${at}@contoso.example`)));
        await all.drop(lines(first));
        await all.rest();
        all.pass(DAY_MS);
        const before = first.map((_, at) => heldOf(all, `p${at}`));
        const run = await all.drop(lines(second));
        await all.rest();
        const fates = await all.fates(run);
        second.forEach(({ status, phone: said }, at) => {
          const id = `p${at}`;
          if (status === 'Gone') expect(fates[at]?.verdict).toBe('rejected');
          if (status !== 'Left') return;
          expect([id, fates[at]?.verdict]).not.toEqual([id, 'rejected']);
          const now = heldOf(all, id);
          expect(now.active).toBe(false);
          if (said === 'ask' || said === '#REF!') expect(now.phone).toBe(before[at]?.phone);
          if (before[at]?.userName !== undefined) expect(now.userName).toBe(before[at].userName);
        });
        for (const text of all.tenant.directory.values()) expect(text).not.toContain('null');
      },
    ),
    { numRuns: rounds(25) },
  );
});
