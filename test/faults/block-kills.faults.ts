// Process death within one call on a port: a file is written in blocks and committed by a block list, and the host is killed by SIGKILL
// after each block: between two blocks, or before the list. The export's copy and the pointer to a roster are one request each: killed before it
// and after it.
import { dropExport, putSource } from '../../local/drop-files';
import { expectNewestRecords, expectVerdicts, expectWithinLimits } from './check-promise';
import type { Ground } from './ground';
import { startGround } from './ground';
import { inLanes } from './kill-lanes';
import { fireEvent, PLAIN_FILE } from './plain-life';
import { countRepeated } from './repeated-calls';
import { untilRest, untilRestOr } from './rest';
import { expectRosterIsTrue } from './roster-truth';
import type { World } from './small-world';
import { SOURCE, SOURCE_TEXT, writeFile } from './small-world';
import type { AimedFault } from './storage-proxy';
import { startStorageProxy } from './storage-proxy';
import type { StorageRequest } from './storage-request';
import { fileOfRun, isCopy, isRosterPointer, isStagedBlock, isWholeFile } from './storage-request';
import { limitTests } from './until';

/** Lives side by side. */
const LANES = 2;
/** A block holds 8 MiB: this many faulty rows, which name a column so long, make more than one block of `rows.jsonl` … */
const MISTAKEN_ROWS = 17_000;
const STATUS_COLUMN = 'Status '.padEnd(500, '.');
/** … and this many people with such notes more than one of users; fifty fit into a request, and a cell of Excel holds 32,767 characters. */
const PEOPLE = 128;
const NOTES = { nickName: 'Note 1', userType: 'Note 2', timezone: 'Note 3' };
const NOTE_CHARS = 23_500;

/** Only matching places are played. */
const ONLY = new RegExp(process.env.ROLLCALL_KILLS ?? '');

/** Reading it takes some seconds: no other intake should begin to read it meanwhile. */
const BIG_FILE_SETTINGS = { ROLLCALL_LOST_EXPORT_SECONDS: '5', ROLLCALL_INTAKE_SILENCE_SECONDS: '5' };

limitTests(900_000);

const WORLD: World = {
  files: [
    Array.from({ length: PEOPLE + MISTAKEN_ROWS }, (_, i) => ({
      person: i + 1,
      active: i < PEOPLE ? i !== 5 : null,
      title: 'Clerk',
    })),
  ],
  failsOnce: 0,
  failsForGood: 0,
};

/** The world's file with the columns of the notes. */
function writeBigFile(): Buffer {
  const [header, ...lines] = writeFile(WORLD.files[0]!).toString('utf8').trimEnd().split('\n');
  const names = Object.values(NOTES);
  const notes = (text: string): string => names.map(() => `,${text}`).join('');
  const note = 'n'.repeat(NOTE_CHARS);
  const columns = [header?.replace('Status', STATUS_COLUMN), ...names];
  return Buffer.from(
    [columns.join(','), ...lines.map((line, i) => line + notes(i < PEOPLE ? note : '')), ''].join('\n'),
  );
}

function bigSource(): Buffer {
  const settings = JSON.parse(SOURCE_TEXT) as { active: object; mapping: object };
  const active = { ...settings.active, column: STATUS_COLUMN };
  // A tenth of its rows is rejected on purpose, which the guard would hold.
  return Buffer.from(JSON.stringify({ ...settings, active, guard: 'off', mapping: { ...settings.mapping, ...NOTES } }));
}

/** A request with everything that is the same in each life; only the run's id differs. */
interface Place {
  readonly name: string;
  readonly fits: (request: StorageRequest) => boolean;
  readonly fault: 'cutBefore' | 'cutAfter';
}

/** Written by one request. */
const isWhole = (request: StorageRequest): boolean =>
  isCopy(request) || isRosterPointer(request) || isWholeFile(request);

/** After each block and each small file; before and after the two requests that others wait for. */
function placesOf(requests: readonly StorageRequest[]): readonly Place[] {
  // A roster has a number and letters that tell two writers of one roster apart.
  const fileOf = (request: StorageRequest): string => fileOfRun(request).replace(/^\d+-\w+\.roster$/, 'roster');
  // Eight digits, after letters that tell two writers of one report apart.
  const blockOf = ({ query }: StorageRequest): number =>
    Number(
      Buffer.from(query.get('blockid') ?? '', 'base64')
        .toString()
        .slice(-8),
    );
  const places = requests.flatMap((seen): readonly Place[] => {
    const fits = (other: StorageRequest): boolean =>
      isStagedBlock(other) === isStagedBlock(seen) &&
      isWhole(other) === isWhole(seen) &&
      fileOf(other) === fileOf(seen) &&
      blockOf(other) === blockOf(seen);
    if (isStagedBlock(seen)) {
      return [{ name: `${fileOf(seen)}, after block ${blockOf(seen) + 1}`, fits, fault: 'cutAfter' }];
    }
    if (!isWhole(seen)) return [];
    const after: Place = { name: `${fileOf(seen)}, after the request`, fits, fault: 'cutAfter' };
    if (isWholeFile(seen)) return [after];
    return [{ name: `${fileOf(seen)}, before the request`, fits, fault: 'cutBefore' }, after];
  });
  return [...new Map(places.map((place) => [place.name, place])).values()];
}

/** Plays the world; the host is killed at `place`. Resolves to the requests of the first host. */
async function playBigLife(ground: Ground, place: Place | null): Promise<readonly StorageRequest[]> {
  const one = await ground.begin({}, BIG_FILE_SETTINGS);
  const proxy = await startStorageProxy(one.connectionString, 0);
  const requests: StorageRequest[] = [];
  try {
    proxy.watch((request) => requests.push(request));
    await putSource(one.storage, SOURCE, bigSource());
    const first = await one.startHost({ AzureWebJobsStorage: proxy.connectionString });
    const died = new AbortController();
    void first.exited.finally(() => died.abort());
    const strikes = (): void => void process.kill(first.pid, 'SIGKILL');
    if (place !== null) proxy.aim({ fits: place.fits, fault: place.fault, strikes } satisfies AimedFault);
    await dropExport(one.storage, SOURCE, PLAIN_FILE, writeBigFile());
    await fireEvent(one, first);
    let runs = await untilRestOr(one, 1, died.signal);
    if (place !== null) {
      if (runs !== null) throw new Error('everything came to rest, and the host was never killed');
      expect((await first.exited).signal).toBe('SIGKILL');
      await one.startHost();
      runs = await untilRest(one, 1);
    }
    await expectVerdicts(one, WORLD, runs ?? []);
    expectNewestRecords(one, WORLD);
    expectWithinLimits(one);
    await expectRosterIsTrue(one);
    expect(countRepeated(WORLD, one.entra.uploads()).others).toBe(0);
    return requests;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${place?.name ?? 'nobody died'}: ${message}\n${one.story()}`, { cause: error });
  } finally {
    await one.end();
    await proxy.stop();
  }
}

test('a host killed between two blocks, or between the last block and the list, loses no row and sends nothing twice', async () => {
  const first = await startGround();
  const places = placesOf(await playBigLife(first, null).finally(() => first.stop()));
  const of = (file: string): number => places.filter((place) => place.name.startsWith(`${file},`)).length;
  // The numbers above are chosen to reach these; each of the others is there at least once.
  const few = ['users.jsonl', 'rows.jsonl', 'export', 'current.json'];
  const one = [
    'batches.jsonl',
    'people.idx',
    'source.json',
    'hold.csv',
    'roster.json',
    'roster',
    'header.json',
    `${PLAIN_FILE}.verdicts.csv`,
    `${PLAIN_FILE}.to-correct.csv`,
    'summary.json',
  ];
  expect(few.filter((file) => of(file) < 2)).toEqual([]);
  expect(one.filter((file) => of(file) < 1)).toEqual([]);
  const waiting = places.filter((place) => ONLY.test(place.name));
  const broken: string[] = [];
  await inLanes(LANES, waiting, async (ground, place) => {
    const failure = await playBigLife(ground, place).then(() => null, String);
    process.stdout.write(`${place.name} ${failure === null ? 'held' : `BROKEN\n${failure}`}\n`);
    if (failure !== null) broken.push(failure);
  });
  expect(broken).toEqual([]);
});
