// The result of a check, before it is written for people or for programs.
import type { CheckedFile } from '../shared/pipeline/check/check-file';
import type { CheckFinding } from '../shared/pipeline/check/findings';

/** A check and what it found; `findings` may be read once. `checked` is null if the check could not begin, for the reason in `failure`. */
export interface CheckReport {
  /** The path as it was given. */
  readonly file: string;
  /** Size on disk; null if the file cannot be read. */
  readonly bytes: number | null;
  readonly checked: CheckedFile | null;
  readonly failure: CheckedFile['reason'];
  readonly findings: AsyncIterable<CheckFinding>;
}
