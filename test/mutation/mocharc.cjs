// The unit tests that mutation testing plays: those of the mutated folders that need no sockets.
module.exports = {
  require: ['./test/mutation/jest-words.cjs'],
  ui: 'jest',
  spec: ['test/unit/{delivery,functions,graph,guard,pipeline,report,run,verdict}/**/*.test.js'],
};
