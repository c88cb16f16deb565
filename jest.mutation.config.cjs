// The tests that mutation testing plays: those of the mutated folders that need no sockets.
const usual = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...usual,
  testMatch: ['<rootDir>/test/unit/{delivery,graph,pipeline,report,run,verdict,functions}/**/*.test.ts'],
};
