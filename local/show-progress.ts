// Progress for people: a bar on a terminal, plain lines elsewhere, nothing where the output is for scripts.
import { SingleBar } from 'cli-progress';
import type { Progress } from './watch-runs';

/** Shows how far the runs are; `end` leaves the screen tidy. */
export interface ProgressView {
  show(progress: Progress): void;
  end(): void;
}

const FORMAT = 'rows {rows} read · batches {sent}/{batches} sent · verdicts [{bar}] {value}/{total}';

/** `terminal`: standard error is a terminal. Lines are written only when something changed. */
export function progressView(terminal: boolean): ProgressView {
  return terminal ? barView() : lineView();
}

function barView(): ProgressView {
  const bar = new SingleBar({ format: FORMAT, hideCursor: true, barsize: 24, stream: process.stderr });
  let started = false;
  return {
    show(progress) {
      const payload = { rows: progress.rows, sent: progress.sent, batches: progress.batches };
      if (!started) bar.start(Math.max(progress.rows, 1), progress.decided, payload);
      started = true;
      bar.setTotal(Math.max(progress.rows, 1));
      bar.update(progress.decided, payload);
    },
    end: () => bar.stop(),
  };
}

function lineView(): ProgressView {
  let last = '';
  return {
    show(progress) {
      const line = `rows ${progress.rows} read · batches ${progress.sent}/${progress.batches} sent · verdicts ${progress.decided}/${progress.rows}`;
      if (line !== last) process.stderr.write(`${line}\n`);
      last = line;
    },
    end: () => undefined,
  };
}

/** The runs as a table of verdicts. */
export function verdictTable(verdicts: Readonly<Record<string, number>>): string {
  const shown = Object.entries(verdicts).filter(([, count]) => count > 0);
  const width = Math.max(...shown.map(([word]) => word.length), 7);
  return shown.map(([word, count]) => `  ${word.padEnd(width)}  ${String(count).padStart(7)}`).join('\n');
}
