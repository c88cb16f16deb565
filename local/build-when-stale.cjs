// Before `npm start`: builds only if a source is newer than the last build, so that a host that crashed is back without waiting for the
// compiler. Plain JavaScript, because it also runs when nothing is built yet.
const { spawnSync } = require('node:child_process');
const { existsSync, readdirSync, readFileSync, statSync, writeFileSync } = require('node:fs');
const { join, relative, resolve } = require('node:path');

const root = resolve(__dirname, '..');
/** The folders that tsconfig.build.json compiles. */
const SOURCES = ['functions', 'shared', 'cli', 'local', 'bench'];
const SETTINGS = ['tsconfig.json', 'tsconfig.build.json', 'package.json'];
/** Written here after each build that had no errors. The compiler writes its own record even when it found some. */
const STAMP = join(root, 'dist', 'built-without-errors');

const changedAt = (path) => statSync(path).mtimeMs;
// Folders too: removing or renaming a file changes only the time of its folder.
const foldersAndSources = (folder) => [
  folder,
  ...readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isDirectory() || /\.(ts|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name)),
];

/** Why a build is needed, or null. */
function reasonToBuild() {
  if (!existsSync(STAMP)) return 'no build without errors yet';
  const builtAt = Number(readFileSync(STAMP, 'utf8'));
  const inputs = [
    ...SETTINGS.map((name) => join(root, name)),
    ...SOURCES.flatMap((name) => foldersAndSources(join(root, name))),
  ];
  const newer = inputs.find((path) => changedAt(path) > builtAt);
  return newer === undefined ? null : `${relative(root, newer)} changed after the last build`;
}

const reason = reasonToBuild();
if (reason !== null) {
  process.stdout.write(`Building first: ${reason}.\n`);
  const startedAt = Date.now();
  const tsc = require.resolve('typescript/bin/tsc', { paths: [root] });
  const { status } = spawnSync(process.execPath, [tsc, '--build', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  // The time when the build started: what is saved during a build counts as newer than it.
  if (status === 0) writeFileSync(STAMP, String(startedAt));
  process.exitCode = status ?? 1;
}
