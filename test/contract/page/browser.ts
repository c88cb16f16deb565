// A headless Chromium that npm brings (ADR 0022): unpacked once, with the libraries and the font that a bare Linux lacks.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { devDependencies } from '../../../package.json';

const CACHE = join(__dirname, '../../../node_modules/.cache/rollcall');
const UNPACKED = join(CACHE, `chromium-${devDependencies['@sparticuz/chromium']}`);

/** No call of its own to anywhere; as root there is no sandbox, and the page is ours. */
const ARGUMENTS = [
  ...['--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--font-render-hinting=none'],
];

/** The package unpacks into the folder for temporary files, and its libraries only where it believes to be on Amazon Linux. */
const UNPACK = `require('@sparticuz/chromium').executablePath().catch((error) => { console.error(error); process.exit(1); })`;

function unpack(): void {
  const beside = `${UNPACKED}.${process.pid}`;
  mkdirSync(beside, { recursive: true });
  const env = { ...process.env, TMPDIR: beside, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  const { status, stderr } = spawnSync(process.execPath, ['-e', UNPACK], { cwd: __dirname, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`Chromium could not be unpacked: ${stderr}`);
  writeFileSync(
    join(beside, 'fonts.conf'),
    `<?xml version="1.0"?><fontconfig><dir>${UNPACKED}/fonts</dir><cachedir>${UNPACKED}/fonts-cache</cachedir></fontconfig>`,
  );
  try {
    renameSync(beside, UNPACKED);
  } catch (error) {
    // Another process was faster.
    if (!existsSync(UNPACKED)) throw error;
    rmSync(beside, { recursive: true });
  }
}

/** Starts the browser, on other machines than Linux on x64 the one in CHROMIUM_PATH; it must be closed. */
export async function startBrowser(): Promise<Browser> {
  const own = process.env['CHROMIUM_PATH'];
  if (own !== undefined) return chromium.launch({ executablePath: own, args: ARGUMENTS });
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('npm brings a Chromium for Linux on x64 only: set CHROMIUM_PATH to a Chromium of this machine');
  if (!existsSync(UNPACKED)) unpack();
  return chromium.launch({
    executablePath: join(UNPACKED, 'chromium'),
    args: ARGUMENTS,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(UNPACKED, 'al2023/lib'),
      FONTCONFIG_FILE: join(UNPACKED, 'fonts.conf'),
    },
  });
}
