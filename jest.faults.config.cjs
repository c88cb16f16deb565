// The fault table: long, so it has a command of its own (`npm run test:faults`); `npm test` runs a sample of it (test/faults/sample.test.ts).
const usual = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...usual,
  testMatch: ['<rootDir>/test/faults/**/*.faults.ts'],
  testSequencer: '<rootDir>/test/faults/longest-first.cjs',
};
