// The token in memory: asked for once, and again when it ends or is refused.
import { RollcallError } from '../../../shared/core/errors';
import { KeptToken } from '../../../shared/graph/kept-token';

/** Tokens `t1`, `t2` …, and whether each was asked for because the one before was refused. */
function counted(lifeMs = 3_600_000) {
  const asked: boolean[] = [];
  const credential = {
    getToken: (_scope: string, isRefused: boolean) => {
      asked.push(isRefused);
      return Promise.resolve({ token: `t${asked.length}`, expiresOnTimestamp: Date.now() + lifeMs });
    },
    endsAt: () => Promise.resolve(null),
  };
  return { asked, kept: new KeptToken(credential, 'the scope') };
}

test('many that wait ask once', async () => {
  const { asked, kept } = counted();
  expect(await Promise.all([kept.get(), kept.get(), kept.get()])).toEqual(['t1', 't1', 't1']);
  expect(asked).toEqual([false]);
});
test('one that was refused is not used again, and the credential is told', async () => {
  const { asked, kept } = counted();
  kept.refuse(await kept.get());
  expect(await kept.get()).toBe('t2');
  expect(await kept.get()).toBe('t2');
  expect(asked).toEqual([false, true]);
});
test('the refusal of an older one changes nothing: somebody else has obtained another meanwhile', async () => {
  const { asked, kept } = counted();
  const old = await kept.get();
  kept.refuse(old);
  await kept.get();
  kept.refuse(old);
  expect(await kept.get()).toBe('t2');
  expect(asked).toEqual([false, true]);
});
test('one that only ended was not refused', async () => {
  const { asked, kept } = counted(60_000);
  kept.refuse(await kept.get());
  await kept.get();
  await kept.get();
  expect(asked).toEqual([false, true, false]);
});
test('a credential that fails is told again that the last token was refused, and asked again', async () => {
  const asked: boolean[] = [];
  const fails = new RollcallError('vault-unreachable', 'halt', 'Key Vault gave no answer');
  const kept = new KeptToken(
    {
      getToken: (_scope, isRefused) => {
        asked.push(isRefused);
        return asked.length === 2
          ? Promise.reject(fails)
          : Promise.resolve({ token: `t${asked.length}`, expiresOnTimestamp: Date.now() + 3_600_000 });
      },
      endsAt: () => Promise.resolve(null),
    },
    'the scope',
  );
  kept.refuse(await kept.get());
  await expect(kept.get()).rejects.toBe(fails);
  expect(await kept.get()).toBe('t3');
  expect(asked).toEqual([false, true, true]);
});
