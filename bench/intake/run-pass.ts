// One measured pass of `bench intake`.
import { reportMeasured } from '../measured-process';
import { mapAlone } from './map-alone';
import { parseAlone } from './parse-alone';
import type { PassFigures, PassOrder } from './pass';
import { wholeIntake } from './whole-intake';

async function run(order: PassOrder): Promise<PassFigures> {
  if (order.pass === 'intake') return wholeIntake(order.storage, order.blob);
  const begin = performance.now();
  const rows = await (order.pass === 'parse' ? parseAlone(order.path) : mapAlone(order.path));
  return { rows, seconds: (performance.now() - begin) / 1_000, stagedSeconds: null, transactions: 0 };
}

reportMeasured(run);
