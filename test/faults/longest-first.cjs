// The kill tables take longer than all others together, so they begin first, whatever the file sizes.
const Sequencer = require('@jest/test-sequencer').default;

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => (path.includes('kill-table') ? 0 : /(roster|decided)-kills/.test(path) ? 1 : 2);
    return [...tests].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
  }
};
