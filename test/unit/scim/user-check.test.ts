import { coreAttributes, coreUserUrn, enterpriseAttributes, enterpriseUserUrn } from '../../../shared/scim/scim-schema';
import { lengthLimits } from '../../../shared/scim/user-limits';
import { userCheckFor } from '../../../shared/scim/user-schema';

const base = { schemas: [coreUserUrn, enterpriseUserUrn], externalId: '1', active: true };
const checkEntra = userCheckFor('entra');

test.each([
  "o'neil.b_c-d!e#f^g~h@contoso.example",
  'A@b',
  'EMP1222',
  'm'.repeat(64),
  `${'a'.repeat(64)}@contoso.example`,
  `a@${'b'.repeat(40)}.example`,
])('Entra accepts the sign-in name %s', (userName) => expect(checkEntra({ ...base, userName })).toBeNull());

test.each([
  ['65 characters and no @', 'm'.repeat(65)],
  ['no @ and a dot last', 'maria.'],
  ['two @', 'a@b@c'],
  ['an accent', 'josé@contoso.example'],
  ['a space', 'a b@contoso.example'],
  ['a plus', 'a+b@contoso.example'],
  ['an ampersand', 'a&b@contoso.example'],
  ['a dot before the @', 'a.@contoso.example'],
  ['a dot last', 'a@contoso.example.'],
  ['nothing before the @', '@contoso.example'],
  ['nothing after the @', 'a@'],
  ['65 characters before the @', `${'a'.repeat(65)}@contoso.example`],
  ['49 characters after the @', `a@${'b'.repeat(41)}.example`],
  ['a line break', 'a@contoso.example\n'],
])('Entra refuses a sign-in name with %s', (_what, userName) => {
  expect(checkEntra({ ...base, userName })).toMatchObject({ path: ['userName'] });
});

test('Active Directory has its own rules for sign-in names', () => {
  expect(userCheckFor('active-directory')({ ...base, userName: 'maria' })).toBeNull();
  expect(userCheckFor('active-directory')({ ...base, userName: 'a'.repeat(1025) })).toMatchObject({
    rule: 'maxLength',
  });
});

const place = (path: readonly string[], value: string): object =>
  path.reduceRight<unknown>((inner, step) => {
    const isList = ['addresses', 'phoneNumbers'].includes(step);
    return { [step]: isList ? [inner] : inner };
  }, value) as object;

test.each(lengthLimits)('$path ends at $maxLength characters', ({ path, maxLength }) => {
  expect(checkEntra({ ...base, ...place(path, 'x'.repeat(maxLength)) })).toBeNull();
  expect(checkEntra({ ...base, ...place(path, 'x'.repeat(maxLength + 1)) })).toMatchObject({
    rule: 'maxLength',
    limit: maxLength,
  });
});

test.each([
  ['no schemas', { schemas: [] }],
  ['no enterprise schema', { schemas: [coreUserUrn] }],
  ['active as a word', { active: 'true' }],
  ['no externalId', { externalId: '' }],
  ['an unknown attribute', { displayname: 'x' }],
  ['a number for a string', { title: 1 }],
  ['an object for a list', { emails: { value: 'x' } }],
])('a user with %s is refused', (_what, members) => expect(checkEntra({ ...base, ...members })).not.toBeNull());

test('an explicit null is valid, and so is a listed custom extension', () => {
  const custom = 'urn:ietf:params:scim:schemas:extension:contoso:1.0:User';
  const user = {
    ...base,
    schemas: [...base.schemas, custom],
    title: null,
    [custom]: { a: 'x', b: 1, c: true, d: null },
  };
  expect(checkEntra(user)).toBeNull();
});

test('the attributes are those of RFC 7643 that can be written', () => {
  const core = 'userName name displayName nickName profileUrl title userType preferredLanguage locale timezone emails';
  const lists = 'phoneNumbers ims photos addresses entitlements roles x509Certificates';
  expect(Object.keys(coreAttributes).sort()).toEqual(`${core} ${lists}`.split(' ').sort());
  const enterprise = 'employeeNumber costCenter organization division department manager';
  expect(Object.keys(enterpriseAttributes)).toEqual(enterprise.split(' '));
});
