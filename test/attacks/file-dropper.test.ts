// Attacks of somebody who can drop files into the folder of one source.
import { gzipSync } from 'node:zlib';
import { MAX_REPEATED_ROWS } from '../../shared/pipeline/read/repeated-rows';
import { person, settingsOf } from '../unit/pipeline/contoso';
import { attacksBy } from './attack';
import { ATTACKED, ATTACKED_JOB } from './attacked-world';

const blob = `${ATTACKED}/hostile.csv`;
const HEADER = 'Id,Status,Email\n';

attacksBy('file-dropper', [
  {
    does: 'packs one row, again and again, into a small archive',
    holds: 'reading stops at the limit, and the file is held with the numbers so far',
    attack: (world) => world.drop(blob, gzipSync(HEADER + `${person('p1')}\n`.repeat(MAX_REPEATED_ROWS + 100))),
    expect: async (world) => {
      const [run] = await world.attackedRuns();
      expect(run).toMatchObject({ state: 'held', reason: { code: 'rows-repeated' }, collapsed: MAX_REPEATED_ROWS + 1 });
    },
  },
  {
    does: 'drops small files without end',
    holds: 'those beyond the quota of the day are held, uncopied and unread',
    attack: (world) => {
      const settings = settingsOf({ content: 'changes' }, { job: ATTACKED_JOB, quota: { filesPerDay: 3 } });
      world.pipeline.sources.put(ATTACKED, settings);
      for (let file = 1; file <= 20; file++) world.dropPeople(`p${file}`);
    },
    expect: async (world) => {
      const runs = await world.attackedRuns();
      expect(runs.map(({ state, reason }) => reason?.code ?? state)).toEqual([
        ...Array<string>(3).fill('settled'),
        ...Array<string>(17).fill('quota-exceeded'),
      ]);
      expect(runs.filter((run) => world.pipeline.files.peek(run, 'export') !== null)).toHaveLength(3);
    },
  },
]);
