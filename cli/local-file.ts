// Files on this computer, with every trouble as a message.
import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FileHold, holdsOf } from '../shared/core/errors';
import { quote, type Quote } from '../shared/core/message';
import { parseManifest } from '../shared/export/manifest';
import type { cliCodes, FileTrouble } from './cli-codes';

/** Longest path of Linux, characters. */
const MAX_PATH_CHARS = 4_096;

/** Bytes read at a time. */
const READ_BYTES = 256 * 1024;

const troubles: ReadonlyMap<string, FileTrouble> = new Map([
  ['ENOENT', 'missing'],
  ['EACCES', 'no-permission'],
  ['EPERM', 'no-permission'],
  ['EISDIR', 'folder'],
  ['ENOTDIR', 'no-folder'],
  ['EEXIST', 'exists'],
]);

/** `ENOENT` and the like; null for errors that are not from the operating system. */
const systemCode = (error: unknown): string | null =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : null;

/** Why a file cannot be used. */
export const troubleOf = (error: unknown): FileTrouble => {
  const code = systemCode(error);
  return code === null ? `code ${String(error)}` : (troubles.get(code) ?? `code ${code}`);
};

/** Holds with a code of the commands. */
export const holdCommand = holdsOf<typeof cliCodes>();

/** A path is longer than a cell, and its end is the part worth seeing. */
export const quotePath = (path: string): Quote => quote(path, MAX_PATH_CHARS);

type ReadingCode = 'file-not-readable' | 'source-not-readable';
const unreadable = (code: ReadingCode, path: string, reason: FileTrouble): FileHold =>
  holdCommand(code, { path: quotePath(path), reason });

/** A file to be read once. */
export interface LocalFile {
  readonly path: string;
  readonly bytes: number;
  /** Time of its last change, ms. */
  readonly changedAt: number;
  /** Streams the content; `seen` is called with the bytes of each part. */
  read(seen?: (bytes: number) => void): AsyncGenerator<Uint8Array>;
}

/** Finds a file; throws `FileHold` (`file-not-readable`). */
export async function findFile(path: string): Promise<LocalFile> {
  try {
    // Opening shows missing permissions before anything else is done.
    await (await open(path, 'r')).close();
    const found = await stat(path);
    if (!found.isFile()) throw unreadable('file-not-readable', path, 'not-a-file');
    return { path, bytes: found.size, changedAt: found.mtimeMs, read: (seen) => readParts(path, seen) };
  } catch (error) {
    if (error instanceof FileHold) throw error;
    throw unreadable('file-not-readable', path, troubleOf(error));
  }
}

async function* readParts(path: string, seen?: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const part of createReadStream(path, { highWaterMark: READ_BYTES }) as AsyncIterable<Buffer>) {
    seen?.(part.length);
    yield part;
  }
}

/** The parts of a file as buffers, without a copy. */
export async function* asBuffers(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const part of parts) yield Buffer.from(part.buffer, part.byteOffset, part.byteLength);
}

/** Throws `FileHold` (`file-not-writable`) if the output file is the input file. */
export async function assertOther(written: string, read: string): Promise<void> {
  const [one, other] = await Promise.all([written, read].map((path) => stat(path).catch(() => null)));
  if (one == null || other == null || one.ino !== other.ino || one.dev !== other.dev) return;
  throw holdCommand('file-not-writable', { path: quotePath(written), reason: 'is-read' });
}

/** The bytes of a small file; throws `FileHold` with the code given. */
export async function readSmall(path: string, code: ReadingCode): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw unreadable(code, path, troubleOf(error));
  }
}

/** The `hold.csv` in the folder of the settings; null if there is none. */
export async function readHoldList(sourcePath: string): Promise<Buffer | null> {
  const beside = join(dirname(sourcePath), 'hold.csv');
  try {
    return await readFile(beside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw unreadable('file-not-readable', beside, troubleOf(error));
  }
}

/** `<file>.manifest.json`, parsed; `undefined` if there is none. */
export async function readManifest(path: string): Promise<unknown> {
  const beside = `${path}.manifest.json`;
  try {
    return parseManifest(await readFile(beside, 'utf8'));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw unreadable('file-not-readable', beside, troubleOf(error));
  }
}
