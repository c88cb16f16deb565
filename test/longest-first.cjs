// Whole stories take longest, so they begin first and the short tests fill the gaps, also in a fresh clone, where Jest knows no
// durations and goes by file size.
const Sequencer = require('@jest/test-sequencer').default;

// The host's contracts mostly wait, so they go beside the sample of the fault table, which needs both cores.
const LONGEST_FIRST = [
  'test/pipeline/promise.',
  'test/faults/',
  'test/contract/local-host/',
  'test/pipeline/stories.',
  'test/pipeline/',
  'test/model/',
  'test/unit/export/',
  'test/contract/',
];

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const found = LONGEST_FIRST.findIndex((part) => path.replaceAll('\\', '/').includes(part));
      return found < 0 ? LONGEST_FIRST.length : found;
    };
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
