// The text around the reason in `<file>.why-held.txt`, in English, for somebody who opens nothing but text files.
import { quoted } from '../core/english';
import type { ApprovedFile, HeldFile } from './language-parts';

/** Why there is no plan: no file of HR's would do anything. */
const WITHOUT_PLAN: Readonly<Record<NonNullable<HeldFile['withoutPlan']>, string>> = {
  missing:
    'There is no plan of this run. It would disable people who are missing from the full file before it: they are in the .missing.csv of that file.',
  disable:
    'There is no plan of this run. It is the order of an operator to disable one person; whoever gave it knows whom.',
  dates:
    'There is no plan of this run. It is of people whose last or first day has come, by the dates in files of yours: the .verdicts.csv beside this one lists them.',
};

/** The lines of the file. */
export function heldFileLines({ file, sentence, code, run, line, column, withoutPlan }: HeldFile): readonly string[] {
  const where = [
    ...(line === null ? [] : [`line ${line}`]),
    ...(column === null ? [] : [`column ${quoted(column)}`]),
  ].join(', ');
  return [
    `${file.quote} was not sent to Microsoft Entra. Nobody was changed.`,
    '',
    sentence,
    ...(where === '' ? [] : [`Where: ${where}.`]),
    ...(withoutPlan === null ? [] : ['', WITHOUT_PLAN[withoutPlan]]),
    '',
    'Put the corrected file into your folder for incoming files; it is read as a new file.',
    `If you ask for help, quote this: ${code}, run ${run}.`,
  ];
}

/** The lines of the same file once the held one was approved. */
export const approvedFileLines = ({ file, run }: ApprovedFile): readonly string[] => [
  `${file.quote} was held, and has been approved since: it was read again, and what it says is sent.`,
  '',
  'What became of each row is in the other reports of this folder.',
  `If you ask for help, quote this: run ${run}.`,
];
