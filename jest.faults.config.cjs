// The fault table, and the attacks that wait for real processes: long, so they have a command of their own (`npm run test:faults`); `npm test`
// runs a sample of the table (test/faults/sample.test.ts).
const { projects, testTimeout } = require('./jest.config.js');
const [, { testMatch: _, ...kind }] = projects;

/** @type {import('jest').Config} */
module.exports = {
  ...kind,
  testTimeout,
  testMatch: ['<rootDir>/test/**/*.faults.ts'],
  testSequencer: '<rootDir>/test/faults/longest-first.cjs',
  // Its lives have time limits of the service to keep, so it gets no more workers than cores.
  maxWorkers: 2,
};
