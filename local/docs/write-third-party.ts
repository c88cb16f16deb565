// A script for whoever hands the app on: `npm run third-party`. Writes sbom.cdx.json and THIRD-PARTY-NOTICES.txt into dist/third-party.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { billOfMaterials, countryNamesLicence, notices, thirdPartyPackages } from './third-party';

const root = join(__dirname, '../../..');
const folder = join(root, 'dist/third-party');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };

const packages = thirdPartyPackages(root);
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'sbom.cdx.json'), billOfMaterials(packages, version));
writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), notices(packages, [countryNamesLicence(root)]));
process.stdout.write(`${packages.length} packages: dist/third-party/sbom.cdx.json, THIRD-PARTY-NOTICES.txt\n`);
