// The people indexes of runs, loaded once and kept while in use: they never change once a run is staged.
import type { Hash64 } from '../core/hash';
import { PeopleIndex } from '../people/people-index';
import { fileMissing } from './kept-files';
import type { Run } from './run';
import type { RunFiles } from './run-files';
import { ofAttempt } from './run-files';

/** Indexes kept at once. Only runs that are live at the same time are asked for: a handful. */
const MAX_KEPT = 16;

/** Names an index: the run, and whose files are its own. */
export type IndexKey = Pick<Run, 'source' | 'run' | 'readBy'>;

/** Loads people indexes, the least recently used dropped first. */
export class PeopleIndexes {
  private readonly kept = new Map<string, Promise<PeopleIndex>>();

  constructor(
    private readonly files: Pick<RunFiles, 'readWhole'>,
    private readonly hash: Hash64,
  ) {}

  async of(run: IndexKey): Promise<PeopleIndex> {
    const key = `${run.source}/${run.run}${run.readBy}`;
    const found = this.kept.get(key) ?? this.load(run);
    this.kept.delete(key);
    this.kept.set(key, found);
    const oldest = this.kept.keys().next();
    if (this.kept.size > MAX_KEPT && oldest.done !== true) this.kept.delete(oldest.value);
    try {
      return await found;
    } catch (error) {
      this.kept.delete(key);
      throw error;
    }
  }

  private async load(run: IndexKey): Promise<PeopleIndex> {
    const file = ofAttempt(run, 'people.idx');
    const bytes = await this.files.readWhole(run, file);
    if (bytes === null) throw fileMissing(run, file);
    return new PeopleIndex(bytes, this.hash);
  }
}
