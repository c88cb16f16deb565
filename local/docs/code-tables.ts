// All tables of codes, in the order in which docs/errors.md shows them. A test fails when a `*-codes.ts` is not in this list.
import { cliCodes } from '../../cli/cli-codes';
import { appCodes } from '../../functions/app-codes';
import type { CodeEntry } from '../../shared/core/catalogue';
import { deliveryCodes } from '../../shared/delivery/delivery-codes';
import { graphCodes } from '../../shared/graph/graph-codes';
import { exportCodes } from '../../shared/export/export-codes';
import { mappingCodes } from '../../shared/mapping/mapping-codes';
import { checkCodes } from '../../shared/pipeline/check/check-codes';
import { runCodes } from '../../shared/run/run-codes';
import { sourceCodes } from '../../shared/source/source-codes';
import { verdictCodes } from '../../shared/verdict/verdict-codes';

/** One chapter of docs/errors.md: a table with the file that holds it. */
export interface CodeTable {
  readonly title: string;
  readonly file: string;
  readonly codes: Readonly<Record<string, CodeEntry>>;
  /** Told to somebody who sits before a terminal: no entry in the runbook. */
  readonly isCommand?: boolean;
}

/** Every table there is. */
export const CODE_TABLES: readonly CodeTable[] = [
  { title: 'The file as a whole, and its rows', file: 'shared/export/export-codes.ts', codes: exportCodes },
  { title: 'A row and the mapping', file: 'shared/mapping/mapping-codes.ts', codes: mappingCodes },
  { title: 'The settings of a source', file: 'shared/source/source-codes.ts', codes: sourceCodes },
  { title: 'The run', file: 'shared/run/run-codes.ts', codes: runCodes },
  { title: 'The gate and the queues', file: 'shared/delivery/delivery-codes.ts', codes: deliveryCodes },
  { title: 'Microsoft Graph', file: 'shared/graph/graph-codes.ts', codes: graphCodes },
  { title: 'Verdicts', file: 'shared/verdict/verdict-codes.ts', codes: verdictCodes },
  { title: 'The app', file: 'functions/app-codes.ts', codes: appCodes },
  { title: 'The check of a file', file: 'shared/pipeline/check/check-codes.ts', codes: checkCodes },
  { title: 'The command line', file: 'cli/cli-codes.ts', codes: cliCodes, isCommand: true },
];
