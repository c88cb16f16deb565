// What a job's schema knows of what a source sends, what is added to it, and that everything else in it comes back as it was.
import type { JsonObject } from '../../../shared/core/json-value';
import {
  peopleSchema,
  readsAttribute,
  sentAttributes,
  withAddition,
  withoutAddition,
} from '../../../shared/tenant/job-schema';
import { differenceOf } from '../../../shared/tenant/schema-step';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const ACME = 'urn:ietf:params:scim:schemas:extension:acme:1.0:User';

const mapping = (target: string, name: string): JsonObject => ({
  targetAttributeName: target,
  flowType: 'Always',
  matchingPriority: name === 'externalId' ? 1 : 0,
  source: { expression: `[${name}]`, name, type: 'Attribute', parameters: [] },
  futureMember: { kept: [1, null] },
});
const schema: JsonObject = {
  id: 'schema',
  futureMember: [{ x: 1 }],
  directories: [
    { name: 'Other', objects: [{ name: ENTERPRISE, attributes: [] }] },
    {
      name: 'API',
      futureMember: true,
      objects: [
        {
          name: ENTERPRISE,
          futureMember: 'x',
          attributes: [{ name: 'externalId', futureMember: 1 }, { name: 'active' }, { name: `${ENTERPRISE}:manager` }],
        },
      ],
    },
    {
      name: 'Entra',
      objects: [
        {
          name: 'User',
          attributes: ['employeeId', 'accountEnabled', 'manager', 'employeeHireDate', 'companyName'].map((name) => ({
            name,
          })),
        },
      ],
    },
  ],
  synchronizationRules: [
    {
      sourceDirectoryName: 'API',
      targetDirectoryName: 'Entra',
      objectMappings: [
        {
          sourceObjectName: ENTERPRISE,
          targetObjectName: 'User',
          attributeMappings: [
            mapping('employeeId', 'externalId'),
            mapping('manager', `${ENTERPRISE}:manager.value`),
            {
              targetAttributeName: 'accountEnabled',
              source: {
                expression: 'Switch([active], , "False", "True")',
                type: 'Function',
                name: 'Switch',
                parameters: [
                  {
                    key: 'source',
                    value: { type: 'Attribute', name: 'active', expression: '[active]', parameters: [] },
                  },
                ],
              },
            },
            {
              targetAttributeName: 'companyName',
              source: { expression: 'Trim([displayName])', type: 'Function', parameters: [] },
            },
          ],
        },
      ],
    },
  ],
};
const people = peopleSchema(schema)!;

test('the names of what a source sends are those of the job', () => {
  const settings = {
    mapping: {
      userName: 'Mail',
      name: { givenName: 'First' },
      emails: [{ type: { const: 'work' }, value: 'Mail' }],
      addresses: [{ type: { const: 'work' }, country: 'Country', locality: 'City' }],
      [ENTERPRISE]: { department: 'Dept', manager: { value: 'Manager' } },
      [ACME]: { HireDate: 'Hired' },
    },
  };
  expect(sentAttributes(settings)).toEqual([
    'externalId',
    'active',
    'userName',
    'name.givenName',
    'emails[type eq "work"].value',
    'addresses[type eq "work"].country',
    'addresses[type eq "work"].locality',
    `${ENTERPRISE}:department`,
    `${ENTERPRISE}:manager`,
    `${ACME}:HireDate`,
  ]);
});

test('an attribute is read directly, by a function, or in the text of an expression', () => {
  const readBy = (name: string): readonly string[] =>
    people.mappings.filter((one) => readsAttribute(one, name)).map(({ target }) => target);
  expect(['externalId', 'ACTIVE', 'displayName', `${ENTERPRISE}:manager`, 'nickName'].map(readBy)).toEqual([
    ['employeeId'],
    ['accountEnabled'],
    ['companyName'],
    ['manager'],
    [],
  ]);
});

test('what is missing is added where its name tells the target, and a mapping that is there stays', () => {
  const sent = [
    'externalId',
    'active',
    `${ENTERPRISE}:manager`,
    `${ACME}:HireDate`,
    `${ACME}:Company`,
    `${ACME}:Floor`,
    'nickName',
  ];
  expect(differenceOf(people, sent)).toEqual({
    addition: {
      attributes: [`${ACME}:HireDate`, `${ACME}:Company`, `${ACME}:Floor`, 'nickName'],
      mappings: [{ source: `${ACME}:HireDate`, target: 'employeeHireDate' }],
    },
    // Of companyName there is an expression of somebody else.
    unmapped: [`${ACME}:Company`, `${ACME}:Floor`, 'nickName'],
  });
});

test('an addition leaves every other member as it was, and taken out again nothing of it is left', () => {
  const addition = {
    attributes: [`${ACME}:HireDate`],
    mappings: [{ source: `${ACME}:HireDate`, target: 'employeeHireDate' }],
  };
  const added = withAddition(schema, addition);
  expect(differenceOf(peopleSchema(added)!, [`${ACME}:HireDate`]).addition).toEqual({ attributes: [], mappings: [] });
  expect(JSON.stringify(added)).toContain('"futureMember":{"kept":[1,null]}');
  expect(withoutAddition(added, addition)).toEqual(schema);
});

test('what somebody else has made of an addition since stays', () => {
  const addition = {
    attributes: [`${ACME}:HireDate`],
    mappings: [{ source: `${ACME}:HireDate`, target: 'employeeHireDate' }],
  };
  const text = JSON.stringify(withAddition(schema, addition)).replace(
    `"[${ACME}:HireDate]"`,
    `"FormatDateTime([${ACME}:HireDate])"`,
  );
  const changed = JSON.parse(text) as JsonObject;
  expect(withoutAddition(changed, addition)).toEqual(changed);
});

test.each([{}, { synchronizationRules: [{ objectMappings: [{}] }] }, { directories: null, synchronizationRules: 'x' }])(
  'a document that maps no objects (%j) is read as none, and is not changed',
  (document) => {
    expect(peopleSchema(document)).toBeNull();
    expect(withAddition(document, { attributes: ['a'], mappings: [] })).toBe(document);
  },
);
