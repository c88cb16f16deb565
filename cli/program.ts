// The command line: commands, options, help. What they do is in the file of each command.
import { Command, CommanderError, Option } from 'commander';
import { runCheck } from './check';
import { runInit } from './init';
import { assertOneStorage, dataOption, storageOption, toCount, toPosition, toReason, toSourceName } from './options';
import { addPlanCommand } from './plan-command';
import { withoutSecrets } from './storage-option';
import { exitCodes, type Terminal } from './terminal';
import { readVersion } from './version';

/** Findings that the text shows unless told otherwise. */
const SHOWN_FINDINGS = 100;

interface CheckFlags {
  readonly source: string;
  readonly show?: number;
  readonly batch?: number;
  readonly users?: string;
  readonly findings: number;
  readonly json?: true;
}

const checkHelp = `
Examples:
  rollcall check people.csv --source sources/contoso-hr/source.json
  rollcall check people.csv --source source.json --show 3
  rollcall check people.csv --source source.json --batch 1 > request.json
  rollcall check people.csv --source source.json --users users.jsonl
  rollcall check people.csv --source source.json --json | jq .reason

Nothing is sent, and nothing leaves this computer. If <file>.manifest.json lies beside the file, it must match.

Exit codes:
  0  clean: every row is a user or a repetition (notes do not count)
  1  findings: rejected rows, or warnings
  2  held, or cannot be read; also wrong options`;

const initHelp = `
Examples:
  rollcall init people.csv > source.json
  rollcall init people.csv --name contoso-hr --out sources/contoso-hr/source.json
  rollcall init people.json --records export.employees

Column names are recognised in English, German, French and Spanish. Everything uncertain is listed on standard error
with its place in the settings; a status word that nobody knows is put into no list. --out never overwrites a file.

Exit codes:
  0  settings proposed
  2  the file cannot be read, or wrong options`;

/** Runs of each source that `rollcall status` looks at unless told otherwise. */
const LISTED_RUNS = 10;

const statusHelp = `
Examples:
  rollcall status --storage https://ACCOUNT.blob.core.windows.net
  rollcall status 20261121T080000Z-0123456789 --storage https://ACCOUNT.blob.core.windows.net
  rollcall status --person 4711 --source contoso-hr --storage https://ACCOUNT.blob.core.windows.net
  rollcall status --storage https://ACCOUNT.blob.core.windows.net --json | jq .needs
  rollcall status --data DIR

Nothing is written. With an address you are asked for nothing: your sign-in to Entra is used (az login), which needs the
roles Storage Blob Data Reader, Storage Queue Data Reader and Storage Table Data Reader on the account. A connection
string is a secret: set ROLLCALL_STORAGE instead of writing it into a command. With --data, the storage of the machine that
runs on the folder is read; if none runs, its storage is started for as long as the command looks.

Exit codes:
  0  nothing needs a person
  1  something needs a person: a held or parked file, a halt, a sign that nobody is working
  2  storage cannot be read, there is no such run, or wrong options`;

interface StatusFlags {
  readonly storage?: string;
  readonly data?: string;
  readonly person?: string;
  readonly source?: string;
  readonly runs: number;
  readonly json?: true;
}

const rosterHelp = `
Examples:
  rollcall roster --storage https://ACCOUNT.blob.core.windows.net
  rollcall roster --source contoso-hr --data DIR
  rollcall roster --person 4711 --source contoso-hr --storage https://ACCOUNT.blob.core.windows.net
  rollcall roster --rebuild --source contoso-hr --storage https://ACCOUNT.blob.core.windows.net
  rollcall roster --forget 4711 --source contoso-hr --storage https://ACCOUNT.blob.core.windows.net
  rollcall roster --data DIR --json | jq '.sources[].roster.people'

Your sign-in to Entra is used (az login), which needs the roles Storage Blob Data Reader and Storage Table Data Reader on
the account. --person prints the record with its personal data. Nothing is written, except by --rebuild and --forget, which
need Storage Blob Data Contributor on the container rosters as well and may run while the app does. --rebuild makes the roster
of a source again from the files of its runs, when it is damaged or lost; it may be repeated. Runs whose files are deleted
are named, and nothing older than them is used. --forget takes one person out, whose account was changed in Entra by hand:
the next file sends them as new. It waits for no run: while one is being read or sent, it refuses.

Exit codes:
  0  every roster can be read, or is rebuilt; the person is forgotten
  1  a roster is damaged, missing, or of a newer version
  2  storage cannot be read, nobody was forgotten, or wrong options`;

interface RosterFlags {
  readonly storage?: string;
  readonly data?: string;
  readonly source?: string;
  readonly person?: string;
  readonly rebuild?: true;
  readonly forget?: string;
  readonly json?: true;
}

const disableHelp = `
Examples:
  rollcall disable --person 4711 --source contoso-hr --reason "left today, ticket 88" --storage https://ACCOUNT.blob.core.windows.net
  rollcall disable --person 4711 --source contoso-hr --reason "left today" --data DIR --json | jq .run

Your sign-in to Entra is used (az login), which needs the roles Storage Blob Data Contributor (container runs; Reader on
rosters and sources), Storage Table Data Contributor and Storage Queue Data Contributor on the account. The record is sent by
the machine, before everything else; with --data by the machine of the folder, when it runs. Your name and the reason are kept
with the run. The next file from HR that lists the person as active enables the account again.

Exit codes:
  0  the run is made, or one for this person is under way
  2  nothing was done: the person is unknown, disabled already, on the hold list …; storage cannot be read; wrong options`;

interface DisableFlags {
  readonly storage?: string;
  readonly data?: string;
  readonly person: string;
  readonly source: string;
  readonly reason: string;
  readonly json?: true;
}

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

interface DecideFlags {
  readonly reason: string;
  readonly storage?: string;
  readonly data?: string;
  readonly json?: true;
}

interface InitFlags {
  readonly name?: string;
  readonly records?: string;
  readonly out?: string;
}

/** Runs `rollcall` with the arguments of the user (without node and script); resolves to the exit code. */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = exitCodes.clean;
  const waiting: Promise<void>[] = [];
  const program = new Command('rollcall')
    .description(
      'HR files to Microsoft Entra: look at a file before it is dropped, propose settings for it, see what became of it, decide about it.',
    )
    .version(readVersion(), '-V, --version', 'print the version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void waiting.push(terminal.out(text)),
      // An unknown option is quoted as it was typed.
      writeErr: (text) => void waiting.push(terminal.err(withoutSecrets(text))),
    })
    .showHelpAfterError('(add --help for options and examples)');
  program
    .command('check')
    .summary('say what would become of a file')
    .description('Reads a file of people by the settings of its source and says what would become of every row.')
    .argument('<file>', 'the export: CSV or JSON, also as .gz or .zip')
    .requiredOption('-s, --source <source.json>', 'settings of the source')
    .addOption(
      new Option('--show <number>', 'show the first users as SCIM').argParser(toCount).conflicts(['json', 'batch']),
    )
    .addOption(
      new Option('--batch <number>', 'print the bulk request of this batch alone; the text goes to standard error')
        .argParser(toPosition)
        .conflicts('json'),
    )
    .option('--users <file>', 'write every accepted user, one SCIM JSON object per line')
    .option('--findings <number>', 'findings that the text shows at most', toCount, SHOWN_FINDINGS)
    .option('--json', 'print one JSON object instead of text')
    .addHelpText('after', checkHelp)
    .action(async (file: string, flags: CheckFlags) => {
      exitCode = await runCheck(
        {
          file,
          source: flags.source,
          show: flags.show ?? 0,
          batch: flags.batch ?? null,
          users: flags.users ?? null,
          json: flags.json ?? false,
          maxFindings: flags.findings,
        },
        terminal,
      );
    });
  program
    .command('init')
    .summary('propose settings for a file')
    .description('Proposes a source.json from the columns and status words of a file.')
    .argument('<file>', 'an export as HR writes it: CSV or JSON, also as .gz or .zip')
    .option('--name <name>', 'name of the source: that of its folder (default: from the file)', toSourceName)
    .option('--records <path>', 'JSON: path of the array of people')
    .option('-o, --out <source.json>', 'write a new file instead of standard output')
    .addHelpText('after', initHelp)
    .action(async (file: string, flags: InitFlags) => {
      const { name = null, records = null, out = null } = flags;
      exitCode = await runInit({ file, name, records, out }, terminal);
    });
  addPlanCommand(program, terminal, (code) => (exitCode = code));
  program
    .command('status')
    .summary('say what the machine is doing, and what needs a person')
    .description(
      'Shows the newest files of each source, the gate and the queues; or one run; or what became of a person.',
    )
    .argument('[run]', 'id of a run, as `rollcall status` lists it')
    .addOption(storageOption())
    .addOption(dataOption())
    .option('--person <id>', 'show which runs carry the person with this id, and their verdicts')
    .option('--source <name>', 'with --person: look in this source only', toSourceName)
    .option('--runs <number>', 'newest runs of each source that are looked at', toPosition, LISTED_RUNS)
    .option('--json', 'print one JSON object instead of text')
    .addHelpText('after', statusHelp)
    .action(async (run: string | undefined, flags: StatusFlags, command: Command) => {
      const { storage = null, data = null, person = null, source = null, runs, json = false } = flags;
      if (run !== undefined && person !== null) command.error('error: a run and --person cannot be used together');
      assertOneStorage(command, data);
      if (source !== null && person === null) command.error('error: --source is for --person');
      // The clients of Azure take 0.7 s to load (measured, 2026-11), and the other commands need none of them.
      const { runStatus } = await import('./status.js');
      exitCode = await runStatus({ storage, data, run: run ?? null, person, source, runs, json }, terminal);
    });
  program
    .command('roster')
    .summary('say what Entra is confirmed to hold')
    .description(
      'Shows the roster of each source: how many people Entra is confirmed to hold, how many not, how many are missing; or one person.',
    )
    .addOption(storageOption())
    .addOption(dataOption())
    .option('--source <name>', 'this source only', toSourceName)
    .addOption(
      new Option('--person <id>', 'show what Entra was last confirmed to hold of the person with this id').conflicts(
        'rebuild',
      ),
    )
    .option('--rebuild', 'with --source: make the roster again from the files of its runs')
    .addOption(
      new Option('--forget <id>', 'with --source: take the person with this id out of the roster').conflicts([
        'rebuild',
        'person',
      ]),
    )
    .option('--json', 'print one JSON object instead of text')
    .addHelpText('after', rosterHelp)
    .action(async (flags: RosterFlags, command: Command) => {
      const { storage = null, data = null, source = null, person = null, rebuild = false, json = false } = flags;
      const { forget = null } = flags;
      assertOneStorage(command, data);
      if (forget !== null && source === null) command.error('error: --forget needs --source');
      if (rebuild && source === null) command.error('error: --rebuild needs --source');
      const { runRoster } = await import('./roster.js');
      exitCode = await runRoster({ storage, data, source, person, rebuild, forget, json }, terminal);
    });
  program
    .command('disable')
    .summary('disable a leaver now')
    .description(
      'Disables one account now, without a file: sends the record that Entra was last confirmed to hold, with active = false.',
    )
    .addOption(storageOption())
    .addOption(dataOption())
    .requiredOption('--person <id>', 'the id of the person, as HR writes it')
    .requiredOption('--source <name>', 'the source of the person', toSourceName)
    .requiredOption('--reason <text>', 'why: kept with the run', toReason)
    .option('--json', 'print one JSON object instead of text')
    .addHelpText('after', disableHelp)
    .action(async (flags: DisableFlags, command: Command) => {
      const { storage = null, data = null, person, source, reason, json = false } = flags;
      assertOneStorage(command, data);
      const { runDisable } = await import('./disable.js');
      exitCode = await runDisable({ storage, data, person, source, reason, json }, terminal);
    });
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
  for (const { decision, summary, description, help } of decisions)
    program
      .command(decision)
      .summary(summary)
      .description(description)
      .argument('<run>', 'id of the run, as `rollcall status` lists it')
      .requiredOption('--reason <text>', 'why: kept with the run; if the file is refused, HR reads it', toReason)
      .addOption(storageOption())
      .addOption(dataOption())
      .option('--json', 'print one JSON object instead of text')
      .addHelpText('after', help)
      .action(async (run: string, flags: DecideFlags, command: Command) => {
        const { storage = null, data = null, reason, json = false } = flags;
        assertOneStorage(command, data);
        const { runDecide } = await import('./decide.js');
        exitCode = await runDecide({ decision, run, reason, storage, data, json }, terminal);
      });
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
