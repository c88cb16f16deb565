// What is committed with the list of people of a run of dates: the moment whose switches it sends, and the settings by which they may be sent. Of two
// ticks at once, the one whose list is that of the run also says this.
import type { RunKey } from '../../core/run-key';
import type { Epoch } from '../../roster/roster-file';
import { fileMissing } from '../../run/kept-files';
import type { RunFiles } from '../../run/run-files';

export interface NoteOfDates {
  /** The moment of the tick, ms. */
  readonly at: number;
  /** That of the source's settings at that moment. */
  readonly epoch: Epoch;
}

/** The note as it is kept with the export. */
export const noteOfDates = (note: NoteOfDates): string => JSON.stringify(note);

/** Reads the note of a run of dates. Throws `run-file-missing` (retry) if its list is gone. */
export async function readNoteOfDates(files: Pick<RunFiles, 'readNote'>, run: RunKey): Promise<NoteOfDates> {
  const kept = await files.readNote(run, 'export');
  if (kept === null) throw fileMissing(run, 'export');
  return JSON.parse(kept.note) as NoteOfDates;
}
