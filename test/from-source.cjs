// For processes and threads that our code starts beside itself while Jest runs it from its sources: teaches `require` TypeScript.
const { readFileSync } = require('node:fs');

require.extensions['.ts'] = (module, file) => {
  // Loaded when it is needed: most processes of the tests run what is built.
  const { transformSync } = require('@swc/core');
  const { code } = transformSync(readFileSync(file, 'utf8'), {
    filename: file,
    jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  module._compile(code, file);
};
