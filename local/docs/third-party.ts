// What of others goes into the deployed app: a bill of materials (CycloneDX 1.6) and the notices that licences ask for. The packages are
// those of package-lock.json without what only developers need; licences and their texts are those of what is installed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Contrib, Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import { PackageURL } from 'packageurl-js';

/** A package that the app runs with. */
export interface ThirdPartyPackage {
  /** Where it is installed, from the root of the project, as package-lock.json names it: in several folders, perhaps. */
  readonly folders: readonly string[];
  readonly name: string;
  readonly version: string;
  /** As its author names it, an SPDX id or expression in most packages; null if it names none. */
  readonly licence: string | null;
  /** Its LICENSE and NOTICE files, in the order of their names. */
  readonly texts: readonly string[];
  /** Hash of the archive that npm fetched, as package-lock.json has it ("sha512-" and Base64). */
  readonly integrity: string;
}

interface LockedPackage {
  readonly version: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** All packages of the project in `root` that it runs with, by name and version. Throws an Error if one is not installed. */
export function thirdPartyPackages(root: string): readonly ThirdPartyPackage[] {
  const lock = readJson(join(root, 'package-lock.json')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  const texts = new Contrib.License.Utils.LicenseEvidenceGatherer();
  const installations = Object.entries(lock.packages)
    .filter(([folder, { dev, devOptional }]) => folder !== '' && dev !== true && devOptional !== true)
    .map(([folder, { version, integrity = '' }]) => {
      const installed = readJson(join(root, folder, 'package.json')) as {
        readonly name: string;
        readonly license?: string;
      };
      const found = [...texts.getFileAttachments(join(root, folder))].sort((a, b) => (a.file < b.file ? -1 : 1));
      return {
        folders: [folder],
        name: installed.name,
        version,
        licence: installed.license ?? null,
        texts: found.map(({ text }) => Buffer.from(String(text.content), 'base64').toString('utf8').trim()),
        integrity,
      };
    });
  const packages = new Map<string, ThirdPartyPackage>();
  for (const one of installations) {
    const key = `${one.name}@${one.version}`;
    packages.set(key, { ...one, folders: [...(packages.get(key)?.folders ?? []), ...one.folders] });
  }
  return [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** The bill of materials as CycloneDX JSON. Without time and serial number: the same packages give the same text. */
export function billOfMaterials(packages: readonly ThirdPartyPackage[], version: string): string {
  const bom = new Models.Bom();
  bom.metadata.component = new Models.Component(Enums.ComponentType.Application, 'rollcall', {
    version,
    bomRef: `rollcall@${version}`,
  });
  const licences = new Contrib.License.Factories.LicenseFactory(isExpression);
  for (const one of packages) {
    const [namespace, name] = one.name.startsWith('@') ? one.name.split('/') : [undefined, one.name];
    const component = new Models.Component(Enums.ComponentType.Library, name, {
      version: one.version,
      bomRef: `${one.name}@${one.version}`,
      purl: new PackageURL('npm', namespace, name, one.version).toString(),
      hashes: new Models.HashDictionary([[Enums.HashAlgorithm['SHA-512'], sha512Of(one.integrity)]]),
      licenses: new Models.LicenseRepository(one.licence === null ? [] : [licences.makeFromString(one.licence)]),
    });
    if (namespace !== undefined) component.group = namespace;
    bom.components.add(component);
  }
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

const isExpression = (text: string): boolean => /^\(.+\)$/.test(text);

function sha512Of(integrity: string): string {
  const [algorithm, base64 = ''] = integrity.split('-');
  if (algorithm !== 'sha512') throw new Error('package-lock.json has a package without its SHA-512');
  return Buffer.from(base64, 'base64').toString('hex');
}

/** The licence of data of others that our sources contain: the names of countries. */
export const countryNamesLicence = (root: string): string =>
  readFileSync(join(root, 'shared/mapping/cldr-countries.licence.txt'), 'utf8').trim();

/** The notices as text: the licences of data, and each package with its licence and what it asks to be passed on. */
export const notices = (packages: readonly ThirdPartyPackage[], ofData: readonly string[]): string =>
  [
    'Rollcall contains the work of others. Each of them, its licence, and the notice that the licence asks us to pass on:',
    ...ofData,
    ...packages.map(({ name, version, licence, texts }) =>
      [
        `${name} ${version} (${licence ?? 'no licence named'})`,
        ...(texts.length > 0 ? texts : ['The package carries no text of its licence.']),
      ].join('\n\n'),
    ),
  ].join(`\n\n${'-'.repeat(78)}\n\n`) + '\n';
