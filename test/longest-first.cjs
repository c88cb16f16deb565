// Whole stories take longest, so they begin first and the short tests fill the gaps, also in a fresh clone, where Jest knows no
// durations and goes by file size.
const Sequencer = require('@jest/test-sequencer').default;

const LONGEST_FIRST = [
  'test/pipeline/promise.',
  'test/faults/',
  'test/pipeline/stories.',
  'test/contract/local-host/',
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
