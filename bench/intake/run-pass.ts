// A process of its own for each measurement, so that the peak of memory is that of one pass: the order is the first argument,
// the result goes to the parent.
import { mapAlone } from './map-alone';
import { parseAlone } from './parse-alone';
import type { PassOrder, PassResult } from './pass';
import { wholeIntake } from './whole-intake';

async function run(order: PassOrder): Promise<Omit<PassResult, 'peakBytes' | 'cpuSeconds'>> {
  if (order.pass === 'intake') return wholeIntake(order.storage, order.blob);
  const begin = performance.now();
  const rows = await (order.pass === 'parse' ? parseAlone(order.path) : mapAlone(order.path));
  return { rows, seconds: (performance.now() - begin) / 1_000, stagedSeconds: null, transactions: 0 };
}

const cpuBefore = process.cpuUsage();
void run(JSON.parse(process.argv[2] ?? '') as PassOrder).then((result) => {
  const cpu = process.cpuUsage(cpuBefore);
  // maxRSS is in KiB (Node.js documentation, process.resourceUsage).
  const whole: PassResult = {
    ...result,
    cpuSeconds: (cpu.user + cpu.system) / 1_000_000,
    peakBytes: process.resourceUsage().maxRSS * 1_024,
  };
  process.send?.(whole, () => process.disconnect());
});
