// Attacks of somebody who can drop files into the folder of one source.
import { gzipSync } from 'node:zlib';
import { MAX_REPEATED_ROWS } from '../../shared/pipeline/read/repeated-rows';
import { person } from '../unit/pipeline/contoso';
import { attacksBy } from './attack';
import { ATTACKED } from './attacked-world';

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
]);
