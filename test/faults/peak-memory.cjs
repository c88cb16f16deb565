// Preloaded into a host (NODE_OPTIONS=--require): when the process ends, it writes the most memory that it ever had resident.
//
//   ROLLCALL_TEST_PEAK  file that gets the number, MB
const { writeFileSync } = require('node:fs');

const file = process.env.ROLLCALL_TEST_PEAK;
// `maxRSS` is in kilobytes on every system (Node, process.resourceUsage).
// Not in the processes that the host itself starts.
if (file && /host[\\/]main\.js$/.test(process.argv[1] ?? ''))
  process.once('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS / 1_024)));
