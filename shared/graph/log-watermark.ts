// How far a job's log has been read; moved after the evidence before it is written (*watermarkLast*).
import type { JobKey } from './job-key';

/** Faults are `RollcallError` with disposition `retry`. */
export interface LogWatermark {
  /** ms; 0 if the job's log was never read. */
  read(job: JobKey): Promise<number>;
  write(job: JobKey, at: number): Promise<void>;
}
