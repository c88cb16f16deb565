// Tokens as Entra signs them: RS256, with a key that only this process has. So nothing that a test did not hand out is ever accepted.
import { createSign, createVerify, generateKeyPairSync } from 'node:crypto';

/** The claims that are judged; times in seconds since 1970. */
export interface Claims {
  readonly aud: string;
  readonly exp: number;
  readonly [claim: string]: unknown;
}

/** Signs and checks tokens. */
export interface Signer {
  sign(claims: Claims): string;
  /** The claims of a token that this signer made; null for anything else. It may have expired. */
  read(token: string): Claims | null;
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A signer with a fresh key. */
export function makeSigner(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    sign(claims) {
      const text = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
      return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
    },
    read(token) {
      const [head = '', claims = '', signature = ''] = token.split('.');
      const isOurs = createVerify('RSA-SHA256').update(`${head}.${claims}`).verify(publicKey, signature, 'base64url');
      return isOurs ? (JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Claims) : null;
    },
  };
}
