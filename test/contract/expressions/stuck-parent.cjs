// Waits for a row that never ends, so that its test can kill it meanwhile. Requires TypeScript as test/from-source.cjs lets it.
const { openExpressions } = require('../../../shared/mapping/expressions.ts');

const FOR_EVER_MS = 600_000;

(async () => {
  const setup = { texts: ['Value = "" ? "" : $contains(Value, /^(a|a)+$/)'], columns: ['Value'] };
  const expressions = openExpressions(setup, {
    maxSilenceMs: FOR_EVER_MS,
    maxLostMs: FOR_EVER_MS,
    maxFileMs: FOR_EVER_MS,
  });
  await expressions.evaluate([['']]);
  void expressions.evaluate([[`${'a'.repeat(60)}!`]]);
  process.send('stuck');
})();
