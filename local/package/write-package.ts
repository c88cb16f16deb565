// `npm run package`: writes what is deployed, as a folder and as a zip of the same files.
import { Command } from 'commander';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { packageFiles } from './package-files';
import { zipOf } from './zip';

const ROOT = resolve(__dirname, '..', '..', '..');

async function writePackage(out: string): Promise<void> {
  const files = await packageFiles(ROOT);
  const folder = join(out, 'package');
  // What an earlier version wrote must not be deployed.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const written = [
    ...files.map(({ name, bytes }) => ({ path: join(folder, name), bytes })),
    { path: join(out, 'rollcall.zip'), bytes: zipOf(files) },
  ];
  for (const { path, bytes } of written) {
    writeFileSync(path, bytes);
    console.log(`${(bytes.length / 1_000_000).toFixed(2).padStart(6)} MB  ${relative(process.cwd(), path)}`);
  }
}

const command = new Command('package')
  .description('Writes what is deployed: the folder `package`, and `rollcall.zip` with the same files.')
  .option('--out <folder>', 'where to write both', join(ROOT, 'dist'));

writePackage(resolve(command.parse().opts<{ readonly out: string }>().out)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
