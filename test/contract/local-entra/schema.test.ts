// Line 18 of the checklist: the schema of a job, what it may be made of, and what no document names.
import { callAs, list } from './calls';
import { ENTERPRISE, JOB_PATH, SERVICE_PRINCIPAL } from './simulator-client';
import { started, stopAll } from './started';

afterEach(stopAll);

const ADMIN = { scopes: ['Synchronization.ReadWrite.All', 'Application.Read.All'] };
const SCHEMA = `${JOB_PATH.slice('/v1.0'.length)}/schema`;
const SYNC = `/servicePrincipals/${SERVICE_PRINCIPAL}/synchronization`;

interface Schema {
  readonly '@odata.context': string;
  readonly directories: { name: string; objects: { name: string; attributes: { name: string }[] }[] }[];
  readonly synchronizationRules: {
    objectMappings: {
      sourceObjectName: string;
      targetObjectName: string;
      attributeMappings: { targetAttributeName: string; flowType: string; source: Record<string, unknown> }[];
    }[];
  }[];
}
type Running = Awaited<ReturnType<typeof started>>;
const read = async (entra: Running) => (await callAs<Schema>(entra, ADMIN, 'GET', SCHEMA))[1];

test.each([
  [{}, ENTERPRISE],
  [{ sourceObject: 'User' }, 'User'],
])('line 18: with %j the source object is called %s', async (options, name) => {
  const schema = await read(await started(options));
  expect(schema.directories[0]!.objects[0]!.name).toBe(name);
  expect(schema.synchronizationRules[0]!.objectMappings[0]!.sourceObjectName).toBe(name);
});

test('line 18: a job to Active Directory maps to its attributes, and the flag is turned round', async () => {
  const entra = await started();
  const id = 'API2AD.0123456789abcdef0123456789abcdef.1';
  entra.job('on-premises', id);
  const path = `/servicePrincipals/on-premises/synchronization/jobs/${id}/schema`;
  const [, schema] = await callAs<Schema>(entra, ADMIN, 'GET', path);
  expect(schema.directories[1]!.name).toBe('Active Directory');
  const mappings = schema.synchronizationRules[0]!.objectMappings[0]!.attributeMappings;
  const flag = mappings.find(({ targetAttributeName }) => targetAttributeName === 'accountDisabled');
  expect(flag!.source).toMatchObject({ expression: 'Not([active])', type: 'Function' });
});

test('line 18: a value that is not in its enumeration is refused, and the schema stays', async () => {
  const entra = await started();
  const schema = await read(entra);
  schema.synchronizationRules[0]!.objectMappings[0]!.attributeMappings[0]!.flowType = 'always';
  const [status, body] = await callAs(entra, ADMIN, 'PUT', SCHEMA, schema);
  expect([status, body.error]).toEqual([
    400,
    expect.objectContaining({
      code: 'RequestParameterInvalid',
      message: "schema : Requested value 'always' was not found.",
    }),
  ]);
  expect(entra.tenant().jobs[0]!.schema).toBeNull();
});

test('line 18: directories, functions and operators are listed', async () => {
  const entra = await started();
  const names = async (path: string) => (await list(entra, ADMIN, `${SCHEMA}/${path}`)).map(({ name }) => name);
  expect(await names('directories')).toEqual(['API', 'Microsoft Entra ID']);
  expect(await names('functions')).toEqual(expect.arrayContaining(['Append', 'FormatDateTime', 'SelectUniqueValue']));
  expect(await names('filterOperators')).toEqual(expect.arrayContaining(['EQUALS', 'IS NOT NULL']));
});

test('line 18: an expression is parsed as the documentation prints it', async () => {
  const entra = await started();
  const parse = async (expression: string) =>
    (
      await callAs(entra, ADMIN, 'POST', `${SCHEMA}/parseExpression`, {
        expression,
        testInputObject: { definition: null, properties: [{ key: 'displayName', value: 'Ada' }] },
      })
    )[1];
  expect(await parse('Replace([preferredLanguage], "-", , , "_", , )')).toMatchObject({
    error: null,
    parsingSucceeded: true,
    parsedExpression: {
      name: 'Replace',
      type: 'Function',
      parameters: [
        { key: 'source', value: { expression: '[preferredLanguage]', name: 'preferredLanguage', type: 'Attribute' } },
        { key: 'find', value: { expression: '"-"', name: '-', type: 'Constant' } },
        { key: 'replacementValue', value: { expression: '"_"', name: '_', type: 'Constant' } },
      ],
    },
  });
  expect(await parse('[displayName]')).toMatchObject({ evaluationSucceeded: true, evaluationResult: ['Ada'] });
  expect(await parse('[emails[type eq "work"].value]')).toMatchObject({
    parsedExpression: { name: 'emails[type eq "work"].value' },
    evaluationSucceeded: false,
  });
  for (const wrong of ['Nott([active])', 'Not(', 'Not()', '[active', '', 'Not([a]) x', 'Not('.repeat(60)])
    expect(await parse(wrong)).toMatchObject({ parsingSucceeded: false, parsedExpression: null });
});

test('line 18: the synchronization of an application has its secrets', async () => {
  const entra = await started();
  const [, body] = await callAs<{ secrets: unknown[] }>(entra, ADMIN, 'GET', SYNC);
  expect(body.secrets).toEqual([expect.objectContaining({ key: 'SyncNotificationSettings' })]);
});

test('what no document names differs from tenant to tenant, and ids of templates are among it', async () => {
  const templateOf = async (entra: Running) => (await list(entra, ADMIN, `${SYNC}/templates`))[0]!.id;
  const membersOf = async (entra: Running) => Object.keys((await list(entra, ADMIN, `${SYNC}/jobs`))[0]!);
  const [first, second] = [await started({ seed: 1 }), await started({ seed: 2 })];
  expect(await templateOf(first)).not.toBe(await templateOf(second));
  expect(await membersOf(first)).not.toEqual(await membersOf(second));
  expect(await templateOf(await started({ templateIds: 'inferred' }))).toBe('API2AAD');
});
