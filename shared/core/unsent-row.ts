// A row that is not sent although there is nothing to correct in it: a value, as a rejection is.
import type { Message } from './message';

/** `skipped`: the settings set the row aside. `superseded`: another row of the file counts for the person. The code and its values say why. */
export interface UnsentRow extends Message {
  readonly verdict: 'skipped' | 'superseded';
  readonly column: string | null;
}
