// The key of a run, by which every store finds what it keeps of the run.

/** A run of a source; also the folder `<source>/<run>/` of its blobs. */
export interface RunKey {
  readonly source: string;
  readonly run: string;
}
