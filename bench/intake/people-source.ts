// The settings with which the benchmarks' files are read: 22 of the 24 columns are mapped, as a real source would.
import { sentenceOf } from '../../shared/messages/catalogue';
import { parseSourceSettings, type SourceSettings } from '../../shared/source/source-settings';

/** Name of the source, and of its folder. */
export const BENCH_SOURCE = 'bench-hr';

/** The text of a source.json for files of `people-file.ts`. */
export const peopleSource = (name: string): string =>
  JSON.stringify({
    name,
    file: { pattern: '*.csv', format: 'csv', content: 'full' },
    job: {
      servicePrincipalId: '8f0e6d1c-3b52-4c57-9d0a-5f2f3c7e91ab',
      jobId: `API2AAD.b7d14f0c9a3e4d6f8b21c05e7a94d3f2.${name}`,
      target: 'entra',
    },
    id: { column: 'EmployeeID', pattern: 'E\\d{7}' },
    active: { column: 'Status', active: ['Active'], inactive: ['Left'] },
    mapping: {
      userName: { column: 'Email', required: true, case: 'lower' },
      name: {
        givenName: 'FirstName',
        familyName: 'LastName',
        formatted: { expression: "FirstName & ' ' & LastName" },
      },
      displayName: 'DisplayName',
      title: 'Title',
      userType: 'EmployeeType',
      locale: 'Locale',
      emails: [{ type: { const: 'work' }, value: 'Email' }],
      phoneNumbers: [
        { type: { const: 'work' }, value: 'Phone' },
        { type: { const: 'mobile' }, value: 'Mobile' },
      ],
      addresses: [
        {
          type: { const: 'work' },
          streetAddress: 'Street',
          locality: 'City',
          region: 'Region',
          postalCode: 'PostalCode',
          country: { column: 'Country', country: 'alpha-2' },
        },
      ],
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
        employeeNumber: 'EmployeeID',
        department: 'Dept',
        division: 'Division',
        costCenter: 'CostCenter',
        organization: 'Company',
        manager: { value: 'ManagerID' },
      },
      'urn:ietf:params:scim:schemas:extension:contoso:1.0:User': {
        hireDate: { column: 'HireDate', date: { format: 'dd/MM/yyyy', zone: 'UTC' } },
      },
    },
  });

/** The same, parsed. Throws if the benchmark's own settings are no longer valid. */
export function peopleSettings(name: string): SourceSettings {
  const parsed = parseSourceSettings(peopleSource(name), name);
  if (parsed.ok) return parsed.settings;
  throw new Error(parsed.problems.map((problem) => `${problem.path}: ${sentenceOf(problem)}`).join('; '));
}
