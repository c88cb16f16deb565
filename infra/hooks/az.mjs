// Calls of the Azure CLI, for the scripts beside this file. They are plain Node, so that they run on Windows as well, and before any build.
import { spawnSync } from 'node:child_process';

// `az` is a .cmd on Windows, which starts in a shell only.
const inShell = process.platform === 'win32';
const quoted = (word) => (inShell && /[^\w./:=-]/.test(word) ? `"${word.replaceAll('"', '\\"')}"` : word);

/** What a command answers, read as JSON; null for nothing. Throws with the words of the CLI. */
export function az(...words) {
  const run = spawnSync('az', [...words, '--output', 'json', '--only-show-errors'].map(quoted), {
    shell: inShell,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.error) throw new Error('the Azure CLI (az) cannot be started: install it, and sign in with az login');
  if (run.status !== 0) throw new Error(run.stderr.trim() || `az ended with ${run.status}`);
  return run.stdout.trim() === '' ? null : JSON.parse(run.stdout);
}

/** A value that azd hands to its hooks: an output of infra/main.bicep, or one of azd's own. Throws when it is missing. */
export function valueOf(name) {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set: run azd provision first, and this script through azd (or set it yourself)`);
  return value;
}

/** Runs a script: what it throws becomes one sentence and exit code 1. */
export async function runScript(script) {
  try {
    await script();
  } catch (error) {
    console.error(`Rollcall: ${error.message}`);
    process.exitCode = 1;
  }
}
