// The command line: its commands in the order of the help. The options and the help of each are in `<command>-command.ts`, what it does is
// in `<command>.ts`, loaded when it is called: the libraries of them all take most of a second. `import()` goes by the rules of ES modules, so it
// names the whole file, and the compiler makes `.js` of `.ts`.
import { Command, CommanderError } from 'commander';
import type { AddCommand } from './add-command';
import { addCheckCommand } from './check-command';
import { addDecideCommands } from './decide-command';
import { addDisableCommand } from './disable-command';
import { addDoctorCommand } from './doctor-command';
import { addForgetCommand } from './forget-command';
import { addInitCommand } from './init-command';
import { addJobCommand } from './job-command';
import { addMatchCommand } from './match-command';
import { addPlanCommand } from './plan-command';
import { addRosterCommand } from './roster-command';
import { addSetupCommand } from './setup-command';
import { addStatusCommand } from './status-command';
import { addStopCommands } from './stop-command';
import { withoutSecrets } from './storage-option';
import { exitCodes, type Terminal } from './terminal';
import { readVersion } from './version';

const commands: readonly AddCommand[] = [
  addCheckCommand,
  addInitCommand,
  addSetupCommand,
  addJobCommand,
  addPlanCommand,
  addMatchCommand,
  addDoctorCommand,
  addStatusCommand,
  addRosterCommand,
  addDisableCommand,
  addForgetCommand,
  addDecideCommands,
  addStopCommands,
];

/** Runs `rollcall` with the arguments of the user (without node and script); resolves to the exit code. */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = exitCodes.clean;
  const waiting: Promise<void>[] = [];
  const program = new Command('rollcall')
    .description(
      'HR files to Microsoft Entra: look at a file before it is dropped, propose settings for it, set up its provisioning job, see what became of it, decide about it.',
    )
    .version(readVersion(), '-V, --version', 'print the version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void waiting.push(terminal.out(text)),
      // An unknown option is quoted as it was typed.
      writeErr: (text) => void waiting.push(terminal.err(withoutSecrets(text))),
    })
    .showHelpAfterError('(add --help for options and examples)');
  for (const addCommand of commands) addCommand(program, terminal, (code) => (exitCode = code));
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version end in success, everything else is a wrong call.
    exitCode = error.exitCode === 0 ? exitCodes.clean : exitCodes.held;
  }
  await Promise.all(waiting);
  return exitCode;
}
