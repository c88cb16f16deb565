// Numbers and names of files as the commands on state show them.
import { quote } from '../shared/core/message';
import { fileNameOf, type Run } from '../shared/run/run';

const numbers = new Intl.NumberFormat('en-US');

export const count = (value: number): string => numbers.format(value);

/** `1 file`, `2 files`. */
export const counted = (value: number, one: string): string => `${count(value)} ${one}${value === 1 ? '' : 's'}`;

/** The file of a run. Its name comes from whoever may drop files: a line end or an escape code in it must not write lines of its own. */
export const fileOf = (run: Pick<Run, 'blobName'>): string => quote(fileNameOf(run), Number.POSITIVE_INFINITY).quote;
