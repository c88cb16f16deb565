// One measured pass of `bench start`: loads an app as the worker does, in a process that has loaded nothing of it yet.
import { createRequire } from 'node:module';
import { AppRegistry, installFakeCore } from '../../local/host/fake-core';
import { reportMeasured } from '../measured-process';

/** What is loaded: the absolute path of the app's main. */
export interface LoadOrder {
  readonly main: string;
}

/** What one load took. `functions`: how many the app registered, which shows that it is the same app. */
export interface LoadFigures {
  readonly milliseconds: number;
  readonly functions: number;
}

reportMeasured(({ main }: LoadOrder): Promise<LoadFigures> => {
  const registry = new AppRegistry();
  installFakeCore(registry, '4.0.0', () => undefined);
  const load = createRequire(main);
  const startedAt = performance.now();
  load(main);
  return Promise.resolve({ milliseconds: performance.now() - startedAt, functions: registry.functions.size });
});
