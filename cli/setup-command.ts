// The options and the help of `rollcall setup`.
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { AddCommand } from './add-command';
import { addGraphOptions, graphNamed, toPosition, type GraphFlags } from './options';

const setupHelp = `
Examples:
  rollcall setup --source sources/acme-hr --name "Acme HR" --notify ops@acme.example --identity OBJECT-ID --plan
  rollcall setup --source sources/acme-hr --name "Acme HR" --notify ops@acme.example --identity OBJECT-ID
  rollcall setup --source sources/acme-hr --undo

It creates an enterprise application from the gallery with its provisioning job, sets the notification address and the
threshold for accidental deletions, grants the identity of the app what it needs in Microsoft Graph, starts the job, and
writes its ids into the source.json. It says what it will do and asks before each step. What is there already stays as it is.
What it made is noted in rollcall-setup.json beside the source.json: ended anywhere, it goes on when it is started again,
and --undo takes back what it made and nothing else.

--identity is the object id of the identity that the app runs under: that of the managed identity, or of the service
principal of the application.

You sign in in your browser. Needed are the roles Application Administrator (or Cloud Application Administrator), and
Privileged Role Administrator for the permissions of the identity; for what you may not do, it prints a request that you
can forward.

Exit codes:
  0  everything is set up; with --plan: could be; with --undo: is taken back
  1  somebody else has to do a step: the request is printed
  2  a step failed, or nothing was done: wrong options, no sign-in, a source.json that cannot be used`;

const restoreHelp = `
Example:
  rollcall setup schema --restore sources/acme-hr/schema-before-20261127T200000Z.json --source sources/acme-hr

The whole schema is replaced, with every mapping in it; the service then restarts the job by itself. You sign in as for \`rollcall setup\`.

Exit codes:
  0  the copy is the schema of the job now
  2  nothing was changed`;

interface SetupFlags extends GraphFlags {
  readonly source: string;
  readonly name?: string;
  readonly target?: 'entra' | 'active-directory';
  readonly notify?: string;
  readonly identity?: string;
  readonly threshold?: number;
  readonly plan?: true;
  readonly yes?: true;
  readonly undo?: true;
  readonly json?: true;
}

const TARGETS: Readonly<Record<string, 'entra' | 'active-directory'>> = {
  entra: 'entra',
  ad: 'active-directory',
  'active-directory': 'active-directory',
};

const toTarget = (text: string): 'entra' | 'active-directory' => {
  const target = TARGETS[text];
  if (target === undefined) throw new InvalidArgumentError('Write entra or ad.');
  return target;
};

/** One address: with several, provisioning writes to none. */
const toAddress = (text: string): string => {
  if (!/^[^\s@,;]+@[^\s@,;]+$/.test(text)) throw new InvalidArgumentError('Write one e-mail address.');
  return text;
};

const toObjectId = (text: string): string => {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text))
    throw new InvalidArgumentError('Write the object id, a GUID.');
  return text.toLowerCase();
};

const toName = (text: string): string => {
  const name = text.trim();
  if (name === '' || /\p{Cc}/u.test(name)) throw new InvalidArgumentError('Write a name on one line.');
  return name;
};

function doesWhat({ plan, yes, undo }: SetupFlags): 'ask' | 'plan' | 'yes' | 'undo' {
  if (undo === true) return 'undo';
  if (plan === true) return 'plan';
  return yes === true ? 'yes' : 'ask';
}

/** Adds the command; `end` takes its exit code. */
export const addSetupCommand: AddCommand = (program, terminal, end) => {
  const command = program
    .command('setup')
    .summary('set up the provisioning job of a source')
    .description('Sets up the provisioning job of a source in Microsoft Entra, or takes it back.')
    .requiredOption('--source <folder>', 'folder of the source.json')
    .option('--name <name>', 'display name of the enterprise application', toName)
    .option(
      '--target <directory>',
      'entra, or ad for on-premises Active Directory (default: that of the source)',
      toTarget,
    )
    .option('--notify <address>', 'e-mail address for notifications', toAddress)
    .option('--identity <id>', 'object id of the identity of the app', toObjectId)
    .option(
      '--threshold <people>',
      'people whose disabling in one cycle stops the job (default: as the guard)',
      toPosition,
    );
  addGraphOptions(command)
    .addOption(new Option('--plan', 'only show what would be done').conflicts(['yes', 'undo']))
    .addOption(new Option('--yes', 'do it without asking').conflicts(['plan', 'undo']))
    .addOption(new Option('--undo', 'take back what this command has made').conflicts(['plan', 'yes']))
    .option('--json', 'print one JSON object instead of text')
    .addHelpText('after', setupHelp)
    .action(async (flags: SetupFlags) => {
      const {
        source,
        name = null,
        target = null,
        notify = null,
        identity = null,
        threshold = null,
        json = false,
      } = flags;
      const { runSetupCommand } = await import('./setup.ts');
      const given = { source, name, target, notify, identity, threshold, json, does: doesWhat(flags) };
      end(await runSetupCommand({ ...graphNamed(flags), ...given }, terminal));
    });
  addRestore(command, terminal, end);
};

/** `rollcall setup schema`: where the job is, the options of `setup` say. */
const addRestore: AddCommand = (setup, terminal, end) => {
  setup
    .command('schema')
    .summary("put a copy of the job's schema back")
    .description('Puts a copy of the schema of the job back, and keeps the present one.')
    .requiredOption('--restore <file>', 'a copy that was kept before a change: schema-before-….json')
    .addHelpText('after', restoreHelp)
    .action(async (_flags: object, command: Command) => {
      const flags = command.optsWithGlobals<SetupFlags & { readonly restore: string }>();
      const { source, restore, json = false } = flags;
      const { restoreSchema } = await import('./setup-schema.ts');
      end(await restoreSchema({ ...graphNamed(flags), source, restore, json }, terminal));
    });
};
