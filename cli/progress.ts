// Progress of a long check: a bar on a terminal, nothing anywhere else.
import { SingleBar } from 'cli-progress';

/** Files smaller than this are read too fast for a bar, bytes. */
const BAR_FROM_BYTES = 8 * 1024 * 1024;

/** Is told of bytes and rows; `end` leaves the screen tidy. */
export interface Progress {
  bytes(count: number): void;
  rows(count: number): void;
  end(): void;
}

const silent: Progress = { bytes: () => undefined, rows: () => undefined, end: () => undefined };

/** A bar for a large file if `isInteractive`; otherwise nothing. `showsRows`: it is told of rows. */
export function showProgress(totalBytes: number, isInteractive: boolean, showsRows = true): Progress {
  if (!isInteractive || totalBytes < BAR_FROM_BYTES) return silent;
  const bar = new SingleBar({
    format: `reading {bar} {percentage}%${showsRows ? ' · {rows} rows' : ''}`,
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  bar.start(totalBytes, 0, { rows: 0 });
  return {
    bytes: (count) => bar.increment(count),
    rows: (count) => bar.update({ rows: count.toLocaleString('en-US') }),
    end: () => bar.stop(),
  };
}
