// Mutation testing: deliberate faults in the rules and the stories, and whether a unit test notices (`npm run mutation`).
// Adapters of Azure are left out: their tests are contracts against real storage, too slow to be played for each fault.
/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: [
    'shared/{delivery,graph,guard,pipeline,report,run,verdict}/**/*.ts',
    'functions/**/*.ts',
    '!**/azure-*.ts',
    '!**/*-codes.ts',
    '!**/*-messages.ts',
    '!functions/{main,compose}.ts',
  ],
  // In Stryker's copy of the tree, after the faults are in.
  buildCommand:
    'esbuild functions/**/*.ts shared/**/*.ts test/unit/**/*.ts --format=cjs --platform=node --target=node20 --outdir=. --outbase=. --log-level=warning',
  testRunner: 'mocha',
  mochaOptions: { config: 'test/mutation/mocharc.cjs' },
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  concurrency: 2,
  // The tests take milliseconds; a mutant that loops for ever should not take longer than it must.
  timeoutMS: 2_000,
  reporters: ['clear-text', 'progress-append-only', 'json', 'html'],
  jsonReporter: { fileName: 'coverage/mutation/mutation.json' },
  htmlReporter: { fileName: 'coverage/mutation/mutation.html' },
  clearTextReporter: { logTests: false, reportTests: false, allowEmojis: false },
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['coverage', 'dist', 'docs', 'infra', 'samples', 'bench', '.ci', 'test/fixtures'],
};
