// Loads the compiled app, which registers its functions while it loads.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AppRegistry } from './fake-core';
import { HostFault } from './fault-codes';

/**
 * Loads the file that package.json's `main` names, CommonJS or ESM, and runs the app's start hooks. `asksApp`: if main exports
 * `refusesToStart(): Error | null`, an error ends the host at once, for a developer at the terminal; the real host starts any app.
 * @throws HostFault `app-not-loaded`, `app-refuses`, or `no-functions` when the app registers none: a host without functions must not look
 * alive.
 */
export async function loadApp(appDir: string, registry: AppRegistry, asksApp: boolean): Promise<void> {
  const main = readMain(appDir);
  const loading = async <T>(step: () => T | Promise<T>): Promise<T> => {
    try {
      return await step();
    } catch (cause) {
      throw new HostFault('app-not-loaded', `The app's main, ${main}, failed while loading.`, { cause });
    }
  };
  const exported = await loading(() => loadModule(appDir, main));
  const refusal = asksApp ? await loading(() => askRefusal(exported)) : null;
  if (refusal !== null) {
    throw new HostFault('app-refuses', 'The app says that it cannot work.', { cause: refusal });
  }
  await loading(() => registry.runHooks('appStart', { hookData: {}, appHookData: {} }));
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

async function loadModule(appDir: string, main: string): Promise<unknown> {
  const path = join(appDir, main);
  try {
    return createRequire(join(appDir, 'package.json'))(path) as unknown;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && esmOnly.has(error.code))) {
      throw error;
    }
    return (await import(pathToFileURL(path).href)) as unknown;
  }
}

function askRefusal(exported: unknown): unknown {
  const { refusesToStart } = (exported ?? {}) as { readonly refusesToStart?: () => unknown };
  return typeof refusesToStart === 'function' ? refusesToStart() : null;
}
