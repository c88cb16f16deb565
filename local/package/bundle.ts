// The app as two files, by esbuild: what the functions need of our sources and of each package, and the same for the process of the expressions,
// which is started from the file beside the app (ADR 0047).
import { build } from 'esbuild';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

/** The files of the bundle without `.js`, and what each begins with. The process keeps its name: `shared/mapping/expressions.ts` looks for it. */
const ENTRIES = { main: 'functions/main.ts', 'expression-process': 'shared/mapping/expression-process.ts' };

/** The first exists only in the worker; the second is for developers, and `debug` goes without it where it is not found. */
const NOT_INSIDE = ['@azure/functions-core', 'supports-color'];

/** The library's registry of factories. Its `import` and its `require` are different files, each with a registry of its own. */
const RESOLVER = '@azure/functions-extensions-base';

/** A file of the package. */
export interface PackageFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The bundle. `packages`: the folders of the packages of which it contains something, as package-lock.json names them. */
export interface Bundle {
  readonly files: readonly PackageFile[];
  readonly packages: readonly string[];
}

/** Bundles the sources in `root`; writes nothing. Throws an Error also for what esbuild only warns of: it would fail where the app runs. */
export async function bundleApp(root: string): Promise<Bundle> {
  const { outputFiles, metafile, warnings } = await build({
    absWorkingDir: root,
    entryPoints: Object.entries(ENTRIES).map(([out, source]) => ({ in: source, out })),
    outdir: '.',
    write: false,
    metafile: true,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    external: NOT_INSIDE,
    alias: { [RESOLVER]: createRequire(join(root, 'package.json')).resolve(RESOLVER) },
    // ES modules ask where they are; in CommonJS they would get nothing, and fail while they load.
    define: { 'import.meta.url': 'urlOfBundle' },
    banner: { js: "const urlOfBundle = require('node:url').pathToFileURL(__filename).href;" },
    // Names stay as they are: an operator reads them in stack traces.
    minifyWhitespace: true,
    minifySyntax: true,
    // THIRD-PARTY-NOTICES.txt has them.
    legalComments: 'none',
    logLevel: 'silent',
  });
  if (warnings.length > 0) throw new Error(warnings.map(({ text }) => text).join('\n'));
  return {
    files: outputFiles.map(({ path, contents }) => ({ name: basename(path), bytes: contents })),
    packages: [...new Set(Object.keys(metafile.inputs).flatMap(packageOf))].sort(),
  };
}

/** `node_modules/a/node_modules/@b/c/d.js` → `node_modules/a/node_modules/@b/c`; none for a file of ours. */
function packageOf(input: string): readonly string[] {
  const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
  return folder === undefined ? [] : [folder];
}
