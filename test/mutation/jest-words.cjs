// Jest's words as an interface of Mocha. Mutation testing plays thousands of faults: Mocha keeps the modules loaded between
// them, where Jest loads all of them anew for each. `expect` and `each` are Jest's own.
const { expect } = require('expect');
const fc = require('fast-check');
const { bind } = require('jest-each');
const { interfaces } = require('mocha');

const CASES_PER_PROPERTY = 25;
fc.configureGlobal({ numRuns: CASES_PER_PROPERTY });

const withEach = (word) =>
  Object.assign((title, body) => word(title, body), { each: bind((title, body) => word(title, body), false) });

/** @param {import('mocha').Suite} suite */
interfaces.jest = (suite) => {
  interfaces.bdd(suite);
  suite.on('pre-require', (context) => {
    const { before, after, describe, it } = context;
    Object.assign(context, {
      expect,
      beforeAll: before,
      afterAll: after,
      describe: withEach(describe),
      test: withEach(it),
    });
  });
};
