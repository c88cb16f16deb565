// The stories end to end on one machine: Azurite, the compiled functions and the simulator. Each test has a source, a job and people of its own,
// so they are told side by side: most of a story is waiting for the service.
import { DateTime } from 'luxon';
import { sentenceOf } from '../../shared/messages/catalogue';
import { putHoldList, putSource } from '../../local/drop-files';
import type { Machine } from '../../local/machine';
import { startMachine } from '../../local/machine';
import type { Rule } from '../../local/entra/rules';
import { hasEnded, lookAtRuns } from '../../local/watch-runs';
import type { Run } from '../../shared/run/run';
import { fileNameOf } from '../../shared/run/run';
import { APP_DIR, drop, dropAndWait, readReport, readVerdicts, runOf, runsOf, until } from './machine-under-test';
import { accountOf } from '../shared-storage';
import { rollcall } from './cli/rollcall-process';
import { sourceText } from './random-exports';

// Longer than the longest wait, so that a wait fails with its own sentence: `limitTests` does not reach tests that run side by side.
jest.setTimeout(240_000);

const SERVICE_PRINCIPAL = '8f0e6d1c-3b52-4c57-9d0a-5f2f3c7e91ab';
const HEADER = 'EmployeeID,Status,Email,FirstName,LastName,Title,Dept';
let machine: Machine;

/** People whom the service refuses, or passes over in silence; the stories of the two sources tell of them. */
const RULES: readonly Rule[] = [
  {
    match: { externalId: 'failing-1' },
    outcome: { errorCode: 'AzureDirectoryServiceServerBusy', reason: 'Busy.', times: 2 },
  },
  {
    match: { externalId: 'failing-2' },
    outcome: { errorCode: 'AzureActiveDirectoryDuplicateUserPrincipalName', reason: 'Taken.' },
  },
  { match: { externalId: 'silent-1' }, outcome: { silent: true } },
];
beforeAll(async () => {
  machine = await startMachine({
    appDir: APP_DIR,
    connectionString: accountOf('stories'),
    settings: { ROLLCALL_CONFIRM_WITHIN_SECONDS: '6', ROLLCALL_HALT_PAUSE_SECONDS: '2' },
    entra: { rules: RULES },
  });
});
afterAll(() => machine.stop());

let count = 0;
/** A source that no other test uses. */
async function newSource(content: 'full' | 'changes' = 'changes', source = `story-${++count}`): Promise<string> {
  await putSource(machine.storage, source, Buffer.from(sourceText(source, content)));
  return source;
}
const jobOf = (source: string) => ({ servicePrincipalId: SERVICE_PRINCIPAL, jobId: `API2AAD.${source}` });
const job = (source: string) => machine.entra!.job(SERVICE_PRINCIPAL, jobOf(source).jobId);
const row = (source: string, id: number, more: { status?: string; title?: string } = {}): string =>
  `${source}-${id},${more.status ?? 'Active'},${source}.${id}@contoso.example,F${id},L${id},${more.title ?? 'Clerk'},IT`;
const file = (...rows: string[]): string => [HEADER, ...rows, ''].join('\r\n');
const userOf = (source: string, id: number) =>
  machine.entra!.directory().find((user) => user.employeeId === `${source}-${id}`);
/** Requests accepted for a source, by the simulator's count. */
const uploadsOf = (source: string): number =>
  machine.entra!.uploads().filter((upload) => upload.jobId === `API2AAD.${source}`).length;

describe('bad input ends in a held run with a sentence, and no call', () => {
  const lines = [
    ['an empty file', 'file-empty', ''],
    ['a header without rows', 'file-without-rows', `${HEADER}\r\n`],
    [
      'a doubled header',
      'column-doubled',
      'EmployeeID,EmployeeID,Status,Email,FirstName,LastName,Title,Dept\r\n1,1,Active,a@contoso.example,A,B,C,D\r\n',
    ],
    [
      'a missing id column',
      'column-missing',
      'Status,Email,FirstName,LastName,Title,Dept\r\nActive,a@contoso.example,A,B,C,D\r\n',
    ],
    ['a PDF', 'file-of-wrong-kind', '%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n'],
    [
      'an HTML error page',
      'file-of-wrong-kind',
      '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body></body></html>',
    ],
    [
      'a file that ends within a quoted cell',
      'file-truncated',
      `${HEADER}\r\n1,Active,a@contoso.example,A,B,C,"cut he`,
    ],
  ] as const;
  it.concurrent.each(lines)('%s', async (_, code, text) => {
    const source = await newSource();
    const run = await dropAndWait(machine, source, 'people.csv', text);
    expect(run).toMatchObject({ state: 'held', batches: 0, rows: 0, reason: { code } });
    expect(sentenceOf(run.reason!)).toMatch(/^[A-Z].{15,}\.$/s);
    expect(await readReport(machine, run, 'people.csv.verdicts.csv')).toBe('line,id,verdict,code,sentence\r\n');
    expect(await readReport(machine, run, 'people.csv.why-held.txt')).toContain(sentenceOf(run.reason!));
    expect(uploadsOf(source)).toBe(0);
  });
  it.concurrent('a file that breaks off after many rows: those that were read are held', async () => {
    const source = await newSource();
    const ids = Array.from({ length: 150 }, (_, i) => i + 1);
    const whole = file(...ids.map((id) => row(source, id)));
    const run = await dropAndWait(machine, source, 'people.csv', whole.slice(0, -',Clerk,IT\r\n'.length));
    expect(run).toMatchObject({ state: 'held', batches: 0, reason: { code: 'file-truncated', line: 151 } });
    const verdicts = await readVerdicts(machine, run);
    expect(verdicts.length).toBeGreaterThanOrEqual(100);
    expect(verdicts.map((one) => [one.id, one.verdict])).toEqual(
      ids.slice(0, verdicts.length).map((id) => [`${source}-${id}`, 'held']),
    );
    expect(uploadsOf(source)).toBe(0);
    expect(userOf(source, 1)).toBeUndefined();
  });
  it.concurrent('a folder without settings', async () => {
    const run = await dropAndWait(machine, 'nobody-knows', 'people.csv', file(row('x', 1)));
    expect(run).toMatchObject({ state: 'held', reason: { code: 'source-unknown' } });
  });
  it.concurrent('settings with mistakes: all of them are named, each with its path', async () => {
    const settings = JSON.parse(sourceText('broken', 'full')) as {
      mapping: Record<string, unknown>;
      active: Record<string, unknown>;
    };
    settings.mapping.nickname = 'Title';
    settings.active.inactive = ['active'];
    await putSource(machine.storage, 'broken', Buffer.from(JSON.stringify(settings)));
    const run = await dropAndWait(machine, 'broken', 'people.csv', file(row('broken', 1)));
    expect(run).toMatchObject({ state: 'held', reason: { code: 'source-invalid' } });
    expect(sentenceOf(run.reason!)).toContain('$.mapping.nickname');
    expect(sentenceOf(run.reason!)).toContain('$.active');
  });
});

it.concurrent(
  'rows that cannot be read, rows with missing or doubled ids are rejected; everybody else is sent',
  async () => {
    const source = await newSource();
    const run = await dropAndWait(
      machine,
      source,
      'people.csv',
      file(
        row(source, 1),
        'too,few',
        row(source, 2).replace(`${source}-2`, ''),
        row(source, 3),
        row(source, 3),
        row(source, 4),
        row(source, 4, { title: 'Other' }),
        row(source, 5, { status: 'Aktiv' }),
      ),
    );
    expect((await readVerdicts(machine, run)).map((one) => one.verdict)).toEqual([
      'created',
      'rejected',
      'rejected',
      'created',
      'created',
      'rejected',
      'rejected',
      'rejected',
    ]);
    expect(userOf(source, 4)).toBeUndefined();
    expect(userOf(source, 3)).toMatchObject({ accountEnabled: true });
  },
);

it.concurrent('a second source that names the same job is held, until the first gives the job up', async () => {
  const owner = await newSource();
  const other = await newSource();
  const settings = { ...(JSON.parse(sourceText(other, 'changes')) as object), job: jobOf(owner) };
  await putSource(machine.storage, other, Buffer.from(JSON.stringify(settings)));
  await dropAndWait(machine, owner, 'people.csv', file(row(owner, 1)));
  const held = await dropAndWait(machine, other, 'people.csv', file(row(other, 1)));
  expect(held).toMatchObject({ state: 'held', batches: 0, reason: { code: 'job-of-another-source' } });
  expect(sentenceOf(held.reason!)).toContain(`"${owner}"`);
  expect(uploadsOf(owner)).toBe(1);
  expect(userOf(other, 1)).toBeUndefined();

  await machine.storage.blobs.getContainerClient('sources').deleteBlob(`${owner}/source.json`);
  const taken = await dropAndWait(machine, other, 'people.csv', file(row(other, 2)));
  expect(taken.state).toBe('settled');
  expect(userOf(other, 2)).toMatchObject({ accountEnabled: true });
});

it.concurrent('a header that changed since the last file of the source is reported in the summary', async () => {
  const source = await newSource();
  await dropAndWait(machine, source, 'a.csv', file(row(source, 1)));
  const wider = file(row(source, 1)).replace('Dept', 'Dept,Floor').replace(',IT', ',IT,3');
  const run = await dropAndWait(machine, source, 'b.csv', wider);
  const summary = JSON.parse((await readReport(machine, run, 'summary.json'))!) as {
    findings: { code: string; column: string }[];
  };
  expect(summary.findings).toContainEqual(expect.objectContaining({ code: 'header-changed', column: 'Floor' }));
});

it.concurrent('a corrected file that is returned is read as changes; with shifted ids it is held', async () => {
  const source = await newSource('full');
  const first = await dropAndWait(
    machine,
    source,
    'people.csv',
    file(row(source, 1), row(source, 2, { status: 'Aktiv', title: '=1+1' })),
  );
  const toCorrect = (await readReport(machine, first, 'people.csv.to-correct.csv'))!;
  expect(toCorrect).toContain("'=1+1");
  const second = await dropAndWait(machine, source, 'corrected.csv', toCorrect.replace('Aktiv', 'Active'));
  expect(second).toMatchObject({ state: 'settled', content: 'changes', rows: 1 });
  expect(userOf(source, 2)!.attributes).toMatchObject({ title: '=1+1' });
  const third = await dropAndWait(
    machine,
    source,
    'shifted.csv',
    toCorrect.replace('Aktiv', 'Active').replace(`${source}-2`, `${source}-1`),
  );
  expect(third).toMatchObject({ state: 'held', reason: { code: 'corrected-row-shifted', line: 2 } });
});

it.concurrent(
  'the same content again costs no call; an older one that was overtaken is held, with the name and date of the newer one',
  async () => {
    const source = await newSource();
    const monday = file(row(source, 1, { title: 'Monday' }), row(source, 2));
    await dropAndWait(machine, source, 'monday.csv', monday);
    const calls = uploadsOf(source);
    const again = await dropAndWait(machine, source, 'monday-again.csv', monday);
    expect((await readVerdicts(machine, again)).map((one) => one.verdict)).toEqual(['unchanged', 'unchanged']);
    expect(uploadsOf(source)).toBe(calls);
    await dropAndWait(machine, source, 'tuesday.csv', file(row(source, 1, { title: 'Tuesday' })));
    const old = await dropAndWait(machine, source, 'monday-late.csv', monday);
    expect(old).toMatchObject({ state: 'held', reason: { code: 'older-file-again' } });
    expect(sentenceOf(old.reason!)).toMatch(/"tuesday\.csv" of \d{4}-\d\d-\d\d/);
    expect(userOf(source, 1)!.attributes).toMatchObject({ title: 'Tuesday' });
  },
);

it.concurrent(
  'people on the hold list are held while everybody else goes; taken off it, they go without a new file; a broken list holds a file',
  async () => {
    const source = await newSource();
    const list = (...entries: readonly string[]) =>
      putHoldList(machine.storage, source, Buffer.from(['id,until,why', ...entries, ''].join('\r\n')));
    await list(`${source}-1,2099-12-31,Court case`);
    const run = await dropAndWait(machine, source, 'people.csv', file(row(source, 1), row(source, 2)));
    const [first, second] = await readVerdicts(machine, run);
    expect(first).toMatchObject({ verdict: 'held', code: 'on-hold-list' });
    expect(first!.sentence).toContain('until the end of 2099-12-31. The reason given is "Court case".');
    expect(second).toMatchObject({ verdict: 'created' });
    expect(userOf(source, 1)).toBeUndefined();
    await list();
    await until(async () => (await runOf(machine, source, 'people.csv'))?.verdicts?.created === 2);
    expect(userOf(source, 1)).toBeDefined();
    expect((await readVerdicts(machine, run)).map((one) => one.verdict)).toEqual(['created', 'created']);
    await list(`${source}-1,soon,`);
    const held = await dropAndWait(machine, source, 'more.csv', file(row(source, 2)));
    expect(held).toMatchObject({ state: 'held', reason: { code: 'hold-list-broken', line: 2 } });
  },
);

it.concurrent(
  'a job that does not run gets no calls, the run says so, and resumes by itself when the job runs again',
  async () => {
    const source = await newSource();
    job(source).quarantine('EncounteredEscrowProportionThreshold');
    await drop(machine, source, 'people.csv', file(row(source, 1)));
    await until(async () => (await runOf(machine, source, 'people.csv'))?.waitsFor === 'job-in-quarantine');
    expect(uploadsOf(source)).toBe(0);
    job(source).restart();
    await until(async () => (await runOf(machine, source, 'people.csv'))?.state === 'settled');
    expect(userOf(source, 1)).toBeDefined();
    expect((await runOf(machine, source, 'people.csv'))!.waitsFor).toBeNull();
  },
);

it.concurrent(
  'a person who fails for a transient reason is sent again, one who fails for good is not; both get a sentence',
  async () => {
    const source = await newSource('changes', 'failing');
    const run = await dropAndWait(machine, source, 'people.csv', file(row(source, 1), row(source, 2), row(source, 3)));
    const verdicts = await readVerdicts(machine, run);
    expect(verdicts.map((one) => one.verdict)).toEqual(['created', 'failed', 'created']);
    expect(verdicts[1]).toMatchObject({
      code: 'AzureActiveDirectoryDuplicateUserPrincipalName',
      sentence: expect.stringContaining('Taken.'),
    });
    expect(await readReport(machine, run, 'people.csv.to-correct.csv')).toContain(`${source}-2`);
  },
);

it.concurrent('silence: sent once more, then not-seen, and never called a success', async () => {
  const source = await newSource('changes', 'silent');
  const run = await dropAndWait(machine, source, 'people.csv', file(row(source, 1), row(source, 2)));
  expect((await readVerdicts(machine, run)).map((one) => one.verdict)).toEqual(['not-seen', 'created']);
  expect(uploadsOf(source)).toBe(2);
});

it.concurrent(
  'a leaver is disabled, a person who comes back is enabled, and so is whom somebody disabled by hand, which is told',
  async () => {
    const source = await newSource();
    await dropAndWait(machine, source, 'a.csv', file(row(source, 1), row(source, 2)));
    const left = await dropAndWait(machine, source, 'b.csv', file(row(source, 1, { status: 'Left' })));
    expect((await readVerdicts(machine, left)).map((one) => one.verdict)).toEqual(['disabled']);
    expect(userOf(source, 1)!.accountEnabled).toBe(false);
    // Somebody disables the second one in the portal: HR's word has not changed, so enabling it again is told.
    expect(machine.entra!.setEnabled(`${source}-2`, false)).toBe(true);
    const back = await dropAndWait(
      machine,
      source,
      'c.csv',
      file(row(source, 1, { title: 'Back' }), row(source, 2, { title: 'Other' })),
    );
    expect((await readVerdicts(machine, back)).map(({ verdict, code }) => `${verdict} ${code}`.trim())).toEqual([
      'updated',
      'updated turned-on-again',
    ]);
    expect(userOf(source, 1)!.accountEnabled).toBe(true);
    expect(userOf(source, 2)!.accountEnabled).toBe(true);
  },
);

it.concurrent(
  'rollcall disable: the account is disabled without a file, by the whole record, and HR gets a report',
  async () => {
    const source = await newSource('full');
    await dropAndWait(machine, source, 'people.csv', file(row(source, 1), row(source, 2)));
    const before = userOf(source, 1)!;
    const { exitCode, out, err } = await rollcall(
      ['disable', '--person', `${source}-1`, '--source', source, '--reason', 'left today', '--json'],
      { ROLLCALL_STORAGE: accountOf('stories') },
    );
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    const told = JSON.parse(out) as { readonly run: string };
    expect(told).toMatchObject({ source, isNew: true, onItsWay: [], isMachineRunning: true, by: expect.any(String) });
    let run: Run | undefined;
    await until(async () => {
      run = (await lookAtRuns(machine.storage, (one) => one.run === told.run)).runs[0];
      return run !== undefined && hasEnded(run);
    });
    expect(run).toMatchObject({ origin: 'disable', state: 'settled', rows: 1 });
    expect((await readVerdicts(machine, run!)).map(({ id, verdict }) => [id, verdict])).toEqual([
      [`${source}-1`, 'disabled'],
    ]);
    const after = userOf(source, 1)!;
    expect(after.accountEnabled).toBe(false);
    expect(after.attributes).toEqual({ ...before.attributes, active: false });
    expect(userOf(source, 2)!.accountEnabled).toBe(true);
  },
);

describe('the day comes without a file', () => {
  /** A zone in which the day ends so many seconds from now, or up to a minute later: offsets have whole minutes. */
  const zoneThatEndsIn = (seconds: number): string => {
    const second = Math.floor(Date.now() / 1_000) % 86_400;
    const minutes = Math.floor((86_400 - seconds - second) / 60);
    // The longest offset is 14 hours; beyond it is the zone a day behind.
    const offset = minutes > 14 * 60 ? minutes - 24 * 60 : minutes;
    const [hour, minute] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
    return `UTC${offset < 0 ? '-' : '+'}${hour}:${String(minute).padStart(2, '0')}`;
  };
  const dayIn = (zone: string): string => DateTime.now().setZone(zone).toFormat('yyyy-MM-dd');
  const dated = (source: string, id: number, last: string): string => `${row(source, id)},${last}`;
  const runOfDates = async (source: string): Promise<Run | undefined> =>
    (await runsOf(machine, source)).find(({ origin }) => origin === 'dates');

  /** A source whose first file has settled on the last day of person 1, and before it ended. */
  async function onTheLastDay(more: object): Promise<string> {
    for (const seconds of [30, 60, 90]) {
      const source = await newSource();
      const zone = zoneThatEndsIn(seconds);
      const today = dayIn(zone);
      const until = { column: 'Last', date: { format: 'yyyy-MM-dd', zone }, blank: 'active' };
      const active = { column: 'Status', active: ['Active'], inactive: ['Left'], until };
      await putSource(machine.storage, source, Buffer.from(sourceText(source, 'changes', { active, ...more })));
      const rows = [dated(source, 1, today), dated(source, 2, '2099-12-31'), dated(source, 3, '')];
      const text = file(...rows).replace(HEADER, `${HEADER},Last`);
      const run = await dropAndWait(machine, source, 'people.csv', text);
      expect(run).toMatchObject({ state: 'settled', rows: 3 });
      // On a machine that is this slow the day was over when the file was read.
      if (userOf(source, 1)?.accountEnabled === true) return source;
    }
    throw new Error('no file was read within a minute and a half');
  }

  const isDisabledAlone = async (source: string, run: Run): Promise<void> => {
    expect(run).toMatchObject({ state: 'settled', rows: 1, content: 'changes', verdicts: { disabled: 1 } });
    expect((await readVerdicts(machine, run)).map(({ id, verdict }) => [id, verdict])).toEqual([
      [`${source}-1`, 'disabled'],
    ]);
    expect(userOf(source, 1)!.accountEnabled).toBe(false);
    expect([userOf(source, 2)!.accountEnabled, userOf(source, 3)!.accountEnabled]).toEqual([true, true]);
  };
  const endOf = async (source: string): Promise<Run> => {
    let run: Run | undefined;
    await until(
      async () => {
        run = await runOfDates(source);
        return run !== undefined && hasEnded(run);
      },
      () => JSON.stringify(run),
    );
    return run!;
  };

  it.concurrent(
    'a leaver is disabled when the last day is over, by the complete record, and HR gets a report',
    async () => {
      const source = await onTheLastDay({});
      const { attributes } = userOf(source, 1)!;
      const run = await endOf(source);
      expect(fileNameOf(run)).toMatch(/^dates-[0-9a-f]{8}\.json$/);
      await isDisabledAlone(source, run);
      expect(userOf(source, 1)!.attributes).toEqual({ ...attributes, active: false });
      expect(uploadsOf(source)).toBe(2);
      const { out } = await rollcall(['status', '--person', `${source}-2`, '--source', source, '--json'], {
        ROLLCALL_STORAGE: accountOf('stories'),
      });
      expect(JSON.parse(out)).toMatchObject({
        sources: [
          {
            source,
            daysToCome: [{ active: false, at: expect.stringMatching(/^(2099-12-31|2100-01-01)T/), isOverdue: false }],
          },
        ],
      });
    },
  );

  it.concurrent('the guard holds it as it holds a file, and an approval lets it go', async () => {
    const source = await onTheLastDay({ guard: { disabled: { hold: { count: 0 } } } });
    const held = await endOf(source);
    expect(held).toMatchObject({ state: 'held', reason: { code: 'guard-tripped' } });
    expect(userOf(source, 1)!.accountEnabled).toBe(true);
    const approved = await rollcall(['approve', held.run, '--reason', 'the contract is over'], {
      ROLLCALL_STORAGE: accountOf('stories'),
    });
    expect(approved).toMatchObject({ exitCode: 0, err: '' });
    await until(async () => (await runOfDates(source))?.state === 'settled');
    await isDisabledAlone(source, (await runOfDates(source))!);
  });
});

it.concurrent('an unreadable message is kept, not lost', async () => {
  const kept = machine.storage.blobs.getContainerClient('evidence');
  await machine.storage.queues
    .getQueueClient('deliveries')
    .sendMessage(Buffer.from('{"hello":"world"}').toString('base64'));
  await until(async () => {
    for await (const blob of kept.listBlobsFlat({ prefix: '_poison/' })) {
      if ((await kept.getBlobClient(blob.name).downloadToBuffer()).toString('utf8') === '{"hello":"world"}')
        return true;
    }
    return false;
  });
});
