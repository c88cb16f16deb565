// A file that is only in memory.
import type { LocalFile } from '../../../cli/local-file';

/** Such a file with this content. */
export function memoryFile(content: string | Buffer, path = 'people.csv'): LocalFile {
  const bytes = Buffer.from(content);
  return {
    path,
    bytes: bytes.length,
    changedAt: 0,
    // eslint-disable-next-line @typescript-eslint/require-await -- a stream of one part
    async *read() {
      yield bytes;
    },
  };
}
