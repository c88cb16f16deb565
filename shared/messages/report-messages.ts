// The text around the reason in `<file>.why-held.txt`, in English, for somebody who opens nothing but text files.
import { quoted } from '../core/english';
import type { HeldFile } from './language-parts';

/** The lines of the file. */
export function heldFileLines({ file, sentence, code, run, line, column }: HeldFile): readonly string[] {
  const where = [
    ...(line === null ? [] : [`line ${line}`]),
    ...(column === null ? [] : [`column ${quoted(column)}`]),
  ].join(', ');
  return [
    `${file.quote} was not sent to Microsoft Entra. Nobody was changed.`,
    '',
    sentence,
    ...(where === '' ? [] : [`Where: ${where}.`]),
    '',
    'Put the corrected file into your folder for incoming files; it is read as a new file.',
    `If you ask for help, quote this: ${code}, run ${run}.`,
  ];
}
