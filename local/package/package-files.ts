// What is deployed: the bundle, host.json, a package.json that names the entry, and the licences. Nothing else, above all no settings.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countryNamesLicence, notices, thirdPartyPackages } from '../docs/third-party';
import { bundleApp, type PackageFile } from './bundle';

/**
 * All files of the package of the project in `root`: flat, in the order of their names. The same sources give the same bytes.
 * Throws an Error if the bundle contains a package that the app is not meant to run with.
 */
export async function packageFiles(root: string): Promise<readonly PackageFile[]> {
  const { files, packages } = await bundleApp(root);
  const known = thirdPartyPackages(root);
  const unknown = packages.filter((folder) => !known.some((one) => one.folders.includes(folder)));
  if (unknown.length > 0)
    throw new Error(`The app would contain packages that are for developers only: ${unknown.join(', ')}`);
  const text = (name: string, content: string): PackageFile => ({ name, bytes: Buffer.from(content) });
  const copy = (name: string): PackageFile => text(name, readFileSync(join(root, name), 'utf8'));
  return [
    ...files,
    copy('host.json'),
    copy('LICENSE'),
    text('package.json', describe(root)),
    // All packages, not only those of which esbuild knows: some contain others.
    text('THIRD-PARTY-NOTICES.txt', notices(known, [countryNamesLicence(root)])),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface PackageJson {
  readonly version: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
}

/** Without dependencies and scripts: whoever deploys it has nothing to install and nothing to run. */
function describe(root: string): string {
  const { version, license, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as PackageJson;
  const described = { name: 'rollcall-functions', version, private: true, license, main: 'main.js', engines };
  return `${JSON.stringify(described, null, 2)}\n`;
}
