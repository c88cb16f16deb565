// Attacks of somebody who can drop files, by their names alone.
import { reportNameOf } from '../../shared/run/run';
import { csvOf, person } from '../unit/pipeline/contoso';
import { attacksBy } from './attack';
import type { AttackedWorld } from './attacked-world';
import { ATTACKED } from './attacked-world';

const drop =
  (name: string) =>
  (world: AttackedWorld): void =>
    world.drop(name, csvOf(person('p1')));

/** One run, held for this reason, with its report; the container was looked at all the while, and no message was put twice. */
const isHeld =
  (source: string, code: string) =>
  async (world: AttackedWorld): Promise<void> => {
    const runs = await world.attackedRuns();
    expect(runs).toMatchObject([{ source, state: 'held', reason: { code }, rows: 0 }]);
    const { run, blobName } = runs[0]!;
    expect([...world.pipeline.reports.reports.keys()]).toContain(
      `${source}/${run}/${reportNameOf({ blobName })}.why-held.txt`,
    );
    const messages = world.pipeline.arrivals.history.filter(({ message }) => message.blob === blobName);
    expect(messages.length).toBeLessThanOrEqual(1);
    expect(world.faults).toEqual([]);
  };

attacksBy('file-dropper', [
  ...['hr#1', 'hr?x', '.hr', '_none', ' ', 'f'.repeat(600)].map((folder) => ({
    does: `drops a file into the folder ${JSON.stringify(folder.slice(0, 20))}`,
    holds: 'it is held once, as a file of no source',
    attack: drop(`${folder}/people.csv`),
    expect: isHeld('_none', 'source-unknown'),
  })),
  ...[
    'hr\nx/people.csv',
    `${ATTACKED}/a\u0001b.csv`,
    `${ATTACKED}/\u001b[31mred.csv`,
    `${ATTACKED}/../people.csv`,
    `${ATTACKED}/a\\b.csv`,
    `${ATTACKED}//people.csv`,
  ].map((name) => ({
    does: `drops ${JSON.stringify(name)}`,
    holds: 'it is held once, unread, as a file of no source',
    attack: async (world: AttackedWorld) => {
      drop(name)(world);
      // The sweep finds it when it is a quarter of an hour old.
      for (let tick = 0; tick < 6; tick++) await world.tick();
    },
    expect: isHeld('_none', 'file-name-unusable'),
  })),
  {
    does: 'drops a file with a name of 1,000 characters',
    holds: 'it is sent, and its reports have a name that a disk can hold',
    attack: drop(`${ATTACKED}/${'n'.repeat(996)}.csv`),
    expect: async (world) => {
      expect(await world.attackedRuns()).toMatchObject([{ state: 'settled', verdicts: { created: 1 } }]);
      const names = [...world.pipeline.reports.reports.keys()].map((key) => key.slice(key.lastIndexOf('/') + 1));
      expect(names).toContain(`${'n'.repeat(200)}.verdicts.csv`);
      expect(names.every((name) => Buffer.byteLength(name) <= 255)).toBe(true);
    },
  },
  ...[1_010, 1_011, 1_024].map((chars) => ({
    does: `drops a file with a name of ${chars} characters`,
    holds: 'it is sent, though its manifest may have no name',
    attack: drop(`${ATTACKED}/${'n'.repeat(chars - ATTACKED.length - 5)}.csv`),
    expect: async (world: AttackedWorld) => {
      expect(await world.attackedRuns()).toMatchObject([{ state: 'settled', verdicts: { created: 1 } }]);
      expect(world.faults).toEqual([]);
    },
  })),
  ...['people.csv', '', '.', '..'].map((file) => ({
    does: `drops the manifest of ${JSON.stringify(file)} and no file`,
    holds: 'it is answered',
    attack: async (world: AttackedWorld) => {
      world.drop(`${ATTACKED}/${file}.manifest.json`, '{}');
      for (let tick = 0; tick < 14; tick++) await world.tick();
    },
    expect: isHeld(ATTACKED, 'manifest-alone'),
  })),
]);
