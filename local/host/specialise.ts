// A host in Azure starts its worker before it knows whose app it will run; then the worker gets the app's environment and folder, and loads the app.
// Source: azure-functions-nodejs-worker 3.10, FunctionEnvironmentReloadHandler.ts; azure-functions-host 4.1037, GrpcWorkerChannel.cs
// (GetFunctionEnvironmentReloadRequest); read 2026-11.

/** Whatever the process had is gone; a setting without a value is not sent, so the app does not see it. */
export function specialise(appDir: string, settings: Readonly<Record<string, string | undefined>>): void {
  // A copy first: the settings may be the environment itself.
  const given = Object.entries(settings).filter(([, value]) => value !== undefined && value !== '');
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, Object.fromEntries(given));
  process.chdir(appDir);
}
