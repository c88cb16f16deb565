// The options and the help of `rollcall park`, `rollcall resume` and `rollcall abandon`.
import type { AddCommand } from './add-command';
import { addDecision } from './decision-command';

const codesHelp = (blobRole: 'Reader' | 'Contributor', done: string, not: string) => `
Your sign-in to Entra is used (az login), which needs the roles Storage Table Data Contributor and Storage Blob Data ${blobRole}.
Your name and the reason are kept with the run. Saying it twice changes nothing.

Exit codes:
  0  ${done}, now or before
  2  nothing was changed: ${not}; storage cannot be used; wrong options`;

const parkHelp = `
Examples:
  rollcall park 20261121T080000Z-0123456789 --reason "the mapping is wrong" --storage https://ACCOUNT.blob.core.windows.net

No further message is put for the file: some dozens that are on the queue already are still sent. What was sent gets its verdicts as
usual, all other files go on, and a newer file takes over the people that it names. A run is also parked by itself when a step of the
timer has failed for it for an hour, and it was no outage.
${codesHelp('Reader', 'parked', 'still being read, held, or ended')}`;

const resumeHelp = `
Examples:
  rollcall resume 20261121T080000Z-0123456789 --reason "the mapping is corrected" --storage https://ACCOUNT.blob.core.windows.net

The file goes on where it stopped, with the next tick of the timer. If what parked it is not cured, it is parked again.
${codesHelp('Reader', 'it is not parked', 'held, abandoned, still being read, or ended')}`;

const abandonHelp = `
Examples:
  rollcall abandon 20261121T080000Z-0123456789 --reason "it cannot go on" --storage https://ACCOUNT.blob.core.windows.net

Final. Rows that were never sent are held, and HR reads who gave the file up and why. Rows that were sent get their verdicts as usual,
but nothing is sent again; after the last one the run ends as parked, with its reports. Who is missing from the file is not missing.
A new file can be dropped at any time.
${codesHelp('Contributor', 'abandoned', 'held (refuse it instead), or ended')}`;

const decisions = [
  {
    decision: 'park',
    summary: 'stop sending a file, for now',
    description: 'Stops the sending of exactly one file, until it is resumed or abandoned.',
    help: parkHelp,
  },
  {
    decision: 'resume',
    summary: 'let a parked file go on',
    description: 'Lets a parked file go on where it stopped.',
    help: resumeHelp,
  },
  {
    decision: 'abandon',
    summary: 'give up a file that is on its way',
    description: 'Gives up exactly one file for good: nothing more of it is ever sent.',
    help: abandonHelp,
  },
] as const;

const REASON = 'why: kept with the run';

/** Adds the commands; `end` takes its exit code. */
export const addStopCommands: AddCommand = (program, terminal, end) => {
  for (const { decision, ...words } of decisions)
    addDecision(program, { decision, ...words, reason: REASON }, async (typed) => {
      const { runStop } = await import('./stop.ts');
      end(await runStop({ decision, ...typed }, terminal));
    });
};
