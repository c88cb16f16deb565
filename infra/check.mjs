// npm run check:infra: builds and lints the template with Bicep's own compiler, where `bicep` or `az` is installed; elsewhere it says aloud that
// nothing was checked. Warnings of the linter are printed, errors fail.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = dirname(fileURLToPath(import.meta.url));
const template = join(FOLDER, 'main.bicep');
const parameters = join(FOLDER, 'main.bicepparam');
// On Windows `az` is a .cmd, which starts in a shell only.
const shell = process.platform === 'win32';

/** What each compiler is asked, in its own words. */
const COMPILERS = [
  {
    name: 'bicep',
    commands: [
      ['build', template, '--stdout'],
      ['lint', template],
      ['build-params', parameters, '--stdout'],
    ],
  },
  {
    name: 'az',
    commands: [
      ['bicep', 'build', '--file', template, '--stdout'],
      ['bicep', 'lint', '--file', template],
      ['bicep', 'build-params', '--file', parameters, '--stdout'],
    ],
  },
];

const isInstalled = ({ name }) => spawnSync(name, ['--version'], { shell, stdio: 'ignore' }).status === 0;
const compiler = COMPILERS.find(isInstalled);
if (compiler === undefined) {
  console.log('check:infra: NOT CHECKED, neither bicep nor az is installed here');
} else {
  for (const words of compiler.commands) {
    // The template as JSON is of no interest; what is wrong comes on standard error.
    const { status } = spawnSync(compiler.name, words, { shell, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) process.exitCode = 1;
  }
  console.log(`check:infra: ${process.exitCode ? 'errors' : 'no errors'} (${compiler.name})`);
}
