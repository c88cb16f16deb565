// Loads the compiled app, which registers its functions while it loads.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AppRegistry } from './fake-core';
import { HostFault } from './fault-codes';

/**
 * Loads the file that package.json's `main` names, CommonJS or ESM, and runs the app's start hooks.
 * @throws HostFault `app-not-loaded`, or `no-functions` when the app registers none: a host without functions must not look alive.
 */
export async function loadApp(appDir: string, registry: AppRegistry): Promise<void> {
  const main = readMain(appDir);
  try {
    await loadModule(appDir, main);
    await registry.runHooks('appStart', { hookData: {}, appHookData: {} });
  } catch (cause) {
    throw new HostFault('app-not-loaded', `The app's main, ${main}, failed while loading.`, { cause });
  }
  if (registry.functions.size === 0) {
    throw new HostFault('no-functions', `${main} loaded, but registered no function.`);
  }
  const capabilities = (await registry.model?.getCapabilities({})) ?? {};
  if ('HttpUri' in capabilities) {
    throw new HostFault('trigger-unsupported', 'HTTP streaming (app.setup enableHttpStream) is not supported.');
  }
}

function readMain(appDir: string): string {
  let main: unknown;
  try {
    ({ main } = JSON.parse(readFileSync(join(appDir, 'package.json'), 'utf8')) as { main?: unknown });
  } catch (cause) {
    throw new HostFault('app-not-loaded', `${appDir} holds no readable package.json.`, { cause });
  }
  if (typeof main !== 'string' || main === '') {
    throw new HostFault('app-not-loaded', `package.json in ${appDir} names no main.`);
  }
  if (/[*{}?]/.test(main)) {
    throw new HostFault('app-not-loaded', 'The local host takes one file as main, no pattern.');
  }
  return main;
}

// ES modules that `require` cannot load: all of them on older Node versions, those with a top-level await on newer ones.
const esmOnly: ReadonlySet<unknown> = new Set(['ERR_REQUIRE_ESM', 'ERR_REQUIRE_ASYNC_MODULE']);

async function loadModule(appDir: string, main: string): Promise<void> {
  const path = join(appDir, main);
  try {
    createRequire(join(appDir, 'package.json'))(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && esmOnly.has(error.code))) {
      throw error;
    }
    await import(pathToFileURL(path).href);
  }
}
