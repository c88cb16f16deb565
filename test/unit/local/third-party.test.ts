// Whoever hands the app on hands on what its packages ask for: each has a licence that allows it, and its text.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { billOfMaterials, countryNamesLicence, notices, thirdPartyPackages } from '../../../local/docs/third-party';

const ROOT = join(__dirname, '../../..');
/** Licences that let the app be passed on with a notice alone. */
const PERMISSIVE = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'];
const packages = thirdPartyPackages(ROOT);

test('every direct dependency is among them, and nothing that only developers need', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  const names = new Set(packages.map(({ name }) => name));
  expect(Object.keys(dependencies).filter((name) => !names.has(name))).toEqual([]);
  expect(Object.keys(devDependencies).filter((name) => names.has(name))).toEqual([]);
});

test('each licence is one that asks for a notice alone', () => {
  expect(packages.filter(({ licence }) => licence === null || !PERMISSIVE.includes(licence))).toEqual([]);
});

test('the bill of materials names each once, with version, hash and licence, and is the same each time', () => {
  const text = billOfMaterials(packages, '1.2.3');
  const bill = JSON.parse(text) as {
    readonly bomFormat: string;
    readonly components: readonly {
      readonly purl: string;
      readonly hashes: readonly object[];
      readonly licenses: readonly object[];
    }[];
  };
  expect(bill.bomFormat).toBe('CycloneDX');
  expect(bill.components).toHaveLength(packages.length);
  expect(new Set(bill.components.map(({ purl }) => purl)).size).toBe(packages.length);
  for (const { hashes, licenses } of bill.components) expect([hashes.length, licenses.length]).toEqual([1, 1]);
  expect(text).toContain('pkg:npm/%40azure/storage-blob@');
  expect(billOfMaterials(packages, '1.2.3')).toBe(text);
});

test('the notices carry the texts of the licences', () => {
  const text = notices(packages, [countryNamesLicence(ROOT)]);
  expect(text).toMatch(/@azure\/functions [\d.]+ \(MIT\)\n\n[^-]*Permission is hereby granted/);
  expect(text).toContain('UNICODE LICENSE');
  // Where a package has none, the notices say so.
  const without = packages.filter(({ texts }) => texts.length === 0).length;
  expect(without).toBeLessThan(packages.length / 20);
  expect(text.split('The package carries no text of its licence.')).toHaveLength(without + 1);
});
