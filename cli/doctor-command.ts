// The options and the help of `rollcall doctor`.
import type { Command } from 'commander';
import type { AddCommand } from './add-command';
import { addGraphOptions, dataOption, graphNamed, storageNamed, storageOption, type GraphFlags } from './options';

const doctorHelp = `
Examples:
  rollcall doctor --source contoso-hr --storage https://ACCOUNT.blob.core.windows.net --identity OBJECT-ID
  rollcall doctor --source source.json
  rollcall doctor --source contoso-hr --data DIR --graph http://127.0.0.1:7250
  rollcall doctor --source source.json --json | jq '.findings[] | select(.level == "wrong")'

Says why "accepted, and then nothing" would happen: storage, permissions, the provisioning job, its notification, threshold, scope,
schema and mapping, the licence and the daily budget. Nothing is changed. What you or the app may not read is "not checked", and
the finding names the permission; it is never taken for right.

--source is the name of a source in storage, or the path of a source.json. --identity is the object id of the identity of the
function app (or of the application that it signs in as): its permissions are looked up.

You sign in to Microsoft Graph for Synchronization.Read.All, Application.Read.All and LicenseAssignment.Read.All. Storage is read
with your sign-in (az login), which needs the roles Storage Blob Data Reader, Storage Queue Data Reader and Storage Table Data
Reader. Without --storage and --data, nothing of storage is looked at.

Exit codes:
  0  everything was looked at, and is right
  1  something is wrong, doubtful, or was not checked
  2  the settings cannot be read, nobody could be signed in, or wrong options`;

interface DoctorFlags extends GraphFlags {
  readonly source: string;
  readonly storage?: string;
  readonly data?: string;
  readonly identity?: string;
  readonly json?: true;
}

/** Adds the command; `end` takes its exit code. */
export const addDoctorCommand: AddCommand = (program, terminal, end) => {
  const command = program
    .command('doctor')
    .summary('say what is wrong with a deployment and its provisioning job')
    .description(
      'Looks at storage, the identity, the provisioning job and the tenant, and says what is wrong and what cures it.',
    )
    .requiredOption('-s, --source <name>', 'name of the source, or path of a source.json')
    .addOption(storageOption())
    .addOption(dataOption())
    .option('--identity <object id>', 'the identity that sends, whose permissions are looked up')
    .option('--json', 'print one JSON object instead of text');
  addGraphOptions(command)
    .addHelpText('after', doctorHelp)
    .action(async (flags: DoctorFlags, self: Command) => {
      const { source, identity = null, json = false } = flags;
      const { storage, data } = storageNamed(self, flags);
      const { runDoctor } = await import('./doctor.ts');
      end(await runDoctor({ source, identity, json, storage, data, graph: graphNamed(flags) }, terminal));
    });
};
