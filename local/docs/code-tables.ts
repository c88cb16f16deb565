// All tables of codes with their English, in the order in which docs/errors.md shows them. A test fails when a `*-codes.ts` is not in this
// list.
import { cliCodes } from '../../cli/cli-codes';
import { cliMessages } from '../../cli/cli-messages';
import { appCodes } from '../../functions/app-codes';
import { appMessages } from '../../functions/app-messages';
import { deliveryCodes } from '../../shared/delivery/delivery-codes';
import { deliveryMessages } from '../../shared/delivery/delivery-messages';
import { doctorCodes } from '../../shared/doctor/doctor-codes';
import { doctorMessages } from '../../shared/doctor/doctor-messages';
import { exportCodes } from '../../shared/export/export-codes';
import { exportMessages } from '../../shared/export/export-messages';
import { credentialCodes } from '../../shared/graph/credential-codes';
import { credentialMessages } from '../../shared/graph/credential-messages';
import { graphCodes } from '../../shared/graph/graph-codes';
import { graphMessages } from '../../shared/graph/graph-messages';
import { managementCodes } from '../../shared/graph/management-codes';
import { managementMessages } from '../../shared/graph/management-messages';
import { guardCodes } from '../../shared/guard/guard-codes';
import { guardMessages } from '../../shared/guard/guard-messages';
import { mappingCodes } from '../../shared/mapping/mapping-codes';
import { mappingMessages } from '../../shared/mapping/mapping-messages';
import { missingCodes } from '../../shared/missing/missing-codes';
import { missingMessages } from '../../shared/missing/missing-messages';
import { rosterCodes } from '../../shared/roster/roster-codes';
import { rosterMessages } from '../../shared/roster/roster-messages';
import { runCodes } from '../../shared/run/run-codes';
import { runMessages } from '../../shared/run/run-messages';
import { sourceCodes } from '../../shared/source/source-codes';
import { sourceMessages } from '../../shared/source/source-messages';
import { setupCodes } from '../../shared/tenant/setup-codes';
import { setupMessages } from '../../shared/tenant/setup-messages';
import { verdictCodes } from '../../shared/verdict/verdict-codes';
import { verdictMessages } from '../../shared/verdict/verdict-messages';
import type { CodeEntry, CodeTable, MessagesOf } from '../../shared/core/codes';
import { entriesOf } from '../../shared/core/codes';

/** One chapter of docs/errors.md: a table with the files that hold it. */
export interface CodeChapter {
  readonly title: string;
  /** The file of its codes. */
  readonly file: string;
  /** The file of its English. */
  readonly messages: string;
  readonly codes: Readonly<Record<string, CodeEntry>>;
  /** Shown to somebody at a terminal, so it needs no entry in the runbook. */
  readonly isCommand: boolean;
}

const chapter = <T extends CodeTable>(
  title: string,
  file: string,
  codes: T,
  messages: MessagesOf<T>,
  isCommand = false,
): CodeChapter => ({
  title,
  file: `${file}-codes.ts`,
  messages: `${file}-messages.ts`,
  codes: entriesOf(codes, messages),
  isCommand,
});

/** Every table there is. */
export const CODE_TABLES: readonly CodeChapter[] = [
  chapter('The file as a whole, and its rows', 'shared/export/export', exportCodes, exportMessages),
  chapter('A row and the mapping', 'shared/mapping/mapping', mappingCodes, mappingMessages),
  chapter('The settings of a source', 'shared/source/source', sourceCodes, sourceMessages),
  chapter('The run', 'shared/run/run', runCodes, runMessages),
  chapter('The guard', 'shared/guard/guard', guardCodes, guardMessages),
  chapter('The roster', 'shared/roster/roster', rosterCodes, rosterMessages),
  chapter('People without a row in a full file', 'shared/missing/missing', missingCodes, missingMessages),
  chapter('The gate and the queues', 'shared/delivery/delivery', deliveryCodes, deliveryMessages),
  chapter('Microsoft Graph', 'shared/graph/graph', graphCodes, graphMessages),
  chapter('The credential for Graph', 'shared/graph/credential', credentialCodes, credentialMessages),
  chapter(
    'The management side of Microsoft Graph',
    'shared/graph/management',
    managementCodes,
    managementMessages,
    true,
  ),
  chapter('The steps of a set-up', 'shared/tenant/setup', setupCodes, setupMessages, true),
  chapter('Verdicts', 'shared/verdict/verdict', verdictCodes, verdictMessages),
  chapter('A deployment and its tenant', 'shared/doctor/doctor', doctorCodes, doctorMessages),
  chapter('The app', 'functions/app', appCodes, appMessages),
  chapter('The command line', 'cli/cli', cliCodes, cliMessages, true),
];
