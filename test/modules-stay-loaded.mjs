// For the unit tests, whose runner keeps modules loaded from one file to the next (docs/adr/0055-unit-tests-share-modules.md): what Jest's own
// runner does besides. `import()` takes TypeScript to be CommonJS, which `require` learns in from-source.cjs, and a test that hangs fails.
import { register } from 'node:module';
import { addEventHandler } from 'jest-circus';

const hooks = `
  export const load = (url, context, next) =>
    new URL(url).pathname.endsWith('.ts') ? { format: 'commonjs', shortCircuit: true } : next(url, context);
`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);

/** As `testTimeout` in jest.config.js, ms. */
const TEST_TIMEOUT_MS = 120_000;

/** `fn`, which fails if it is still waiting after `ms`. */
const within = (ms, name, fn) => {
  const limited = async () => {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`"${name}" takes longer than ${ms} ms.`)), ms);
    });
    try {
      return await Promise.race([Promise.resolve().then(fn), late]);
    } finally {
      clearTimeout(timer);
    }
  };
  return limited;
};

addEventHandler((event, state) => {
  if (event.name !== 'add_test' || event.fn === undefined) return;
  const test = state.currentDescribeBlock.tests.at(-1);
  if (test.fn === event.fn) test.fn = within(event.timeout ?? TEST_TIMEOUT_MS, event.testName, event.fn);
});
