// Names of files as the commands on state show them.
import { quote } from '../shared/core/message';
import { fileNameOf, type Run } from '../shared/run/run';

/** The file of a run. Its name comes from whoever may drop files: a line end or an escape code in it must not write lines of its own. */
export const fileOf = (run: Pick<Run, 'blobName'>): string => quote(fileNameOf(run), Number.POSITIVE_INFINITY).quote;
