// What Entra refuses as a user principal name.
import { checkUserName } from '../../../local/entra/user-name-check';

const LONG = 'a'.repeat(64);

test.each([
  'maria.keller@contoso.example',
  "o'brien@contoso.example",
  'a_b-c!#^~1@x-y.example',
  `${LONG}@contoso.example`,
])('%s is accepted', (userName) => {
  expect(checkUserName(userName, [])).toBeUndefined();
});

test.each([
  'maria',
  '@contoso.example',
  'maria@',
  'maria@contoso',
  'maria keller@contoso.example',
  'müller@contoso.example',
  'maria.@contoso.example',
  'a@b@contoso.example',
  'maria@-contoso.example',
  `${LONG}a@contoso.example`,
  `a@${'b'.repeat(45)}.example`,
])('%s is invalid', (userName) => {
  expect(checkUserName(userName, [])?.errorCode).toBe('AzureActiveDirectoryInvalidUserPrincipalName');
});

test('a domain must be verified when domains are listed, whatever its case', () => {
  expect(checkUserName('a@Contoso.example', ['contoso.EXAMPLE'])).toBeUndefined();
  expect(checkUserName('a@fabrikam.example', ['contoso.example'])?.errorCode).toBe('InvalidDomain');
});
