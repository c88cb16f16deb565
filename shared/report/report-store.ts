// Where HR finds the reports: `reports/<source>/<run>/…`.
import type { RunKey } from '../core/run-key';

/** One report being written; text goes out as UTF-8. */
export interface ReportWriter {
  append(text: string): Promise<void>;
  /** Makes the report appear, replacing an older one of the same name. */
  commit(): Promise<void>;
}

/** Faults are `RollcallError` with disposition `retry`. */
export interface ReportStore {
  write(run: RunKey, name: string): ReportWriter;
  exists(run: RunKey, name: string): Promise<boolean>;
  /** The names of the reports of a run. */
  list(run: RunKey): Promise<readonly string[]>;
  /** The text of a report, or null if there is none. */
  readText(run: RunKey, name: string): Promise<string | null>;
  /** Deletes a report, if it is there. */
  delete(run: RunKey, name: string): Promise<void>;
  /** Deletes all reports of a run. */
  deleteAll(run: RunKey): Promise<void>;
}
