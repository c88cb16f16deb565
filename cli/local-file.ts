// Files on this computer, with every trouble as a sentence that says what to do.
import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { FileHold } from '../shared/core/errors';
import { parseManifest } from '../shared/export/manifest';
import type { CliCode } from './cli-codes';

/** Bytes that are read at once. */
const READ_BYTES = 256 * 1024;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'you have no permission',
  EPERM: 'you have no permission',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  EEXIST: 'it is there already',
};

/** `ENOENT` and the like; null for an error that is not the system's. */
const systemCode = (error: unknown): string | null =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : null;

/** Why a file cannot be used, in a few words and without a stack. */
export const whyNot = (error: unknown): string => {
  const code = systemCode(error);
  return code === null ? String(error) : (reasons[code] ?? code);
};

const unreadable = (code: CliCode, path: string, why: string): FileHold =>
  new FileHold(code, `${path} cannot be read: ${why}.`);

/** A file to be read once. */
export interface LocalFile {
  readonly path: string;
  readonly bytes: number;
  /** Its last change, ms. */
  readonly changedAt: number;
  /** Streams the content; `seen` hears of each part's bytes. */
  read(seen?: (bytes: number) => void): AsyncGenerator<Uint8Array>;
}

/** Finds a file; throws `FileHold` (`file-not-readable`). */
export async function findFile(path: string): Promise<LocalFile> {
  try {
    // Opening tells about permissions before anything else is done.
    await (await open(path, 'r')).close();
    const found = await stat(path);
    if (!found.isFile()) throw unreadable('file-not-readable', path, 'it is no file');
    return { path, bytes: found.size, changedAt: found.mtimeMs, read: (seen) => readParts(path, seen) };
  } catch (error) {
    if (error instanceof FileHold) throw error;
    throw unreadable('file-not-readable', path, whyNot(error));
  }
}

async function* readParts(path: string, seen?: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const part of createReadStream(path, { highWaterMark: READ_BYTES }) as AsyncIterable<Buffer>) {
    seen?.(part.length);
    yield part;
  }
}

/** Throws `FileHold` (`file-not-writable`) if what is to be written is the very file that is read. */
export async function assertOther(written: string, read: string): Promise<void> {
  const [one, other] = await Promise.all([written, read].map((path) => stat(path).catch(() => null)));
  if (one == null || other == null || one.ino !== other.ino || one.dev !== other.dev) return;
  throw new FileHold('file-not-writable', `${written} cannot be written: it is the file that is read.`);
}

/** The bytes of a small file; throws `FileHold` with the code given. */
export async function readSmall(path: string, code: CliCode): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw unreadable(code, path, whyNot(error));
  }
}

/** `<file>.manifest.json`, parsed; `undefined` if there is none. */
export async function readManifest(path: string): Promise<unknown> {
  const beside = `${path}.manifest.json`;
  try {
    return parseManifest(await readFile(beside, 'utf8'));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw unreadable('file-not-readable', beside, whyNot(error));
  }
}
