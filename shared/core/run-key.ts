// Which run: what every store that keeps something of a run is asked with.

/** A run of a source; also the folder `<source>/<run>/` of its blobs. */
export interface RunKey {
  readonly source: string;
  readonly run: string;
}
