// A certificate for 127.0.0.1, made by the test that uses it; a process trusts it by NODE_EXTRA_CA_CERTS.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** A certificate and its key (PEM), and the file in which another process finds the certificate. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  readonly file: string;
  /** Deletes the file. */
  remove(): Promise<void>;
}

const DAY_MS = 86_400_000;

/** Makes a certificate that is valid for a day, also for these names. */
export async function makeCertificate(names: readonly string[] = []): Promise<Certificate> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keySize: 2048,
    algorithm: 'sha256',
    // The clock of another process on this machine may be a little behind.
    notBeforeDate: new Date(Date.now() - DAY_MS),
    notAfterDate: new Date(Date.now() + DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      {
        name: 'subjectAltName',
        altNames: [{ type: 7, ip: '127.0.0.1' }, ...names.map((value) => ({ type: 2 as const, value }))],
      },
    ],
  });
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-certificate-'));
  const file = join(folder, 'certificate.pem');
  await writeFile(file, cert);
  return { cert, key, file, remove: () => rm(folder, { recursive: true }) };
}
