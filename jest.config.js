// One configuration for all kinds of test; the folders of test/ are the kinds (see CONTRIBUTING.md).
const { join } = require('node:path');

// The process of the expressions is started beside its caller, so here it runs from its source, too. And nothing that a test starts reaches a
// service of Microsoft.
const PRELOADED = ['from-source.cjs', 'no-real-service.cjs'].map((file) =>
  JSON.stringify(join(__dirname, 'test', file)),
);
process.env.NODE_OPTIONS = [process.env.NODE_OPTIONS ?? '', ...PRELOADED].join(' --require ');

/** What is the same for every kind. */
const kind = {
  testEnvironment: 'node',
  // The tests themselves may run in the process that was not preloaded.
  setupFiles: ['<rootDir>/test/no-real-service.cjs'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  // The copies of the tree in which mutation testing works.
  modulePathIgnorePatterns: ['<rootDir>/.stryker-tmp'],
};
const ON_ONE_STORAGE =
  'test/{contract/{storage,local-host}/**/*,pipeline/{promise,stories},pipeline/cli/{held,roster,status},faults/sample}.test.ts';

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    {
      ...kind,
      testMatch: [`<rootDir>/${ON_ONE_STORAGE}`],
      globalSetup: '<rootDir>/test/start-shared-storage.ts',
      globalTeardown: '<rootDir>/test/stop-shared-storage.ts',
    },
    { ...kind, testMatch: ['<rootDir>/test/{contract,faults,model,pipeline}/**/*.test.ts', `!**/${ON_ONE_STORAGE}`] },
    {
      ...kind,
      testMatch: ['<rootDir>/test/{attacks,unit}/**/*.test.ts'],
      runner: 'jest-light-runner',
      setupFiles: [...kind.setupFiles, '<rootDir>/test/from-source.cjs', '<rootDir>/test/modules-stay-loaded.mjs'],
    },
  ],
  testSequencer: '<rootDir>/test/longest-first.cjs',
  // A test that hangs fails; a machine that is three times slower is none.
  testTimeout: 120_000,
  // One more than the cores of the smallest machine: whole stories mostly wait.
  maxWorkers: 3,
  // Stories of one machine that are told side by side.
  maxConcurrency: 25,
};
