// The expressions of a file without a process of their own: for tests of what expressions give, which need no end from outside.
import type { OpenExpressions } from '../../../shared/mapping/expressions';
import { compileRowExpressions } from '../../../shared/mapping/row-expressions';

export const expressionsHere: OpenExpressions = (setup) => {
  const evaluate = compileRowExpressions(setup);
  return {
    async evaluate(rows) {
      const results = [];
      for (const row of rows) results.push(await evaluate(row));
      return results;
    },
    end: () => undefined,
  };
};
