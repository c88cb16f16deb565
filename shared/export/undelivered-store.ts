// The container that Event Grid writes to when it gives up an event: `<SUBSCRIPTION>/<year>/<month>/<day>/<hour>/<id>.json`, each blob a list of
// events (docs/reference/azure-functions.md §D.12).

/** The container. */
export const UNDELIVERED = 'undelivered';

/** Faults are `RollcallError` with disposition `retry`. */
export interface UndeliveredStore {
  /** The names of the first blobs, at most so many. One that no path can hold is not among them: Event Grid makes no such name. */
  list(most: number): Promise<readonly string[]>;
  /** The text, or null if it is gone; what is longer is cut at `maxBytes`. */
  readText(name: string, maxBytes: number): Promise<string | null>;
  /** Deletes a blob; one that is gone is no fault. */
  remove(name: string): Promise<void>;
}
