// Options that several commands have, and how their values are read.
import { InvalidArgumentError, Option, type Command } from 'commander';
import { isSourceName } from '../shared/core/names';
import type { GraphOptions } from './graph-sign-in';
import { findEncoding } from '../shared/export/text/encoding-names';
import { optionOfStorage } from './storage-option';

/** The name of a source. */
export const toSourceName = (text: string): string => {
  if (!isSourceName(text)) throw new InvalidArgumentError('Letters, digits and . _ - only, at most 63.');
  return text;
};
/** An encoding that can be read, in the name that settings have for it. */
export const toEncoding = (text: string): string => {
  const encoding = findEncoding(text);
  if (encoding === null) throw new InvalidArgumentError('Use a name such as utf-8, windows-1252 or cp850.');
  return encoding;
};

/** A delimiter of one character, or the name of one. */
export const toDelimiter = (text: string): string => {
  const delimiter = DELIMITER_NAMES.get(text.toLowerCase()) ?? text;
  if (!/^[^"\r\n]$/.test(delimiter)) throw new InvalidArgumentError('One character, or tab.');
  return delimiter;
};

const DELIMITER_NAMES: ReadonlyMap<string, string> = new Map([
  ['tab', '\t'],
  ['\\t', '\t'],
  ['comma', ','],
  ['semicolon', ';'],
  ['pipe', '|'],
]);

/** A whole number. */
export const toCount = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
};
/** A day of the calendar, yyyy-MM-dd. */
export const toDate = (text: string): string => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(text))
    throw new InvalidArgumentError('Write the day as yyyy-MM-dd.');
  return text;
};
/** A whole number from 1. */
export const toPosition = (text: string): number => {
  const count = toCount(text);
  if (count === 0) throw new InvalidArgumentError('Counting begins with 1.');
  return count;
};

/** Characters of a reason, at most: it is kept with the run, and read by people. Our choice, 2026-11. */
const MAX_REASON_CHARS = 1_000;

/** A reason: not an empty one, on one line, and no longer than anybody reads. */
export const toReason = (text: string): string => {
  const reason = text.trim();
  if (reason === '') throw new InvalidArgumentError('Say why, in a few words.');
  if (reason.length > MAX_REASON_CHARS || /\p{Cc}/u.test(reason))
    throw new InvalidArgumentError(`Say why on one line of at most ${MAX_REASON_CHARS} characters.`);
  return reason;
};

/** Where storage is, for the commands that read the state of a machine. */
export const storageOption = (): Option =>
  new Option(
    '--storage <account>',
    'address of the storage account (https://ACCOUNT.blob.core.windows.net), or its connection string',
  ).env('ROLLCALL_STORAGE');

/** The same on this computer. It wins over ROLLCALL_STORAGE, which names the account of every day. */
export const dataOption = (): Option =>
  new Option('--data <folder>', 'folder of a machine on this computer (npm run local -- --data)');

/**
 * What names the same storage in a command that is typed next: an option with a space before it; empty if the environment names it.
 */
export function sameStorage(command: Command, data: string | null): string {
  if (data !== null) return ` --data ${inQuotes(data)}`;
  const isTyped = command.getOptionValueSource('storage') === 'cli';
  return isTyped ? ` ${optionOfStorage(String(command.getOptionValue('storage')))}` : '';
}

/** As every shell takes it. */
export const inQuotes = (text: string): string => (/^[\w./:\\-]+$/.test(text) ? text : `"${text}"`);

/** Where storage is, as it was typed. */
export interface NamedStorage {
  readonly storage: string | null;
  readonly data: string | null;
  readonly sameStorage: string;
}

/** Reads it for commands whose answer names others. Ends the command if two places are named. */
export function storageNamed(
  command: Command,
  flags: { readonly storage?: string; readonly data?: string },
): NamedStorage {
  const { storage = null, data = null } = flags;
  assertOneStorage(command, data);
  return { storage, data, sameStorage: sameStorage(command, data) };
}

/** Ends the command if both are given; the variable of the environment does not count. */
export const assertOneStorage = (command: Command, data: string | null): void => {
  if (data !== null && command.getOptionValueSource('storage') === 'cli')
    command.error('error: --storage and --data cannot be used together');
};

/**
 * Microsoft Graph Command Line Tools, the public client of Microsoft's own command lines for Graph: nobody has to register an application first,
 * and each permission is consented to when it is needed. Source: microsoftgraph/msgraph-sdk-powershell, the client of `Connect-MgGraph` (2026).
 */
const GRAPH_COMMAND_LINE_TOOLS = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

/** Adds what every command has that signs in to Graph as a person. */
export const addGraphOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--graph <url>', 'where Microsoft Graph is')
        .env('ROLLCALL_GRAPH_URL')
        .default('https://graph.microsoft.com'),
    )
    .addOption(
      new Option('--tenant <id>', 'tenant to sign in to, by id or domain (default: your own)').env(
        'ROLLCALL_TENANT_ID',
      ),
    )
    .addOption(
      new Option('--client-id <id>', 'public client to sign in with')
        .env('ROLLCALL_SIGN_IN_CLIENT_ID')
        .default(GRAPH_COMMAND_LINE_TOOLS, 'Microsoft Graph Command Line Tools'),
    )
    .option('--device-code', 'sign in with a code on another device, where no browser can be opened here');

/** The values of these options. */
export interface GraphFlags {
  readonly graph: string;
  readonly tenant?: string;
  readonly clientId: string;
  readonly deviceCode?: true;
}

/** Reads them. */
export const graphNamed = ({ graph, tenant, clientId, deviceCode }: GraphFlags): GraphOptions => ({
  graph,
  tenant: tenant === undefined || tenant === '' ? null : tenant,
  clientId,
  deviceCode: deviceCode === true,
});
