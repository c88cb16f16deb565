// The demo's story, with what is deployed in place of what is compiled.
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makePackage, ROOT, type Packed } from '../contract/app/app-under-test';
import { limitTests } from '../faults/until';

limitTests(180_000);

let packed: Packed;
beforeAll(async () => {
  packed = await makePackage();
});
afterAll(() => packed.remove());

/** Runs the demo; its exit code is not 0 if the promise did not hold. */
const demo = (): Promise<{ stdout: string }> =>
  promisify(execFile)(process.execPath, [join(ROOT, 'dist/local/demo.js'), '--package', packed.folder]);

test('the deployed app takes the sample from files to verdicts, and holds the broken one', async () => {
  const { stdout } = await demo();
  expect(stdout.match(/^rows .* = verdicts /gm)).toHaveLength(3);
  expect(stdout).toContain('HELD.');
  // That was this package and no other app: without it there is nothing to run.
  rmSync(join(packed.folder, 'main.js'));
  await expect(demo()).rejects.toThrow(/app-not-loaded/);
});
