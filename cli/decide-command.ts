// The options and the help of `rollcall approve` and `rollcall refuse`.
import type { AddCommand } from './add-command';
import { addDecision } from './decision-command';

const approveHelp = `
Examples:
  rollcall approve 20261121T080000Z-0123456789 --reason "reorganisation, announced by HR" --storage https://ACCOUNT.blob.core.windows.net
  rollcall approve 20261121T080000Z-0123456789 --reason "season begins" --data DIR

Look first: <file>.plan.html, next to the other reports of the file, shows what it would do, person by person. The file is then
read again and compared with what Entra holds by then. It goes if each limit that trips was approved with at least that number;
otherwise it is held again. The approval is valid for 7 days, and void if the mapping, the job or the hold list has changed since
the file was read: then drop the file again.

Your sign-in to Entra is used (az login), which needs the roles Storage Table Data Contributor, Storage Blob Data Reader and
Storage Queue Data Message Sender. Your name and the reason are kept with the run.

Exit codes:
  0  approved
  2  nothing was decided: not held, not held by the guard, void, too early; storage cannot be used; wrong options`;

const refuseHelp = `
Examples:
  rollcall refuse 20261121T080000Z-0123456789 --reason "half an export" --storage https://ACCOUNT.blob.core.windows.net

Nothing of the file will ever be sent. HR reads in the report who refused it and why. A new file can be dropped at any time.

Your sign-in to Entra is used (az login), which needs the roles Storage Table Data Contributor and Storage Blob Data Contributor.

Exit codes:
  0  refused
  2  nothing was decided: not held; storage cannot be used; wrong options`;

const decisions = [
  {
    decision: 'approve',
    summary: 'let a file go that the guard has held',
    description: 'Approves exactly one file that the guard has held, up to the numbers for which it was held.',
    help: approveHelp,
  },
  {
    decision: 'refuse',
    summary: 'end a file that is held',
    description: 'Refuses a held file: nothing of it will ever be sent.',
    help: refuseHelp,
  },
] as const;

const REASON = 'why: kept with the run; if the file is refused, HR reads it';

/** Adds the commands; `end` takes its exit code. */
export const addDecideCommands: AddCommand = (program, terminal, end) => {
  for (const { decision, ...words } of decisions)
    addDecision(program, { decision, ...words, reason: REASON }, async (typed) => {
      const { runDecide } = await import('./decide.ts');
      end(await runDecide({ decision, ...typed }, terminal));
    });
};
