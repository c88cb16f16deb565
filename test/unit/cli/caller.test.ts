// Who gives an order, told from a token or from this computer.
import { hostname, userInfo } from 'node:os';
import { accountOf, signedInAccount, userOfComputer } from '../../../cli/caller';

const tokenOf = (claims: object): string => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`;
const user = `${userInfo().username}@${hostname()}`;

test.each([
  [{ upn: 'maria@contoso.example', oid: '1' }, 'maria@contoso.example'],
  [{ appid: 'app', oid: '1' }, '1'],
  [{ appid: 'app' }, 'app'],
  [{ upn: 7 }, null],
])('the account of a token that says %j is %s', (claims, account) => {
  expect(accountOf(tokenOf(claims))).toBe(account);
});
test.each(['', 'x', 'x.y.z', 'x.e30.z'])('a token of another form (%j) names nobody', (token) => {
  expect(accountOf(token)).toBeNull();
});
test('without a sign-in it is the user of this computer, who also stands for an account that no token names', async () => {
  expect(await userOfComputer()).toBe(user);
  const nameless = { getToken: () => Promise.resolve({ token: 'x', expiresOnTimestamp: 0 }) };
  expect(await signedInAccount(nameless)).toContain(user);
});
