// What all commands on the state of a machine have in common: storage, the answer as text or JSON, and a sentence when something is wrong.
import { FileHold } from '../shared/core/errors';
import { ManagementTrouble } from '../shared/graph/management';
import type { Storage } from '../shared/storage/azure-storage';
import type { Caller } from './caller';
import { withStorage, type StorageOptions } from './open-storage';
import { sentenceOf } from './sentences';
import { exitCodes, plainText, type Terminal } from './terminal';

/** Options of every such command. */
export interface StateOptions extends StorageOptions {
  readonly json: boolean;
}

/** Writes the answer: the object with `--json`, else the lines of the text. */
export type Tell = (object: unknown, text: () => Iterable<string>) => Promise<void>;

/** Runs `work` with storage; resolves to its exit code, or to that of a hold, which is told. */
export const runOnState = (
  options: StateOptions,
  terminal: Terminal,
  work: (storage: Storage, tell: Tell, caller: Caller) => Promise<number>,
): Promise<number> =>
  tellHolds(options, terminal, (tell) =>
    withStorage(
      options,
      (storage, caller) => work(storage, tell, caller),
      () => terminal.err(`${sentenceOf({ code: 'data-cut-off', values: {} })} [data-cut-off]\n`),
    ),
  );

/** Runs `work`, which tells its answer; resolves to its exit code, or to that of a hold or of trouble with a tenant, which is told. */
export async function tellHolds(
  { json }: Pick<StateOptions, 'json'>,
  terminal: Terminal,
  work: (tell: Tell) => Promise<number>,
): Promise<number> {
  const tell: Tell = async (object, text) => {
    if (json) await terminal.out(`${JSON.stringify(object)}\n`);
    else for (const line of text()) await terminal.out(`${plainText(line)}\n`);
  };
  try {
    return await work(tell);
  } catch (error) {
    if (!(error instanceof FileHold) && !(error instanceof ManagementTrouble)) throw error;
    const { code } = error;
    const message = plainText(sentenceOf(error));
    if (json) await terminal.out(`${JSON.stringify({ error: { code, message } })}\n`);
    else await terminal.err(`${message} [${code}]\n`);
    return exitCodes.held;
  }
}
