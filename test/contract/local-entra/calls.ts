// Calls of Graph as a program makes them: method, path, and a token of the caller's choice.
import type { Entra } from '../../../local/entra/entra';
import type { TokenRequest } from '../../../local/entra/access-token';

/** The status and the body of an answer; undefined where it has none. */
export type Answered<T> = readonly [status: number, body: T];

/** Calls a path of v1.0 with a token. */
export async function callAs<T = Record<string, unknown>>(
  entra: Entra,
  token: TokenRequest,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answered<T>> {
  const response = await fetch(`${entra.url}/v1.0${path}`, {
    method,
    headers: { authorization: `Bearer ${entra.token(token)}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return [response.status, (text === '' ? undefined : JSON.parse(text)) as T];
}

/** The values of a list; an error is thrown. */
export async function list<T = Record<string, unknown>>(entra: Entra, token: TokenRequest, path: string): Promise<T[]> {
  const [status, body] = await callAs<{ value: T[] }>(entra, token, 'GET', path);
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
  return body.value;
}
